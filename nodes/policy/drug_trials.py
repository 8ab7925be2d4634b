"""The question whether drugs were tried: long enough, in a sufficient dose, and what came of it."""

from nodes.policy.drug_record import Drug, Trials, read
from nodes.policy.drug_verdict import Verdict, judge
from nodes.policy.finding import (
    Finding,
    Voice,
    against,
    beside,
    conflicting,
    latest,
    met,
    silent,
    stale,
)
from nodes.policy.index import Question
from nodes.policy.leaves_care import DrugTrial


def drug_trial(leaf: DrugTrial, question: Question) -> Finding:
    """Judge each drug by itself and count those that were tried as asked.

    Not met only when what is said settles every drug that would do: the one drug that there is, or
    a class of drugs at once. What is said of one drug of several leaves the others open.
    """
    trials = read(leaf, question)
    judged = [(drug, judge(drug, leaf, question)) for drug in trials.drugs]
    return beside(_decide(leaf, question, trials, judged), trials.refused)


def _decide(
    leaf: DrugTrial, question: Question, trials: Trials, judged: list[tuple[Drug, Verdict]]
) -> Finding:
    good = [(drug, one) for drug, one in judged if one.status == "met"]
    torn = [(drug, one) for drug, one in judged if one.status == "conflict"]
    if _number(good) >= leaf.drugs:
        reason = "; ".join(one.reason for _, one in good[:3])
        return met(f"{reason}.", _voices(good))
    if torn and _number([*good, *torn]) >= leaf.drugs:
        return conflicting(f"{torn[0][1].reason}.", _voices(torn))
    return _short(leaf, question, trials, judged)


def _short(
    leaf: DrugTrial, question: Question, trials: Trials, judged: list[tuple[Drug, Verdict]]
) -> Finding:
    label = question.words[leaf.concept].label
    rest = [(drug, one) for drug, one in judged if one.status != "met"]
    rest.sort(key=lambda pair: pair[1].rank)
    settled = [one for drug, one in rest if one.status == "contrary" and _all(drug, leaf, question)]
    if settled and len(settled) == len(judged):
        reason = f"{settled[0].reason}."
        return against(reason, [Voice(v.fact, "against", v.on, v.own) for v in settled[0].voices])
    if rest:
        reason = "; ".join(one.reason for _, one in rest[:3])
        if leaf.drugs > 1:
            reason = f"{_number_met(judged)} of {leaf.drugs} drugs: {reason}"
        answer = silent(leaf, f"{reason}.")
        return Finding(answer.status, answer.reason, latest(_voices(rest)), gap=answer.gap)
    if trials.old and not judged:
        return stale(f"A trial of {label} is recorded only before the window.", trials.old)
    if judged:
        reason = f"{_number_met(judged)} of {leaf.drugs} drugs: {judged[0][1].reason}"
        answer = silent(leaf, f"{reason}.")
        return Finding(answer.status, answer.reason, latest(_voices(judged)), gap=answer.gap)
    return silent(leaf, f"No trial of {label} is recorded.")


def _number_met(judged: list[tuple[Drug, Verdict]]) -> int:
    return _number([(drug, one) for drug, one in judged if one.status == "met"])


def _number(pairs: list[tuple[Drug, Verdict]]) -> int:
    """Count drugs; a class counts for as many as are said, beside none of its drugs."""
    single = sum(1 for drug, _ in pairs if not drug.many)
    several = max((drug.count for drug, _ in pairs if drug.many), default=0)
    return max(single, several)


def _all(drug: Drug, leaf: DrugTrial, question: Question) -> bool:
    """Whether what is said of this drug is said of every drug that would do."""
    members = question.policy.value_sets[leaf.value_set]
    codes = {code for member in members if member.system == "RXNORM" for code in member.codes}
    return drug.many or len(codes) == 1


def _voices(pairs: list[tuple[Drug, Verdict]]) -> list[Voice]:
    return [voice for _, one in pairs for voice in one.voices]

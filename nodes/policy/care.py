"""Questions about conservative care: how long, with what result, and seen again afterwards."""

from datetime import timedelta

from nodes.policy.course import Course, course_of
from nodes.policy.events import visits
from nodes.policy.finding import Finding, Voice, against, conflicting, day, met, silent, stale
from nodes.policy.index import Question
from nodes.policy.leaves_care import CareDuration, CareFailed, ReEvaluated
from nodes.policy.trials import Trial


def care_duration(leaf: CareDuration, question: Question) -> Finding:
    """Compare the days of care with the weeks the policy asks."""
    course = course_of(question, leaf.therapies)
    weeks = question.policy.parameters[leaf.weeks].value
    if course.days >= weeks * 7:
        denied = _denied(course)
        if denied:
            both = [*course.voices, *denied]
            return conflicting("Notes disagree on whether the treatment was carried out.", both)
        reason = f"{course.days // 7} weeks of treatment are shown; {weeks} are asked."
        return met(reason, course.voices)
    if course.voices:
        return _short(leaf, course, weeks)
    return _none(leaf, course)


def care_failed(leaf: CareFailed, question: Question) -> Finding:
    """Take what the latest note says came of the treatment."""
    course = course_of(question, leaf.therapies)
    told = [one for one in course.done if one.outcome]
    if not told:
        if course.voices:
            return silent(leaf, "Treatment is recorded, but not what came of it.")
        return _none(leaf, course)
    newest = max(one.written for one in told)
    last = [one for one in told if one.written == newest]
    failed = [one.voice("for") for one in last if one.outcome == "failed"]
    helped = [one.voice("against") for one in last if one.outcome == "helped"]
    if failed and helped:
        return conflicting(
            f"The notes of {day(newest)} say both that treatment helped and that it did not.",
            [*failed, *helped],
        )
    if failed:
        return met(f"The note of {day(newest)} says that treatment did not help.", failed)
    if helped:
        return against(f"The note of {day(newest)} says that treatment helped.", helped)
    partly = tuple(one.voice("against") for one in last)
    return Finding(
        "unknown",
        f"The note of {day(newest)} says that treatment helped in part.",
        partly,
        gap="contrary",
    )


def re_evaluated(leaf: ReEvaluated, question: Question) -> Finding:
    """Find a visit after the care and not long before the order."""
    course = course_of(question, leaf.therapies)
    if course.end is None:
        return silent(leaf, "No treatment is shown that a visit could follow.")
    limit = question.policy.parameters[leaf.days].value
    since = question.ordered - timedelta(days=limit)
    after = [one for one in visits(question, leaf.about, None, False) if one.on >= course.end]
    fresh = [one for one in after if one.on >= since]
    if fresh:
        return met(
            f"Seen again on {day(fresh[-1].on)}, after treatment to {day(course.end)}.",
            fresh[-1].voices,
        )
    if after:
        return stale(
            f"Last seen after treatment on {day(after[-1].on)}, more than {limit} days ago.",
            after[-1].voices,
        )
    return silent(leaf, f"No visit after treatment to {day(course.end)} is recorded.")


def _denied(course: Course) -> list[Voice]:
    """Later notes that say that what was told as done never was."""
    return [
        one.voice("against")
        for one in course.told
        if one.state == "declined"
        and not one.past
        and any(
            done.modality == one.modality and done.written <= one.written and not _both(done, one)
            for done in course.done
        )
        and not any(d.modality != one.modality for d in course.done if d.days)
    ]


def _both(done: Trial, declined: Trial) -> bool:
    """Whether the two stand in one sentence: "completed therapy, declined more of it"."""
    return done.mention.sentence == declined.mention.sentence


def _short(leaf: CareDuration, course: Course, weeks: int) -> Finding:
    """Less than asked: decided only when a note says so and no time is left for more."""
    stated = [one for one in course.done if one.days or (one.first and one.last)]
    reason = f"{course.days // 7} of {weeks} weeks of treatment are shown."
    left = timedelta(days=weeks * 7 - course.days)
    newest = max((one.written for one in stated), default=None)
    if newest and newest == max(one.written for one in course.done):
        last = [one for one in stated if one.written == newest]
        over = any(one.ended for one in last) or newest + left > course.question.as_of
        if over:
            return against(reason, [Voice(v.fact, "against", v.on, v.own) for v in course.voices])
    if not course.days:
        reason = "Treatment is recorded, but not for how long."
    return Finding("unknown", reason, course.voices[-6:], gap="absent")


def _none(leaf: CareDuration | CareFailed, course: Course) -> Finding:
    planned = [one for one in course.told if one.state == "planned" and not one.past]
    note = ""
    if planned:
        label = course.question.words[planned[-1].modality].label
        note = f" The note of {day(planned[-1].written)} has {label} as planned, not as done."
    declined = [one for one in course.told if one.state == "declined" and not one.past]
    if declined and not planned:
        newest = declined[-1]
        label = course.question.words[newest.modality].label
        return against(
            f"The note of {day(newest.written)} says that {label} was not tried.",
            [newest.voice("against")],
        )
    if course.old:
        return stale(f"Treatment is recorded only before {day(course.since)}.{note}", course.old)
    return silent(leaf, f"No treatment carried out since {day(course.since)} is shown.{note}")

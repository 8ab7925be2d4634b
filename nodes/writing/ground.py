"""What sentences may stand on: the facts they cite, and the words of case, policy and decision."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from pydantic import BaseModel

from nodes.assessment import Assessment
from nodes.case import Case
from nodes.chart import Fact, Note
from nodes.decision import Decision
from nodes.prose import Sentence
from nodes.writing.attributes import Given
from nodes.writing.claims import Claim, claims, fact_claims
from nodes.writing.drugs import chart_drugs
from nodes.writing.polarity import Poles
from nodes.writing.reading import Reading
from nodes.writing.supported import unsupported
from nodes.writing.text import fold

Basis = Literal["chart", "case", "policy", "decision", "reviewer", "form"]


class Ground:
    """The facts by id, and what has been read of them so far: each text once."""

    def __init__(
        self,
        facts: Sequence[Fact],
        case: Case,
        *,
        assessment: Assessment | None = None,
        decision: Decision | None = None,
        notes: Sequence[Note] = (),
        references: Sequence[str] = (),
    ) -> None:
        """Keep what is given; ``references`` are those a text may call on, word for word."""
        self.facts = {fact.id: fact for fact in facts}
        self.case = case
        self.notes = {note.id.partition("#")[0]: note for note in notes}
        self._assessment, self._decision = assessment, decision
        self._references = " ; ".join(references)
        self._read: dict[tuple[str, str], Reading] = {}
        self._leaves: dict[str, tuple[str, ...]] = {}
        self._texts: dict[str, frozenset[Claim]] = {}
        self._claimed: dict[str, frozenset[Claim]] = {}

    @cached_property
    def drugs(self) -> frozenset[str]:
        """The drugs that the chart names."""
        return chart_drugs(self.facts.values())

    @cached_property
    def patient(self) -> frozenset[str]:
        """The words of the patient's name, folded."""
        name = self.case.patient.name
        return frozenset(" ".join(_leaves(name.model_dump(mode="json"))).casefold().split())

    def quote(self, fact: str, words: str) -> Reading:
        """Read the cited words of a fact."""
        return self._reading(fact, words)

    def fields(self, fact: Fact) -> Reading:
        """Read a fact's fields beside its quote, and who wrote the note it stands in."""
        key = (fact.id, "")
        if key not in self._read:
            self._read[key] = Reading(" . ".join(self._told(fact)), self.drugs)
        return self._read[key]

    def claimed(self, fact: Fact) -> frozenset[Claim]:
        """Give what a fact's structured fields and its note's day say."""
        if fact.id not in self._claimed:
            note = self.notes.get(fact.source)
            day = {Claim("date", note.written.isoformat())} if note else set()
            self._claimed[fact.id] = fact_claims(fact, self._claims_of) | day
        return self._claimed[fact.id]

    def _claims_of(self, text: str) -> frozenset[Claim]:
        """Read the claims of a field's words, each text once: many facts have the same."""
        if text not in self._texts:
            self._texts[text] = claims(text)
        return self._texts[text]

    def words(self, basis: str) -> Reading:
        """Read what a sentence of a basis may say without citing anything."""
        key = ("", basis)
        if key not in self._read:
            told = [" ; ".join(self.leaves(part)) for part in _behind(basis)]
            self._read[key] = Reading(" ; ".join([*told, self._references]), self.drugs)
        return self._read[key]

    def retold(self, basis: str, folded: str) -> frozenset[Claim]:
        """Read the claims of those words of a basis that a folded sentence has as they are."""
        leaves = (leaf for part in _behind(basis) for leaf in self._folded(part))
        return frozenset().union(*(self._claims_of(leaf) for leaf in leaves if leaf in folded))

    def _folded(self, part: str) -> tuple[str, ...]:
        if (key := f"{part} folded") not in self._leaves:
            folded = (fold(leaf).rstrip(" .:") for leaf in self.leaves(part))
            self._leaves[key] = tuple(dict.fromkeys(folded))
        return self._leaves[key]

    def leaves(self, part: str) -> tuple[str, ...]:
        """Give all values of the case, the policy or the decision, worked out once."""
        if part not in self._leaves:
            models = {"case": self.case, "policy": self._assessment, "decision": self._decision}
            self._leaves[part] = tuple(dict.fromkeys(_strings(models[part])))
        return self._leaves[part]

    def _reading(self, fact: str, words: str) -> Reading:
        key = (fact, words)
        if key not in self._read:
            self._read[key] = Reading(words, self.drugs)
        return self._read[key]

    def _told(self, fact: Fact) -> Iterator[str]:
        yield from (fact.kind, fact.status or "", fact.value_text or "", fact.author or "")
        yield fact.body_site or ""
        if fact.course:
            yield from (fact.course.event, fact.course.dosage or "", fact.course.stopped or "")
        for coding in fact.codes:
            yield f"{coding.system} {coding.code} {coding.display or ''}"
        if note := self.notes.get(fact.source):
            yield f"{note.author or ''} . {note.title}"


class Support:
    """All that one sentence may say: the words it cites, those facts' fields, its basis' words."""

    def __init__(self, sentence: Sentence, ground: Ground) -> None:
        """Find the parts; none is read before it is asked for."""
        self.cited = [ground.facts[c.fact] for c in sentence.citations if c.fact in ground.facts]
        self.quotes = [ground.quote(c.fact, c.quote) for c in sentence.citations]
        cited = [*self.quotes, *(ground.fields(fact) for fact in self.cited)]
        self.parts = [*cited, ground.words(sentence.basis)]
        self._said, self._beside = sentence, cited
        self._ground = ground

    @cached_property
    def folded(self) -> str:
        """All the words, folded."""
        return " . ".join(part.folded for part in self.parts)

    @cached_property
    def text(self) -> str:
        """All the words, as they are."""
        return " . ".join(part.text for part in self.parts)

    @cached_property
    def claims(self) -> frozenset[Claim]:
        """Numbers, dates, codes and sides."""
        return self._near | self.parts[-1].claims

    @cached_property
    def _near(self) -> frozenset[Claim]:
        of_facts = (self._ground.claimed(fact) for fact in self.cited)
        return frozenset().union(*(part.claims for part in self._beside), *of_facts)

    def lacks(self, said: Reading) -> list[Claim]:
        """List the claims of a sentence that nothing supports; read no more than it needs."""
        lacking = unsupported(said.claims, self._near)
        if lacking:
            told = self._ground.retold(self._said.basis, said.folded)
            lacking = unsupported(lacking, self._near | told)
        return unsupported(lacking, self.claims) if lacking else []

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Drugs, by generic name."""
        return frozenset().union(*(part.drugs for part in self.parts))

    @cached_property
    def meant(self) -> frozenset[str]:
        """Stems of the words and of what means the same."""
        return frozenset().union(*(part.meant for part in self.parts))

    @cached_property
    def poles(self) -> Poles:
        """Which of the cited words stand plainly, and which are negated."""
        each = [part.poles for part in self.quotes]
        plain = frozenset().union(*(one.plain for one in each))
        return Poles(plain, frozenset().union(*(one.negated for one in each)))

    @cached_property
    def given(self) -> frozenset[Given]:
        """Values with the things they belong to."""
        return frozenset().union(*(part.given for part in self.parts))

    @cached_property
    def sided(self) -> frozenset[tuple[str, str]]:
        """Parts of the body with their sides."""
        return frozenset().union(*(part.sided for part in self.parts))


def _behind(basis: str) -> tuple[str, ...]:
    """List what a sentence of a basis may use without citing it."""
    every = ("case", "policy", "decision")
    return every[: every.index(basis) + 1] if basis in every else ()


def _strings(model: BaseModel | None) -> Iterator[str]:
    """Give all values of a model, one after the other; an assessment's without its evidence."""
    if model is None:
        return
    told = model.model_dump(mode="json", exclude={"facts"})
    for criterion in told.get("criteria", ()):
        criterion.pop("evidence", None)
    yield from _leaves(told)


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "quantity" in value or "unit" in value:
            yield f"{value.get('quantity') or ''} {value.get('unit') or ''}"
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif value is not None:
        yield str(value)

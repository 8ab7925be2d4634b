"""What a faxed order says, field by field, and where it contradicts itself."""

from collections.abc import Sequence

from pydantic import Field

from nodes.audit import Model
from nodes.case import Text
from nodes.chart import Span
from nodes.entity import Entity, Said
from nodes.reading.ordering.pairs import pairs


class OrderField(Model):
    """One thing a faxed order says, and the words that say it."""

    path: Text = Field(description="Such as patient.birth_date or stated.services.0.code")
    value: Text
    said: Said


class Sayings:
    """One order's labelled values and entities; what was taken of them, and its conflicts."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        """Find the labelled values; entities are those of the same text."""
        self.text, self.entities = text, entities
        self.pairs = list(pairs(text))
        self.fields: list[OrderField] = []
        self.conflicts: list[str] = []

    def told(self, path: str, value: str, start: int, end: int) -> None:
        """Note what was taken, and its words."""
        said = Said(quote=self.text[start:end][:2000], span=Span(start=start, end=end))
        self.fields.append(OrderField(path=path, value=value[:500], said=said))

    def first(self, name: str, path: str) -> str | None:
        """Take the first value of a label."""
        found = next((pair for pair in self.pairs if pair.field == name), None)
        if found is None:
            return None
        self.told(path, found.value, found.start, found.end)
        return " ".join(found.value.split())[:500]

    def of(self, kind: str) -> list[Entity]:
        """Give the numbers of a kind: npi, birth, mrn ..."""
        wanted = ("identifier", "payer_reference")
        return [e for e in self.entities if e.kind == kind and e.slot in wanted]

    def identifier(self, kind: str, path: str) -> str | None:
        """Take a number that the text gives once; two that differ are a conflict."""
        found = self.of(kind)
        if len({one.value for one in found}) > 1:
            self.conflicts.append(f"it gives more than one {path.rpartition('.')[2]}")
            return None
        return self.entity(found[0], path) if found else None

    def entity(self, entity: Entity, path: str) -> str:
        """Take what an entity says."""
        self.told(path, entity.value, entity.words.span.start, entity.words.span.end)
        return entity.value

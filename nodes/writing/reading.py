"""What a text says that can be compared, each kind worked out once, when it is asked for."""

from functools import cached_property

from nodes.writing import abbreviations, attributes, courses
from nodes.writing.claims import Claim, figured_claims
from nodes.writing.drugs import folded_drugs
from nodes.writing.figures import figured
from nodes.writing.polarity import Poles, poles
from nodes.writing.stems import stems
from nodes.writing.text import fold


class Reading:
    """A text, read; ``known`` are the drugs a chart names beside those that all charts may."""

    def __init__(self, text: str, known: frozenset[str] = frozenset()) -> None:
        """Keep the text."""
        self.text, self._known = text, known

    @cached_property
    def folded(self) -> str:
        """The text, folded."""
        return fold(self.text)

    @cached_property
    def figured(self) -> str:
        """The folded text, its numbers as figures."""
        return figured(self.folded)

    @cached_property
    def claims(self) -> frozenset[Claim]:
        """Numbers, dates, codes and sides."""
        return figured_claims(self.figured)

    @cached_property
    def drugs(self) -> frozenset[str]:
        """Drugs, by generic name."""
        return folded_drugs(self.folded, self._known)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words."""
        return stems(self.folded)

    @cached_property
    def meant(self) -> frozenset[str]:
        """Stems of the words, of their other spellings, and of the classes of the drugs."""
        kinds = abbreviations.classes(self.drugs)
        other = abbreviations.same(f"{self.folded} {' '.join(kinds)}") | kinds | self.drugs
        return self.stems | stems(" ".join(other)) | frozenset(other)

    @cached_property
    def poles(self) -> Poles:
        """Which words stand plainly, and which are negated."""
        return poles(self.folded)

    @cached_property
    def outcomes(self) -> frozenset[courses.Pole]:
        """Whether something helped, or did not."""
        return courses.outcomes(self.folded)

    @cached_property
    def directions(self) -> frozenset[courses.Pole]:
        """Whether something rose, or fell."""
        return courses.directions(self.folded)

    @cached_property
    def degrees(self) -> dict[int, str]:
        """Words of degree."""
        return courses.degrees(self.folded)

    @cached_property
    def given(self) -> frozenset[attributes.Given]:
        """Values with the things they belong to."""
        return attributes.given(self.figured, self._known)

    @cached_property
    def sided(self) -> frozenset[tuple[str, str]]:
        """Parts of the body with their sides."""
        return attributes.sided(self.folded)

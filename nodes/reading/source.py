"""What a format gives of a document, before its kind is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nodes.document import DocumentPage, FormValue, PageTable, PageWord


@dataclass(frozen=True)
class Source:
    """A document's pages, tables and values; ``looks`` are reasons to look at the original.

    ``hidden`` are the kinds of what it shows nobody, ``template`` the form that it fills
    on ``form_pages``. ``typed`` are the words that lie as text on pages that are pictures.
    """

    pages: tuple[DocumentPage, ...]
    tables: tuple[PageTable, ...] = ()
    values: tuple[FormValue, ...] = ()
    looks: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    template: str | None = None
    form_pages: frozenset[int] = frozenset()
    typed: Mapping[int, tuple[PageWord, ...]] = field(default_factory=dict)

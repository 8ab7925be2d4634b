"""What a format gives of a document, before its kind is known."""

from dataclasses import dataclass

from nodes.document import DocumentPage, FormValue, PageTable


@dataclass(frozen=True)
class Source:
    """A document's pages, tables and values; ``looks`` are reasons to look at the original.

    ``hidden`` are the kinds of what it shows nobody, ``template`` the form that it fills
    on ``form_pages``.
    """

    pages: tuple[DocumentPage, ...]
    tables: tuple[PageTable, ...] = ()
    values: tuple[FormValue, ...] = ()
    looks: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    template: str | None = None
    form_pages: frozenset[int] = frozenset()

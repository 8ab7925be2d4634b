"""An HTML page as its reader sees it, in one pass whatever its shape."""

import re
from dataclasses import dataclass, field
from html import unescape

from nodes.fhir.unshown import UNSHOWN, Sheet, sheet
from nodes.suspicion.found import suspicious

RAW = {"script", "style"}
BLOCKS = {
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
BROKEN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
SPOKEN = re.compile(r"(?:^|\s)(?:alt|title|aria-label)\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)')", re.I)
BLANKS = re.compile(r"\s+")
ENDLESS = re.compile(r"&#[0-9]{8,};?")


@dataclass
class _Page:
    """The words shown so far, and those hidden.

    ``by`` is the element that hides what follows, and how deep.
    """

    sheet: Sheet
    parts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    by: str = ""
    deep: int = 0

    def words(self, said: str) -> None:
        """Show text; a character reference without end would be no character."""
        if said and self.by:
            if self.by not in UNSHOWN:
                self.hidden.append(said)
        elif said:
            self.parts.append(BLANKS.sub(" ", unescape(ENDLESS.sub("\ufffd", said))))

    def tag(self, name: str, attributes: str, closing: bool) -> None:
        """Begin or end an element."""
        if attributes and not closing:
            self.remarks += [one[1] or one[2] or "" for one in SPOKEN.finditer(attributes)]
        if self.by:
            self.deep += (name == self.by) * (-1 if closing else 1)
            self.by = self.by if self.deep else ""
        elif not closing and name not in VOID and self.sheet.hides(name, attributes):
            self.by, self.deep = name, 1
        elif name in BLOCKS:
            self.parts.append("\n")
        elif name in {"td", "th"}:
            self.parts.append(" ")


def visible(page: str) -> str:
    """Give an HTML page's visible text, one line per block; struck words are no longer said."""
    return shown_and_hidden(page)[0]


def shown_and_hidden(page: str) -> tuple[str, str]:
    """Give a page's visible text, and the words in it that its reader does not see.

    Comments and descriptions of pictures are told only where they are suspicious.
    """
    shown, place, pattern, last = _Page(sheet(page)), 0, TAG, page.rfind(">")
    while 0 <= (start := page.find("<", place)) <= last:
        shown.words(page[place:start])
        if page[start + 1] in "!?":
            place = _remark(page, start)
            shown.remarks.append(page[start + 4 : place - 3])
            continue
        found = pattern.match(page, start)
        if found is None and pattern is TAG:
            found = BROKEN_TAG.match(page, start)
            pattern = BROKEN_TAG if found else TAG
        if found is None:
            shown.words("<")
            place = start + 1
        else:
            place = _enter(shown, found, page)
    shown.words(page[place:])
    lines = (" ".join(line.split()) for line in "".join(shown.parts).split("\n"))
    remarks = "\n".join(shown.remarks)
    hidden = [*shown.hidden, remarks] if suspicious(remarks) else shown.hidden
    told = "\n".join(unescape(ENDLESS.sub("\ufffd", said)) for said in hidden)
    return "\n".join(line for line in lines if line), told


def _remark(page: str, start: int) -> int:
    """Find the end of a comment or declaration; one without end hides all that follows."""
    mark = "-->" if page.startswith("<!--", start) else ">"
    end = page.find(mark, start + (4 if mark == "-->" else 2))
    return end + len(mark) if end >= 0 else len(page)


def _enter(shown: _Page, found: re.Match[str], page: str) -> int:
    name, closing = found[2].lower(), bool(found[1])
    if name in RAW and not closing:
        end = re.compile(f"</{name}", re.IGNORECASE).search(page, found.end())
        return end.start() if end else len(page)
    shown.tag(name, found[3], closing)
    return found.end()

"""An HTML page as its reader sees it."""

import re
from html.parser import HTMLParser
from typing import Any

HIDDEN = {"script", "style", "head", "template", "noscript", "del", "s", "strike"}
BLOCKS = {
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
UNSHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
BLANKS = re.compile(r"\s+")


class _Visible(HTMLParser):
    """Collects the words a reader of a page would see; struck words are no longer said."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in HIDDEN or (self._hidden and tag == self._hidden[-1]) or _unshown(tag, attrs):
            self._hidden.append(tag)
        elif tag in BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(BLANKS.sub(" ", data))


def _unshown(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    if not attrs or tag in VOID:
        return False
    return any(
        name == "hidden" or (name == "style" and value and UNSHOWN.search(value))
        for name, value in attrs
    )


def visible(page: str) -> str:
    """Give an HTML page's visible text, one line per block."""
    parser = _Visible()
    parser.feed(page)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)

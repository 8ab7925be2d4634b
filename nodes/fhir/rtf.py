"""Rich text (RTF 1.9.1) as its reader sees it, in one pass whatever its shape.

The tables of destinations, code pages and characters are striprtf's. Hidden, deleted and struck
words, pictures, headers and footers are not shown.
"""

import re
from dataclasses import dataclass, field, replace

from striprtf.striprtf import charset_map, destinations, specialchars

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    r"|([^\\{}\r\n]+)"
)
SHOWN = {"footnote"}
IGNORED = destinations - SHOWN
SECRET = {"v", "webhidden", "white", "tiny"}
UNSEEN = {"v", "deleted", "strike", "striked", "webhidden"}
WORDS = {**specialchars, "cell": " ", "nestcell": " ", "nestrow": "\n"}
WHITE, TINY = 250, 4
SHADED = re.compile(r"\\(?:cb|chcbpat|highlight|clcbpat|cbpat|clshdng|shading)[0-9]")
SKIPPED = {"\n", "\r"}


@dataclass(frozen=True)
class _State:
    """What holds within a group."""

    ignored: bool = False
    hidden: frozenset[str] = frozenset()
    skip: int = 1
    page: str = "cp1252"
    fonts: bool = False
    colors: bool = False


@dataclass
class _Reader:
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    secret: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    white: list[bool] = field(default_factory=list)
    shade: list[int] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    shaded: bool = False
    default: str = "cp1252"
    font: str = ""
    left: int = 0

    def show(self, words: str) -> None:
        """Add characters."""
        self.flush()
        if not (self.state.ignored or self.state.hidden):
            self.parts.append(words)
        elif self.state.hidden & SECRET:
            self.secret.append(words)

    def encoded(self, raw: bytes) -> None:
        """Add bytes of the code page, save those that only stand in for a Unicode character."""
        taken = min(self.left, len(raw))
        self.left -= taken
        if self.state.colors:
            self.palette(raw)
        elif not (self.state.ignored or self.state.hidden):
            self.raw += raw[taken:]
        elif self.state.hidden & SECRET:
            self.secret.append(raw[taken:].decode("latin-1"))

    def palette(self, raw: bytes) -> None:
        """Learn the colors: each ends with a semicolon; one without parts is automatic."""
        for _ in range(raw.count(b";")):
            self.white.append(len(self.shade) > 2 and min(self.shade) >= WHITE)
            self.shade.clear()

    def flush(self) -> None:
        """Decode the bytes that were collected: some code pages have characters of two."""
        if self.raw:
            self.parts.append(self.raw.decode(self.state.page, errors="replace"))
            self.raw.clear()

    def group(self, brace: str) -> None:
        """Enter or leave a group."""
        self.flush()
        self.left = 0
        if brace == "{":
            self.stack.append(self.state)
        elif self.stack:
            self.state = self.stack.pop()

    def word(self, name: str, number: str | None) -> None:
        """Obey a control word."""
        if name in IGNORED:
            self.flush()
            colors = name == "colortbl"
            self.state = replace(self.state, ignored=True, fonts=name == "fonttbl", colors=colors)
        elif self.state.colors:
            self.shade.append(int(number or 0))
        elif self.state.fonts:
            self.face(name, number or "")
        elif name == "u" and number:
            self.show(chr(int(number) % 0x10000))
            self.left = self.state.skip
        elif name in WORDS:
            self.show(WORDS[name])
        else:
            self.flush()
            self.state = self.changed(name, number)

    def face(self, name: str, number: str) -> None:
        """Learn a font's code page from the font table."""
        if name == "f":
            self.font = number
        elif name == "fcharset" and number.isdigit():
            self.pages[self.font] = charset_map.get(int(number), self.default)

    def changed(self, name: str, number: str | None) -> _State:
        """Give the state after a control word that shows nothing."""
        state = self.state
        if name in UNSEEN:
            off = number == "0"
            return replace(state, hidden=state.hidden - {name} if off else state.hidden | {name})
        if name in ("cf", "fs"):
            return self.veiled(name, int(number or 0))
        if name == "plain":
            return replace(state, hidden=frozenset(), page=self.default)
        if name == "uc" and number:
            return replace(state, skip=max(0, min(int(number), 20)))
        if name == "f":
            return replace(state, page=self.pages.get(number or "", self.default))
        if name in ("ansicpg", "mac", "pc", "pca"):
            self.default = _page(name, number)
            return replace(state, page=self.default)
        return state

    def veiled(self, name: str, number: int) -> _State:
        """Hide what is white, unless the text has a background, and what is too small to see."""
        kind = "white" if name == "cf" else "tiny"
        hidden = self.state.hidden - {kind}
        white = name == "cf" and not self.shaded and self.white[number : number + 1] == [True]
        if white or (name == "fs" and number <= TINY):
            hidden |= {kind}
        return replace(self.state, hidden=hidden)


def _page(name: str, number: str | None) -> str:
    named = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(name, f"cp{number}")
    named = {"cp10000": "mac_roman", "cp65001": "utf-8", "cp0": "cp1252"}.get(named, named)
    try:
        b"".decode(named)
    except LookupError:
        return "cp1252"
    return named


def shown(content: bytes) -> str:
    """Give a document's visible text: a line per paragraph and table row."""
    return shown_and_hidden(content)[0]


def shown_and_hidden(content: bytes) -> tuple[str, str]:
    """Give a document's visible text, and the words in it that its reader does not see."""
    rtf = content.decode("latin-1")
    reader, place = _Reader(shaded=SHADED.search(rtf) is not None), 0
    while found := TOKEN.match(rtf, place):
        place = found.end()
        if found[1] == "bin":
            place += max(0, int(found[2] or 0))
        else:
            _take(reader, found)
        if found[5] == "}" and not reader.stack:
            break
    reader.flush()
    whole = "".join(reader.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = (" ".join(line.split()) for line in whole.split("\n"))
    return "\n".join(line for line in lines if line), "".join(reader.secret)


def _take(reader: _Reader, found: re.Match[str]) -> None:
    word, number, coded, char, brace, text = found.groups()
    if text is not None:
        reader.encoded(text.encode("latin-1"))
    elif coded:
        reader.encoded(bytes.fromhex(coded))
    elif brace:
        reader.group(brace)
    elif word:
        reader.left = 0
        reader.word(word, number)
    elif char:
        reader.left = 0
        _symbol(reader, char)


def _symbol(reader: _Reader, char: str) -> None:
    if char == "*":
        reader.state = replace(reader.state, ignored=True)
    elif char in SKIPPED:
        reader.show("\n")
    elif char in specialchars:
        reader.show(specialchars[char])

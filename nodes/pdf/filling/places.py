"""The form's places, by full field name, and what each value makes of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from nodes.pdf.filling import appearance
from nodes.pdf.filling.appearance import Style
from nodes.pdf.filling.dictionaries import appearances, inherited, resolved
from nodes.pdf.filling.drawing import Drawn
from nodes.pdf.filling.fields import Widget
from nodes.pdf.filling.fonts import Fonts
from nodes.pdf.filling.layout import clean
from nodes.pdf.filling.look import look
from nodes.pdf.filling.values import Entry, Issue, IssueCode, Value

OFF = "/Off"


@dataclass
class Place:
    """A widget with its dictionaries, and what is to be done with it.

    ``value`` is the field's new text, ``state`` the box's; None: as they were.
    """

    widget: Widget
    annotation: DictionaryObject
    line: list[DictionaryObject]
    value: str | None = None
    state: str | None = None
    drawn: Drawn | None = None


class Filling:
    """One pass over the values; it keeps what went wrong and how much is shown."""

    def __init__(self, places: Mapping[str, list[Place]], fonts: Fonts, default: Any) -> None:
        """Take the places by full name, the document's fonts, and the form's /DA."""
        self.issues: list[Issue] = []
        self.shown: dict[str, int] = {}
        self._places, self._fonts, self._default = places, fonts, default
        self._leaves: dict[str, int] = {}
        for name in places:
            leaf = name.rpartition(".")[2]
            self._leaves[leaf] = self._leaves.get(leaf, 0) + 1

    def write(self, name: str, value: Value) -> None:
        """Write a value into every place of its field."""
        places = self._places.get(name, [])
        kinds = {place.widget.kind for place in places}
        if not places or kinds == {"push"}:
            several = self._leaves.get(name, 0) > 1
            self.issue("ambiguous" if several and not places else "unknown_field", name)
        elif len(kinds) > 1:
            self.issue("ambiguous", name)
        elif kinds == {"signature"}:
            self.issue("signature", name)
        else:
            entry = value if isinstance(value, Entry) else Entry(value)
            self._write(name, entry, places, kinds.pop())
            if all(place.widget.hidden for place in places):
                self.issue("hidden", name)

    def show(self, place: Place) -> None:
        """Draw a value that the form came with, where nothing else draws it."""
        value = place.widget.value
        if value:
            place.drawn = self._drawn(place, Entry(_label(place.widget, value)), value)

    def issue(
        self,
        code: IssueCode,
        name: str,
        allowed: tuple[str, ...] = (),
        shown: int | None = None,
    ) -> None:
        """Keep what went wrong, once."""
        found = Issue(code, name, allowed, shown)
        if found not in self.issues:
            self.issues.append(found)

    def style(self, place: Place) -> Style:
        """Tell how a place's text is set."""
        looks = look(place.annotation, place.line, self._default)
        return Style(looks, self._fonts.named(looks.font, place.line), self._fonts)

    def count(self, name: str, drawn: Drawn) -> None:
        """Report a text that is not wholly shown, or has letters that no font has."""
        self.shown[name] = min(drawn.shown, self.shown.get(name, drawn.shown))
        if not drawn.known:
            self.issue("unencodable", name)

    def _write(self, name: str, entry: Entry, places: list[Place], kind: str) -> None:
        if kind == "button":
            self._tick(name, entry.text, places)
        elif kind == "choice":
            self._choose(name, entry, places)
        else:
            self._text(name, entry, places)

    def _tick(self, name: str, state: str, places: list[Place]) -> None:
        allowed = tuple(dict.fromkeys(s for place in places for s in place.widget.states))
        if state not in (*allowed, OFF):
            state = _exported(state, places) or state
        if state not in (*allowed, OFF):
            self.issue("bad_choice", name, allowed)
            return
        for place in places:
            on = state in place.widget.states
            place.state, place.value = state if on else OFF, state
            if on and not _draws(place.annotation, state):
                place.drawn = appearance.mark(place.widget, self.style(place))

    def _choose(self, name: str, entry: Entry, places: list[Place]) -> None:
        options = places[0].widget.options
        by_label = {label: value for value, label in reversed(options)}
        values = {value for value, _ in options}
        chosen = entry.text if entry.text in values else by_label.get(entry.text)
        if chosen is None and (places[0].widget.editable or not entry.text):
            chosen = entry.text
        if chosen is None:
            self.issue("bad_choice", name, tuple(value for value, _ in options))
            return
        self._set(name, chosen, entry, places)

    def _text(self, name: str, entry: Entry, places: list[Place]) -> None:
        limits = [place.widget.maxlen for place in places if place.widget.maxlen]
        if limits and len(clean(entry.text)) > min(limits):
            self.issue("too_long", name, shown=0)
            self.shown[name] = 0
            for place in places:
                place.value = ""
                place.drawn = appearance.pointer(place.widget, entry.instead, self.style(place))
            return
        self._set(name, writable(entry.text), entry, places)

    def _set(self, name: str, value: str, entry: Entry, places: list[Place]) -> None:
        for place in places:
            place.value = value
            label = _label(place.widget, value)
            drawn = self._drawn(place, Entry(label, entry.min_font, entry.instead), value)
            self.count(name, drawn)
            place.drawn = drawn
        if any(place.drawn and not place.drawn.whole for place in places):
            self.issue("overflow", name, shown=self.shown[name])

    def _drawn(self, place: Place, entry: Entry, value: str) -> Drawn:
        style = self.style(place)
        if place.widget.kind == "choice" and not place.widget.combo:
            return appearance.options(place.widget, value, style)
        return appearance.text(place.widget, entry, style)


def by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Sort places under the full names of their fields."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.widget.name, []).append(place)
    return found


def _exported(text: str, places: Iterable[Place]) -> str | None:
    """Find the one state for which a box's /Opt gives this text (ISO 32000-2, 12.7.5.2.3)."""
    found: set[str] = set()
    for place in places:
        texts = resolved(inherited(place.line, "/Opt"))
        listed = texts if isinstance(texts, ArrayObject) else ()
        given = {f"/{n}" for n, one in enumerate(listed) if str(resolved(one)) == text}
        found |= given.intersection(place.widget.states)
    return found.pop() if len(found) == 1 else None


def writable(text: str) -> str:
    """Leave out what a PDF string cannot hold."""
    if text.isprintable():
        return text
    kept = "".join(c for c in text if c in "\n\r\t" or ord(c) >= 32)
    return re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", kept)


def _label(widget: Widget, value: str) -> str:
    return next((label for one, label in widget.options if one == value), value)


def _draws(widget: DictionaryObject, state: str) -> bool:
    stream = resolved(appearances(widget).get(state))
    return isinstance(stream, StreamObject) and bool(stream.get_data().strip())

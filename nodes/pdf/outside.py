"""Forms that are not ours, looked at and filled in the box."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from nodes.errors import UnreadableDocument
from nodes.pdf.box.asking import Boxed, ask
from nodes.pdf.filling.fields import Widget
from nodes.pdf.filling.values import Entry, Filled, Issue, Placement, Value

PAGES = 200
WHY = {
    "too_large": "this PDF is larger than a form may be (20 MB)",
    "not_a_pdf": "what was given is not a PDF",
    "password_required": "this PDF asks for a password: give one that opens without",
    "limit": "this PDF holds more than a form may: pages, fields or content",
    "unreadable": "this PDF cannot be read as one",
    "killed": "this PDF takes more memory or time than a form may",
    "timeout": "this PDF takes more time than a form may",
}
Look = tuple[tuple[Widget, ...], tuple[tuple[float, float], ...]]


def looked(pdf: bytes) -> Look:
    """Read a foreign form's widgets and its pages' sizes in the box; UnreadableDocument."""
    told = _asked("nodes.pdf.outside:look", pdf, {}).told
    return tuple(_widget(one) for one in told["widgets"]), tuple(
        (wide, tall) for wide, tall in told["sizes"]
    )


def filled(
    pdf: bytes,
    values: Mapping[str, Value],
    *,
    extra: Sequence[Placement] = (),
    after: bytes | None = None,
    title: str = "",
) -> Filled:
    """Fill a foreign form in the box, as ``nodes.pdf.filling.fill`` does; UnreadableDocument."""
    options = {
        "values": {
            name: asdict(value) if isinstance(value, Entry) else value
            for name, value in values.items()
        },
        "extra": [asdict(one) for one in extra],
        "title": title,
    }
    answer = _asked("nodes.pdf.outside:press", pdf, options, (after,) if after else ())
    issues = (Issue(**(one | {"allowed": tuple(one["allowed"])})) for one in answer.told["issues"])
    return Filled(answer.files[0], tuple(issues), answer.told["shown"])


def look(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[Any, Sequence[bytes]]:
    """Job: tell a form's widgets and its pages' sizes."""
    from nodes.pdf.box.opening import opened
    from nodes.pdf.filling.fields import page_sizes, widgets

    opened(data, PAGES)
    return {"widgets": [asdict(one) for one in widgets(data)], "sizes": page_sizes(data)}, ()


def press(
    data: bytes, options: Mapping[str, Any], files: Sequence[bytes]
) -> tuple[Any, Sequence[bytes]]:
    """Job: fill a form with values and placements; a file given is the pages that follow."""
    from nodes.pdf.box.opening import opened
    from nodes.pdf.filling.fill import fill

    opened(data, PAGES)
    done = fill(
        data,
        {name: _value(value) for name, value in options["values"].items()},
        extra=[_placement(one) for one in options["extra"]],
        after=files[0] if files else None,
        title=options["title"],
    )
    told = {"issues": [asdict(one) for one in done.issues], "shown": dict(done.shown)}
    return told, (done.pdf,)


def _asked(job: str, pdf: bytes, options: Mapping[str, Any], files: Sequence[bytes] = ()) -> Any:
    try:
        return ask(job, pdf, options, files=files)
    except Boxed as boxed:
        raise UnreadableDocument(WHY[boxed.code]) from None


def _widget(told: dict[str, Any]) -> Widget:
    told = told | {"options": tuple((value, shown) for value, shown in told["options"])}
    return Widget(**(told | {"box": tuple(told["box"]), "states": tuple(told["states"])}))


def _value(told: Any) -> Value:
    if isinstance(told, str):
        return told
    return Entry(**(told | {"instead": tuple(told["instead"])}))


def _placement(told: dict[str, Any]) -> Placement:
    return Placement(**(told | {"box": tuple(told["box"]), "value": _value(told["value"])}))

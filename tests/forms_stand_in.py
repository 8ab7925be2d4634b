"""Forms that nobody here has seen, stood in for by one drawn with the names their mapping uses.

A mapping that fills its stand-in is only shown to be sound in itself: that the issuer's PDF has
these names, it does not show.
"""

from nodes.pdf.drawn.press import draw
from nodes.pdf.face_fields import Field, with_fields

TOP, FOOT, STEP = 740, 60, 24
TALL = 120


def stand_in(mapping):
    """Draw a form with every field that a mapping names, each under its own name."""
    pages, fields = [[]], []
    y = TOP
    for said, (name, states) in enumerate(named(mapping).items(), 1):
        tall = TALL if name in long(mapping) else 14
        if y - tall < FOOT:
            pages.append([])
            y = TOP
        pages[-1].append(words(36, y, name[:70]))
        if states:
            boxes = [
                (300 + 30 * place, y - 2, 312 + 30 * place, y + 10, state)
                for place, state in enumerate(states)
            ]
            fields += [
                Field(name, name, len(pages) - 1, box[:4], said, state=box[4][1:]) for box in boxes
            ]
        else:
            box = (300, y + 10 - tall, 576, y + 10)
            flags = "multiline" if tall == TALL else ""
            fields.append(Field(name, name, len(pages) - 1, box, said, flags=flags))
        y -= tall + STEP - 14
    pages += [[words(36, TOP, "Page")] for _ in range(mapping.source.pages - len(pages))]
    face = draw("face", {"title": "Stand-in", "author": "Tests", "revision": "", "pages": pages})
    return with_fields(face, fields)


def named(mapping):
    """Every field's name with the states of a box, in the order of the mapping."""
    found = {}
    for name, state in mapping.boxes():
        states = found.setdefault(name, [])
        if state and state not in states:
            states.append(state)
    for name in (*mapping.clear, *(sign.pdf for sign in mapping.sign if sign.pdf)):
        found.setdefault(name, [])
    return found


def long(mapping):
    """Names of the fields that take whole paragraphs."""
    return {one.pdf for one in mapping.fields if one.id == "justification"}


def words(x, y, text):
    """A line of the face."""
    return {
        "kind": "words",
        "x": x,
        "y": y,
        "text": text,
        "size": 8,
        "bold": False,
        "ink": "#111111",
        "align": 0,
        "level": 0,
    }

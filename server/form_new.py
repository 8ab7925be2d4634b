"""``form new``: a folder for a payer's form with a proposed mapping and pictures of it."""

import base64
import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from errno import EEXIST
from itertools import groupby
from pathlib import Path

from nodes.inspected import InspectedField, InspectedForm
from nodes.pdf.inspecting.asked import inspected
from nodes.suspicion.found import told

NAME = re.compile(r"[a-z0-9\-]{1,40}/[a-z0-9\-]{1,60}")
WIDE = 30
SOURCE = """\
# {name}

- Title: {title}
- File: {file}, sha256 `{sha256}`
- Pages: {pages}
- Issuer: FILL IN who publishes it
- Where to get it: FILL IN the address, and the date you took it from there
- Revision: FILL IN what stands in its footer, and put it into mapping.yaml as source: revision:
- Licence: FILL IN whether it may be handed on; if not, keep form.pdf out of what you publish
- Checked against the pictures by: FILL IN your name and the day
"""


def new(asked: Namespace) -> int:
    """Inspect a form and write its folder; nothing that is there is overwritten."""
    file = Path(asked.file)
    name = asked.name or f"new/{slug(file.stem)}"
    if not NAME.fullmatch(name):
        print("prior-auth: --name is like payer/form: a-z, 0-9 and -", file=sys.stderr)
        return 2
    folder = Path(asked.folder) / name
    if folder.exists():
        raise FileExistsError(
            EEXIST, "exists and is not overwritten: give another --name", str(folder)
        )
    pdf = file.read_bytes()
    form, text = inspected(pdf, name, flat=asked.flat)
    for one in told([("form", text)]):
        print(f"prior-auth: the form holds words addressed to software: {one}", file=sys.stderr)
    written(folder, file.name, pdf, form)
    print("\n".join(table(form)))
    print("\n".join(summary(form, folder)))
    return 0


def slug(stem: str) -> str:
    """A file's name as a form's name may be."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "form"


def written(folder: Path, file: str, pdf: bytes, form: InspectedForm) -> None:
    """Write the folder: the PDF, the mapping, where it comes from, and the pictures."""
    folder.mkdir(parents=True)
    (folder / "form.pdf").write_bytes(pdf)
    (folder / "mapping.yaml").write_text(form.mapping, encoding="utf-8")
    source = SOURCE.format(
        name=form.template, title=form.title, file=file, sha256=form.sha256, pages=form.pages
    )
    (folder / "SOURCE.md").write_text(source, encoding="utf-8")
    for picture in form.pictures:
        (folder / f"page-{picture.page}.png").write_bytes(base64.b64decode(picture.png_base64))


def table(form: InspectedForm) -> Iterator[str]:
    """Every place in a line: its number, what it is called, what was proposed."""
    for page, fields in groupby(form.fields, key=lambda one: one.page):
        yield f"\nPage {page}"
        yield f"{'no':>4}  {'label':<{WIDE}}  {'':<9}  proposal"
        yield from (line(one) for one in fields)


def line(field: InspectedField) -> str:
    """One place in a line."""
    label = field.labels[0].text if field.labels else f"({field.name})"
    if len(label) > WIDE:
        label = label[: WIDE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    said = {"unknown": "", "cleared": "left alone", "signature": "for a hand: never filled"}
    proposal = said.get(field.standing) if field.standing in said else str(field.path)
    return f"{field.number:>4}  {plain(label):<{WIDE}}  {field.standing:<9}  {proposal}".rstrip()


def plain(text: str) -> str:
    """Foreign words for a terminal: what is printed, and nothing that moves its cursor."""
    return "".join(one if one.isprintable() else " " for one in text)


def summary(form: InspectedForm, folder: Path) -> list[str]:
    """What was found, and what to do next."""
    counts = count(form.fields)
    kind = "a flat form: places are what its lines suggest" if form.flat else "a form with fields"
    places = f"{len(form.fields)} place{'s'[: len(form.fields) != 1]}"
    pages = f"{form.pages} page{'s'[: form.pages != 1]}"
    lines = ["", f"{places} on {pages}; {kind}"]
    lines += [", ".join(f"{n} {standing}" for standing, n in counts.items())] if counts else []
    if form.fields and not form.request:
        lines.append("No request to a payer, it seems: only the patient's fields were proposed")
    lines += [f"Note: {note}" for note in form.notes]
    if not form.fields:
        lines.append("It has no fields and no lines to write on: if it is a form, ask its issuer")
        lines.append("for one with fields, or place each entry by hand with at: {x, y, w}")
    elif not any(one.path for one in form.fields):
        lines.append("Nothing could be proposed: the entries in mapping.yaml wait for their paths")
    root = folder.parent.parent
    return [
        *lines,
        "",
        f"wrote {folder}: form.pdf, mapping.yaml, SOURCE.md"
        + (f", page-{form.pictures[0].page}.png ..." if form.pictures else ""),
        "Next: read mapping.yaml beside the pictures; weak ones are guesses to confirm,",
        "unknown ones wait there as comments for their paths. Then try it:",
        f"  prior-auth form check {folder}",
        f"  prior-auth form fill {folder}",
        "To use it, let the server read this folder, and name the form in fill-form",
        "or in workflow 12 (fill and preview form):",
        f"  PRIOR_AUTH_FORMS={root}   template: {form.template}",
    ]


def count(fields: Sequence[InspectedField]) -> dict[str, int]:
    """How many places stand how."""
    order = ("proposed", "weak", "unknown", "signature", "cleared")
    found = {standing: sum(one.standing == standing for one in fields) for standing in order}
    return {standing: n for standing, n in found.items() if n}

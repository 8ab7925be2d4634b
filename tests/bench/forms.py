"""Filling real forms beside the fillers of others: first whether the form is right, then the time.

Forms: those of PRIOR_AUTH_CASES, else our own. Every text field gets a short text of its own, every
box its first state; a text or tick is visible when poppler draws the widget's box otherwise than
before, and read when pikepdf finds the value under its full name; fields kept are not looked for
in flattened forms. A second filling has letters of several scripts in every field.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from nodes.pdf.filling.fields import Widget, widgets
from tests.bench.forms_ours import fill_ours
from tests.nodes.filling_world import entered
from tests.pages import changed, drawn, said

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "tests" / "fillers"
OURS = ("ours, fields kept", "ours, flattened")
PEERS = ("pypdf", "pikepdf", "pdftk-java", "PyPDFForm", "pdf-lib")
LETTERS = "Nuñez Łukasz Ωδη"
ROUNDS = 3
SECONDS = 600


@dataclass
class Tally:
    """What one filler did over all forms."""

    failed: int = 0
    texts: int = 0
    boxes: int = 0
    read: int = 0
    lost: int = 0
    latin: int = 0
    greek: int = 0
    ms: dict[str, float] = field(default_factory=dict)
    mb: float = 0


def forms() -> list[Path]:
    """The real forms when they are there, else our own."""
    cases = os.environ.get("PRIOR_AUTH_CASES")
    folder = Path(cases) / "forms" if cases else ROOT / "forms_templates"
    return sorted(folder.rglob("*.pdf"))


def shown(form: Path) -> list[Widget]:
    """The widgets a person can see and fill."""
    found = widgets(form.read_bytes())
    return [w for w in found if not w.hidden and w.box[2] - w.box[0] > 1 < w.box[3] - w.box[1]]


def plan(found: list[Widget], words: str | None = None) -> dict[str, dict[str, str]]:
    """What goes into each field: numbered short texts or the same words, and every first box."""
    texts: dict[str, str] = {}
    boxes: dict[str, str] = {}
    for widget in found:
        if widget.kind == "text":
            texts.setdefault(widget.name, words or f"V{len(texts):03}"[: widget.maxlen or 9])
        elif widget.kind == "button" and widget.states:
            boxes.setdefault(widget.name, widget.states[0])
    return {"texts": texts, "boxes": {} if words else boxes}


def fill(
    name: str, told: Path, form: Path, target: Path, home: Path, rounds: int = 1
) -> dict[str, float] | None:
    """Fill with one filler; None: it failed."""
    if name in OURS:
        return fill_ours(told, form, target, rounds, flatten=name == OURS[1])
    if name == "pdf-lib":
        command = [home / "node", SCRIPTS / "pdf_lib.cjs", home / "npm"]
    else:
        command = [home / "python/bin/python", SCRIPTS / "python.py", name]
    whole = [str(part) for part in (*command, told, form, target, rounds)]
    target.unlink(missing_ok=True)
    try:
        done = subprocess.run(whole, capture_output=True, text=True, timeout=SECONDS, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer if target.exists() else None


def judge(form: Path, home: Path, folder: Path) -> Iterator[tuple[str, Tally]]:
    """Fill one form with every filler, twice, and look at it."""
    found = shown(form)
    short, wide = folder / "short.json", folder / "wide.json"
    short.write_text(json.dumps(plan(found)))
    wide.write_text(json.dumps(plan(found, LETTERS)))
    asked = plan(found)
    boxes = asked["boxes"]
    before, had = drawn(form), entered(form.read_bytes())
    for name in (*OURS, *PEERS):
        tally, target = Tally(), folder / "filled.pdf"
        told = fill(name, short, form, target, home, ROUNDS)
        if told is None:
            tally.failed = 1
        else:
            tally.ms[form.stem], tally.mb = told["ms"], told["mb"]
            after = drawn(target)
            seen = [w for w in found if changed(before, after, w)]
            tally.texts = sum(w.kind == "text" for w in seen)
            ticked = [w for w in seen if w.kind == "button"]
            tally.boxes = sum(boxes.get(w.name) in w.states for w in ticked)
            if name != OURS[1]:
                has = entered(target.read_bytes())
                values = asked["texts"] | boxes
                tally.read = sum(has.get(field) == value for field, value in values.items())
                tally.lost = len(had.keys() - has.keys())
        if told and fill(name, wide, form, target, home):
            words = said(target)
            tally.latin, tally.greek = words.count("Łukasz"), words.count("Ωδη")
        yield name, tally


def report() -> None:
    """Print the table."""
    home = Path(
        subprocess.run(
            [ROOT / ".ci/fillers"], capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    found = forms()
    whole = {name: Tally() for name in (*OURS, *PEERS)}
    texts = boxes = fields = values = 0
    for form in found:
        seen = shown(form)
        told = plan(seen)
        texts += sum(w.kind == "text" for w in seen)
        boxes += sum(w.kind == "button" and told["boxes"].get(w.name) in w.states for w in seen)
        fields += len(told["texts"])
        values += len(told["texts"]) + len(told["boxes"])
        with TemporaryDirectory() as folder:
            for name, one in judge(form, home, Path(folder)):
                add(whole[name], one)
    print(
        f"\nFilling {len(found)} forms: {texts} texts and {boxes} boxes to be seen, {values} values"
    )
    table(whole)
    print(f"  Łukasz and Greek: of {fields} fields; many boxes cannot hold the words at 5 points")
    compare(whole)


def table(whole: dict[str, Tally]) -> None:
    """Print a row for each filler: first what is right, then what it costs."""
    heads = "failed   texts   boxes    read  lost  Łukasz   Greek  NOFR001 ms  median  x ours  MB"
    print(f"  {'':20}{heads}")
    base = median(whole[OURS[1]].ms.values())
    for name, one in whole.items():
        if not one.ms:
            print(f"  {name:20}not here, or failed on every form")
            continue
        middle = median(one.ms.values())
        print(
            f"  {name:20}{one.failed:6}{one.texts:8}{one.boxes:8}{one.read:8}{one.lost:6}"
            f"{one.latin:8}{one.greek:8}{one.ms.get('tx_nofr001', 0):12.0f}"
            f"{middle:8.0f}{middle / base:8.1f}{one.mb:4.0f}"
        )


def compare(whole: dict[str, Tally]) -> None:
    """Say on which forms ours is slower than pypdf alone, and how it stands to pikepdf."""
    peer = whole["pypdf"].ms
    slower = [
        f"{name}: {form} ({took:.0f} ms, pypdf {peer[form]:.0f})"
        for name in OURS
        for form, took in whole[name].ms.items()
        if took > peer.get(form, took)
    ]
    print(f"  slower than pypdf alone: {', '.join(slower) or 'on no form'}")
    pike = whole["pikepdf"].ms.get("tx_nofr001")
    if pike:
        times = (whole[name].ms["tx_nofr001"] / pike for name in OURS)
        print(f"  NOFR001, times pikepdf: {', '.join(f'{one:.1f}' for one in times)}")


def add(whole: Tally, one: Tally) -> None:
    """Add one form's tally to the whole."""
    whole.failed += one.failed
    whole.texts += one.texts
    whole.boxes += one.boxes
    whole.read += one.read
    whole.lost += one.lost
    whole.latin += one.latin
    whole.greek += one.greek
    whole.ms |= one.ms
    whole.mb = max(whole.mb, one.mb)


if __name__ == "__main__":
    report()

"""Papers of a clinic and of a payer with invented people, drawn to be faxed: each with its keys."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

import nodes.pdf
from tests.fax_paper import Paper
from tests.fax_wording import DRUGS, REFUSED, SAID

GREY, LIGHT = HexColor("#BBBBBB"), HexColor("#E8E8E8")


@dataclass(frozen=True)
class Drawn:
    """A page as a person sees it: 300 dpi in grey, its words, and identifiers that stand in it."""

    name: str
    pdf: bytes
    text: str
    keys: tuple[str, ...]

    @property
    def picture(self) -> Image.Image:
        """The first page in grey at 300 dpi."""
        return pictured(self.pdf)


def pictured(pdf: bytes, page: int = 0) -> Image.Image:
    """A page in grey at 300 dpi, with what is filled in."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    image = document[page].render(scale=300 / 72, grayscale=True).to_pil()
    image.load()
    document.close()
    return image


def note(paper: Paper) -> None:
    """A visit's note."""
    paper.say("Riverbend Spine and Primary Care", bold=True, more=4, alignment=1)
    paper.say("410 Mill Street, Suite 2, Riverbend, OH 43001", alignment=1)
    paper.say(f"Phone {paper.digits('614-555-01##')}   Fax {paper.digits('614-555-01##')}")
    paper.rule()
    paper.say(f"Patient: {paper.person()}   DOB: {paper.date()}   MRN: {paper.digits('RB-######')}")
    paper.say(f"Date of service: {paper.date()}   Provider: {paper.person()}, MD")
    for title in ("History of present illness", "Examination", "Assessment and plan"):
        paper.say(title, bold=True, more=1)
        paper.say(" ".join(paper.chance.sample(SAID, 4)))
    paper.say(f"1. Radiculopathy, lumbar region ({paper.digits('M5#.#6')})")
    paper.say(f"2. Continue {paper.chance.choice(DRUGS)} 500 mg twice daily")
    paper.say(f"Electronically signed by {paper.person()}, MD, NPI {paper.digits('9#########')}")


def labs(paper: Paper) -> None:
    """A laboratory's report."""
    paper.say("CLEARWATER REGIONAL LABORATORY", bold=True, more=3)
    paper.say(f"CLIA {paper.digits('##D#######')}   Accession {paper.digits('@##-######')}")
    where = [
        ["Patient", paper.person(), "Collected", paper.date() + " 07:40"],
        ["Date of birth", paper.date(), "Reported", paper.date() + " 15:05"],
        ["Ordering NPI", paper.digits("9#########"), "Account", paper.digits("########")],
    ]
    paper.table(where, [90, 160, 80, 160])
    head = ["Test", "Result", "Flag", "Units", "Reference range"]
    tests = (
        ("Glucose", "mg/dL", "70-99"),
        ("Creatinine", "mg/dL", "0.57-1.00"),
        ("eGFR", "mL/min/1.73", ">59"),
        ("Sodium", "mmol/L", "134-144"),
        ("Potassium", "mmol/L", "3.5-5.2"),
        ("Hemoglobin A1c", "%", "4.8-5.6"),
        ("Total cholesterol", "mg/dL", "100-199"),
        ("Triglycerides", "mg/dL", "0-149"),
        ("HDL cholesterol", "mg/dL", ">39"),
        ("ALT (SGPT)", "IU/L", "0-32"),
        ("AST (SGOT)", "IU/L", "0-40"),
        ("WBC", "x10E3/uL", "3.4-10.8"),
        ("Platelets", "x10E3/uL", "150-450"),
        ("C-reactive protein", "mg/L", "0-10"),
        ("Rheumatoid factor", "IU/mL", "<14.0"),
    )
    rows = [
        [
            name,
            f"{paper.chance.uniform(0.5, 240):.1f}",
            paper.chance.choice(("", "High", "Low")),
            unit,
            span,
        ]
        for name, unit, span in tests
    ]
    paper.table([head, *rows], [140, 70, 50, 100, 130], head=LIGHT)
    paper.say(paper.chance.choice(SAID))
    paper.say("Performed at Clearwater Regional Laboratory, 12 Harbor Road, Riverbend, OH 43004")


def denial(paper: Paper) -> None:
    """A payer's letter that says no."""
    paper.say("Sandbox Health Plan", bold=True, more=6)
    paper.say("Utilization Management, PO Box 1200, Columbus, OH 43216")
    paper.say(f"Date: {paper.date()}")
    paper.say(paper.person())
    paper.say("7 Orchard Lane, Riverbend, OH 43002")
    paper.say("NOTICE OF DENIAL OF COVERAGE", bold=True, more=2)
    facts = [
        ["Member ID", paper.digits("SBX#########")],
        ["Reference number", paper.digits("UM-2026-######")],
        ["Service", f"MRI lumbar spine, CPT {paper.digits('7214#')}"],
        ["Diagnosis", paper.digits("M54.1#")],
        ["Requested by", f"{paper.person()}, MD"],
    ]
    paper.table(facts, [130, 300], rules=False)
    for text in REFUSED:
        paper.say(text)
    paper.say(f"Appeals: fax {paper.digits('800-555-01##')}, phone {paper.digits('800-555-01##')}")
    paper.say("Sincerely,")
    paper.say(f"{paper.person()}, MD, Medical Director")


def order(paper: Paper) -> None:
    """A form with shaded heads, ruled boxes and ticks."""
    paper.say("PRIOR AUTHORIZATION REQUEST FORM", bold=True, more=3, alignment=1)
    paper.say("Fax completed form with clinical notes. Incomplete forms will be returned.")
    half = [250, 250]
    for title, cells in (
        ("SECTION A: MEMBER", ("Last name", "First name", "Member ID", "Date of birth")),
        ("SECTION B: PROVIDER", ("Requesting provider", "NPI", "Office phone", "Office fax")),
        ("SECTION C: SERVICE", ("Procedure code", "Diagnosis code", "Start date", "End date")),
    ):
        shown = [f"{cell}: {_value(paper, cell)}" for cell in cells]
        rows = [[title, ""], [shown[0], shown[1]], [shown[2], shown[3]]]
        paper.table(rows, half, head=GREY)
    paper.say("Review type:  [X] Non-urgent   [ ] Urgent      Setting:  [ ] Inpatient  [X] Office")
    paper.say("Clinical justification", bold=True)
    paper.say(" ".join(paper.chance.sample(SAID, 5)))
    paper.rule()
    paper.say("For plan use only. Do not write below this line. Form PA-100 rev. 06/2026", more=-1)


def sheet(paper: Paper) -> None:
    """A face sheet of two columns without rules, and a list of medicines."""
    paper.say("Patient Face Sheet", bold=True, more=5)
    left = ["Name", "Date of birth", "Member ID", "Group", "Phone", "Emergency contact"]
    right = ["Primary care", "NPI", "Office phone", "Office fax", "Account", "Last visit"]
    rows = [[a, _value(paper, a), b, _value(paper, b)] for a, b in zip(left, right, strict=True)]
    paper.table(rows, [95, 160, 90, 150], rules=False)
    paper.rule()
    paper.say("Medications", bold=True)
    listed = [
        [drug, f"{paper.chance.choice((5, 10, 25, 50, 300, 500))} mg", "by mouth", "twice daily"]
        for drug in DRUGS
    ]
    paper.table(
        [["Drug", "Strength", "Route", "How often"], *listed], [150, 90, 90, 120], head=LIGHT
    )
    paper.say("Problems", bold=True)
    for text in paper.chance.sample(SAID, 6):
        paper.say(f"- {text}")


PAPERS: tuple[Callable[[Paper], None], ...] = (note, labs, denial, order, sheet)


@cache
def drawn(seed: int) -> Drawn:
    """The paper of that number: every fifth is of the same kind, fonts and sizes go round."""
    _fonts()
    make = PAPERS[seed % len(PAPERS)]
    paper = Paper(seed)
    make(paper)
    pdf = paper.pdf()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = document.pages[0].extract_text() or ""
    keys = tuple(key for key in dict.fromkeys(paper.keys) if key in " ".join(text.split()))
    name = f"{make.__name__} {paper.plain} {paper.size}"
    return Drawn(name, pdf, text, keys)


def _value(paper: Paper, label: str) -> str:
    shapes = {
        "Member ID": "SBX#########",
        "NPI": "9#########",
        "Procedure code": "7214#",
        "Diagnosis code": "M54.1#",
        "Group": "G-####",
        "Account": "########",
    }
    if label in shapes:
        return paper.digits(shapes[label])
    if "phone" in label.lower() or "fax" in label.lower():
        return paper.digits("(614) 555-01##")
    if "date" in label.lower() or "visit" in label.lower():
        return paper.date()
    return paper.person()


@cache
def _fonts() -> None:
    folder = Path(nodes.pdf.__file__).parent
    pdfmetrics.registerFont(TTFont("FaxSans", str(folder / "fallback.ttf")))
    pdfmetrics.registerFont(TTFont("FaxSansBold", str(folder / "fallback-bold.ttf")))

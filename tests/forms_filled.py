"""Every form template with its PDF, filled for patients of the sandbox whose case it suits."""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nodes.check_policy import CheckPolicyRequest, check_policy
from nodes.pdf.cased import on_form
from nodes.pdf.charted import charted
from nodes.pdf.form import request_form
from nodes.pdf.mapping import Single
from nodes.pdf.paper import blank
from nodes.pdf.places import many
from nodes.pdf.plain_yaml import mapping_of
from nodes.pdf.plan import at
from nodes.pdf.template import SHIPPED, load
from nodes.summarize import SummarizeRequest, summarize
from tests.ehr import AS_OF
from tests.forms_stand_in import stand_in
from tests.server.test_sandbox_scenes import fetched
from tests.world import case_and_chart

NAMES = sorted(str(p.parent.relative_to(SHIPPED)) for p in SHIPPED.rglob("mapping.yaml"))
OFFICIAL = {
    "texas/nofr001": "tx_nofr001.pdf",
    "tmhp/radiology": "tmhp_radiology.pdf",
    "nucc/cms-1500-fillable": "cms1500_blank2p.pdf",
}
UNSEEN = ("texas/nofr002", "cms/part-d-coverage-determination")
SPINES = ("lopez", "berg", "hale", "costa", "dumas", "reid")
EQUIPMENT = ("okafor", "nguyen", "power-wheelchair-good", "home-oxygen-good")
DRUGS = ("adalimumab-good",)
PATIENTS = {
    "generic/prior-auth-request": (*SPINES, "okafor", "nguyen", *DRUGS),
    "generic/dme-order": EQUIPMENT,
    "generic/biologic-drug": DRUGS,
    "texas/nofr001": (*SPINES, *EQUIPMENT),
    "texas/nofr002": DRUGS,
    "tmhp/radiology": (*SPINES, "knee-mri-good"),
    "cms/part-d-coverage-determination": DRUGS,
}
PAIRS = [(name, patient) for name, patients in PATIENTS.items() for patient in patients]


@dataclass(frozen=True)
class Figure:
    """How much of a form is filled: of the fields that apply, and of all it has."""

    filled: int
    applying: int
    fields: int

    @property
    def share(self):
        return self.filled / self.applying

    def __str__(self):
        rest = f"{self.filled / self.fields:.0%} of all {self.fields}"
        return f"{self.share:.0%} of the {self.applying} fields that apply, {rest}"


@cache
def form(name):
    """A template with its PDF: shipped, the official one, or its stand-in."""
    text = (SHIPPED / name / "mapping.yaml").read_bytes()
    mapping = mapping_of(name, text)
    if mapping.source.supply == "bundled":
        return load(name, text, (SHIPPED / name / "form.pdf").read_bytes())
    if mapping.source.supply == "paper":
        return load(name, text, blank(mapping.source.pages))
    return load(name, text, stand_in(mapping) if name in UNSEEN else official(OFFICIAL[name]))


def official(file):
    """An issuer's PDF; never part of this repository."""
    folder = os.environ.get("PRIOR_AUTH_CASES")
    if not folder or not (path := Path(folder) / "forms" / file).is_file():
        pytest.skip(f"PRIOR_AUTH_CASES names no folder with forms/{file}")
    return path.read_bytes()


@cache
def roots(patient):
    """What a form is filled from: case, summary, assessment and chart."""
    if "-" in patient:
        case, chart = fetched(patient).case, fetched(patient).chart
    else:
        case, chart = case_and_chart(patient)
    asked = CheckPolicyRequest(case=case, chart=chart, as_of=AS_OF)
    assessment = check_policy(asked).assessment
    written = summarize(SummarizeRequest(case=case, chart=chart, assessment=assessment))
    return case, written.summary, assessment, chart


@cache
def filled(name, patient):
    """A template filled for a patient."""
    return request_form(form(name), *roots(patient))


def figure(name, patient):
    """Count what is filled; a field applies unless form or mapping say when it does not."""
    template, done = form(name), filled(name, patient)
    answers = [field for field in done.fields if field.by != "never"]
    some = [field for field in answers if field.value]
    off = {field.id for field in answers if not field.value} & idle(name, patient)
    left = [one for one in template.mapping.clear if "push button" not in reason(name, one)]
    wanted = [one for one in left if "counted as applying" in reason(name, one)]
    spare = spare_cells(template.mapping, answers)
    return Figure(
        filled=len(some),
        applying=len(answers) - len(off) + len(wanted),
        fields=len(answers) + spare + len(left) + len(template.mapping.sign),
    )


def idle(name, patient):
    """Ids of single fields whose condition does not hold, and of those SOURCE.md makes one for."""
    case, summary, assessment, chart = roots(patient)
    given = {"case": on_form(case), "summary": summary, "assessment": assessment,
             "chart": charted(chart)}  # fmt: skip
    singles = [one for one in form(name).mapping.fields if isinstance(one, Single)]
    unmet = {
        one.id
        for one in singles
        if not all(at(given, path) in many(among) for path, among in one.when.items())
    }
    return unmet | set(listed(name, "Applies only if"))


def spare_cells(mapping, answers):
    """Fields in rows of tables that have nothing to hold."""
    used = {field.id for field in answers}
    rows = {named for named, place in mapping.places() if place.pdf or place.grid or place.at}
    tables = [one for one in mapping.fields if not isinstance(one, Single)]
    return sum(
        f"{one.id}.{row}.{column.id}" not in used and f"{one.id}.{row}.{column.id}" in rows
        for one in tables
        for row in range(1, one.repeat.max + 1)
        for column in one.columns
    )


def reason(name, field):
    """Why SOURCE.md says that a field is left."""
    return listed(name, "Left on purpose").get(field, "")


@cache
def listed(name, heading):
    """The names of a table in SOURCE.md under a heading, with what stands beside them."""
    text = (SHIPPED / name / "SOURCE.md").read_text(encoding="utf-8")
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    found = {}
    for line in part[1].strip().splitlines()[2:] if part else ():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        found |= {one.strip(): cells[1] for one in cells[0].split(", ")}
    return found

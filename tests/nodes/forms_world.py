"""A case, a summary and ways to look at a filled form as its receiver does."""

import io
import shutil
import subprocess
from base64 import b64decode
from datetime import date
from functools import lru_cache

import pdfplumber
import pytest
from pdfplumber.utils import extract_text
from PIL import Image

from nodes.assessment import Assessment, Criterion, PolicyRef
from nodes.case import (
    Address,
    Case,
    Coverage,
    Diagnosis,
    Order,
    Patient,
    Payer,
    PersonName,
    Provider,
    ServiceLine,
)
from nodes.pdf.template import template
from nodes.prose import Section, Sentence, Summary

GENERIC = "generic/prior-auth-request"
BOXES = {widget.name: widget for widget in template(GENERIC).widgets}
CLINIC = Address(
    lines=("410 Mill Street", "Suite 2"), city="Riverbend", state="OH", postal_code="43001"
)
CASE = Case(
    id="PA-2026-0001",
    place_of_service="22",
    patient=Patient(
        id="Patient/pt-lopez",
        name=PersonName(family="Lopez", given="Maria", middle="E"),
        birth_date=date(1971, 4, 9),
        sex="female",
        mrn="RB-100234",
        address=Address(
            lines=("7 Orchard Lane",), city="Riverbend", state="OH", postal_code="43002"
        ),
        phone="614-555-0123",
    ),
    coverage=Coverage(
        payer=Payer(id="SBXHP01", name="Sandbox Health Plan"),
        member_id="SBX880012345",
        group_number="G-77",
        plan_name="Choice PPO",
        line_of_business="commercial",
    ),
    requester=Provider(
        person=PersonName(family="Adeyemi", given="Ruth"),
        npi="9000000015",
        taxonomy="207Q00000X",
        address=CLINIC,
        phone="614-555-0100",
        fax="614-555-0101",
    ),
    diagnoses=(Diagnosis(code="M54.16", display="Radiculopathy, lumbar region"),),
    service_lines=(
        ServiceLine(
            system="CPT",
            code="72148",
            modifiers=("26", "TC"),
            display="MRI lumbar spine",
            start=date(2026, 11, 30),
            end=date(2027, 1, 29),
        ),
    ),
    order=Order(reference="ServiceRequest/sr-lopez-mri", authored_on=date(2026, 11, 16)),
)
ASSESSMENT = Assessment(
    policy=PolicyRef(
        id="lumbar-mri",
        version="1",
        title="Lumbar spine MRI",
        source="SHP IMG-12",
        verification="read",
        effective_from=date(2026, 1, 1),
        review_by=date(2027, 1, 1),
        sha256="0" * 64,
    ),
    as_of=date(2026, 11, 20),
    status="met",
    criteria=(
        Criterion(id="all", depth=0, operator="all", text="All", status="met", reason="All met."),
        Criterion(
            id="care",
            depth=1,
            operator="duration",
            text="Six weeks of conservative care",
            status="met",
            reason="Eight weeks are recorded.",
        ),
    ),
    met=1,
    required=1,
)


def summary(*texts):
    """A summary of one section."""
    sentences = tuple(Sentence(id=f"s{n}", text=text) for n, text in enumerate(texts, 1))
    return Summary(writer="deterministic", sections=(Section(title="Course", sentences=sentences),))


def bodies(data):
    """The text of all addendum pages between their head and their foot."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        found = [page.crop((0, 110, 612, 750)).extract_text() for page in document.pages[2:]]
    return " ".join(" ".join(found).split())


def with_patient(**changes):
    """The case of a patient with other properties."""
    return CASE.model_copy(update={"patient": CASE.patient.model_copy(update=changes)})


def pdf(form):
    """The filled form's bytes."""
    return b64decode(form.pdf_base64)


def pages(data):
    """The text of each page, blanks and line ends as one space."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [" ".join((page.extract_text() or "").split()) for page in document.pages]


def characters(data, name):
    """The characters whose middle is inside a field's box; the printed label stands above it."""
    left, bottom, right, top = BOXES[name].box

    def within(item):
        across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return left <= across <= right and bottom <= 792 - down <= top

    return [item for item in opened(data)[BOXES[name].page] if within(item)]


def inside(data, name):
    """The words in a field's box."""
    return " ".join(extract_text(characters(data, name)).split())


@lru_cache(maxsize=4)
def opened(data):
    """The characters of each page."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.chars for page in document.pages]


def tight(text):
    """The text without blanks, for boxes with one cell for each character."""
    return "".join(text.split())


def poppler(tool):
    """The path of one of poppler's programs."""
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} is missing: apt-get install poppler-utils")
    return path


def render(data, resolution=72):
    """Each page as poppler draws it, in grey."""
    command = [poppler("pdftoppm"), "-r", str(resolution), "-gray", "-"]
    drawn = subprocess.run(command, input=data, capture_output=True, check=True).stdout
    images, stream = [], io.BytesIO(drawn)
    while stream.tell() < len(drawn):
        assert stream.readline() == b"P5\n"
        size = tuple(map(int, stream.readline().split()))
        assert stream.readline() == b"255\n"
        images.append(Image.frombytes("L", size, stream.read(size[0] * size[1])))
    return images


def dark(image, box, height=792, resolution=72):
    """How many pixels of a box, without a rim of two points, are darker than the middle."""
    left, bottom, right, top = (n * resolution / 72 for n in box)
    height *= resolution / 72
    rim = 2 * resolution / 72
    edges = (left + rim, height - top + rim, right - rim, height - bottom - rim)
    cut = image.crop(tuple(map(int, edges)))
    return sum(cut.histogram()[:128])

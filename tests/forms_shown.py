"""What the page "Forms and documents" shows: made by the nodes from the sandbox's patients."""

import base64
import io
import json
from functools import cache

from PIL import Image
from pypdf import PdfReader

from nodes.errors import UnknownName
from nodes.fill_form import FillFormRequest, fill_form
from nodes.pdf.picture import pictures
from nodes.pdf.supply import form as supplied
from nodes.read_document import ReadDocumentRequest, read_document
from server.forms_page import FOLDER
from tests.examples import FOLDER as EXAMPLES
from tests.fax_papers import drawn
from tests.faxes import STANDARD, fax, png, tiff
from tests.forms_filled import roots

DPI, COLOURS = 100, 16
LONGEST = 90
DOUBTED = 0.8
SEED = 7
NOTE = "Office visit note"
ORDER = "generic/dme-order"
FORM = "texas/nofr001"
FIELDS = (
    "payer.name", "order.date", "patient.name", "requester.npi", "requester.phone",
    "justification", "policy.criteria",
)  # fmt: skip


@cache
def request():
    """A patient of the sandbox, as fill-form's example has her."""
    return json.loads((EXAMPLES / "fill_form.request.json").read_text())


def filled_with(**more):
    body = request() | more
    return fill_form(FillFormRequest.model_validate_json(json.dumps(body)))


@cache
def packet():
    """Her request as one packet: the form, two notes, and a file that is broken."""
    notes = json.loads((EXAMPLES / "summarize.request.json").read_text())["chart"]["notes"]
    documents = [
        (NOTE, "text/plain", notes[0]["text"].encode()),
        (notes[1]["title"], "text/plain", notes[1]["text"].encode()),
        ("X-ray report", "application/pdf", b"%PDF-1.7 cut off"),
    ]
    attachments = [
        {"title": title, "media_type": kind, "data_base64": base64.b64encode(data).decode()}
        for title, kind, data in documents
    ]
    return filled_with(packet=True, attachments=attachments, as_of="2026-11-20").packet


@cache
def ordered():
    """An equipment order whose texts are longer than their boxes; the clinic's phone is missing."""
    case, summary, assessment, chart = roots("nguyen")
    requester = case.requester.model_copy(update={"phone": None})
    case = case.model_copy(update={"requester": requester})
    request = FillFormRequest(
        template=ORDER, case=case, summary=summary, assessment=assessment, chart=chart
    )
    return fill_form(request).form


@cache
def sent():
    """A denial letter as a fax machine sends it at standard resolution."""
    return fax(drawn(SEED).picture, STANDARD, SEED)


def faxed():
    return tiff([sent()], STANDARD.down)


@cache
def read():
    content = base64.b64encode(faxed()).decode()
    return read_document(ReadDocumentRequest(content_base64=content)).document


def drawings():
    """Each picture's name and its PNG."""
    form = base64.b64decode(filled_with().form.pdf_base64)
    order = base64.b64decode(ordered().pdf_base64)
    bound = base64.b64decode(packet().pdf_base64)
    note = next(part.page for part in packet().index if part.title == NOTE)
    upright = sent().convert("L").resize((850, 1100), Image.Resampling.BOX)
    return {
        "filled": page(form, 1),
        "addendum": page(order, ordered().continued[0].page),
        "cover": page(bound, 1),
        "foot": page(bound, note),
        "fax": small(upright),
    }


def page(pdf, number):
    (one,) = pictures(pdf, [number], DPI)
    with Image.open(io.BytesIO(one.png)) as picture:
        return small(picture.convert("RGB"))


def small(picture):
    """A PNG of few colours."""
    return png(picture.quantize(COLOURS, dither=Image.Dither.NONE))


def said():
    """The words beside the pictures."""
    return {"report": report(), "missing_pdf": refusal(), "packet": bound(), "fax": fax_read()}


def report():
    found = ordered()
    of = {field.id: field for field in found.fields}
    case_facts = [field for field in found.fields if field.by == "fact"][:2]
    names = [of[name] for name in FIELDS if name in of]
    never = [field for field in found.fields if field.by == "never"]
    return {
        "fields": [told(field) for field in [*names[:4], *case_facts, *names[4:], *never]],
        "missing_required": list(found.missing_required),
        "continued": [one.model_dump() for one in found.continued],
        "count": len(found.fields),
        "never": len(never),
    }


def told(field):
    value = field.value and " ".join(field.value.split())
    if value and len(value) > LONGEST:
        value = f"{value[:LONGEST]}… ({len(field.value):,} characters)"
    return {"label": field.label, "value": value, "by": field.by, "source": field.source}


def refusal():
    """What is answered for an official form whose PDF is not here."""
    try:
        supplied(FORM)
    except UnknownName as missing:
        return str(missing)
    raise AssertionError(f"{FORM} is in the folder of forms")


def bound():
    found = packet()
    outline = PdfReader(io.BytesIO(base64.b64decode(found.pdf_base64))).outline
    return {
        "pages": found.pages,
        "index": [part.model_dump() for part in found.index],
        "bookmarks": [one.title for one in outline if not isinstance(one, list)],
        "refused": [{"title": one.title, "why": one.why} for one in found.refused],
    }


def fax_read():
    document = read()
    (first,) = document.pages
    words = iter(first.words)
    lines = [
        [[word, shaky(next(words))] for word in line.split()] for line in first.text.splitlines()
    ]
    return {
        "kind": document.kind,
        "confidence": first.confidence,
        "lines": lines,
        "reasons": [
            {"said": " ".join(one.said.quote.split()), "weight": one.weight, "kind": one.kind}
            for one in document.reasons[:5]
        ],
        "must_look": list(document.must_look),
    }


def shaky(word):
    """The engine's confidence where it is low."""
    return word.confidence if word.confidence < DOUBTED else None


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, data in drawings().items():
        (FOLDER / f"{name}.png").write_bytes(data)
    text = json.dumps(said(), indent=1, ensure_ascii=False)
    (FOLDER / "shown.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

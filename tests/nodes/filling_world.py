"""Forms drawn for the tests, and ways to look at a filled one as two readers do."""

import io
import re
import subprocess

import pikepdf
import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from tests.nodes.forms_world import poppler, render

BOX = (100, 700, 300, 720)
HELVETICA = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
MARK = b"0 0 m 20 20 l 0 20 m 20 0 l 3 w S"


def pdf(value):
    """Make a PDF object of a plain value; one word with a slash is a name."""
    if isinstance(value, bool):
        return BooleanObject(value)
    if isinstance(value, (int, float)):
        return FloatObject(value)
    if isinstance(value, str):
        name = value.startswith("/") and " " not in value
        return NameObject(value) if name else TextStringObject(value)
    if type(value) in (list, tuple):
        return ArrayObject(pdf(one) for one in value)
    if type(value) is dict:
        return DictionaryObject({NameObject(key): pdf(one) for key, one in value.items()})
    return NullObject() if value is None else value


def stream(data, **entries):
    """A stream with dictionary entries."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(pdf({f"/{key}": value for key, value in entries.items()}))
    return made


def text(name, box=BOX, **entries):
    """A text field's widget."""
    own = {"/T": name, "/FT": "/Tx", "/DA": "/Helv 10 Tf 0 g", "/Rect": list(box)}
    return own | {f"/{key}": value for key, value in entries.items()}


def box(name, rect, state="/On", **entries):
    """A check box that draws a cross when on."""
    on = stream(MARK, Subtype="/Form", BBox=[0, 0, 20, 20])
    off = stream(b"", Subtype="/Form", BBox=[0, 0, 20, 20])
    own = {
        "/T": name,
        "/FT": "/Btn",
        "/Rect": list(rect),
        "/AS": "/Off",
        "/AP": {"/N": {state: on, "/Off": off}},
    }
    return own | {f"/{key}": value for key, value in entries.items()}


def referred(writer, made):
    """Make every stream below a dictionary an object of its own, as PDF demands."""
    for key, one in made.items():
        if isinstance(one, DecodedStreamObject):
            made[key] = writer._add_object(one)
        elif isinstance(one, DictionaryObject):
            referred(writer, one)


def form(*widgets, content=b"", change=lambda writer: None, listed=True, **entries):
    """One page with these widgets; ``change`` mends the writer before it writes."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    if content:
        page[NameObject("/Contents")] = writer._add_object(stream(content))
    kept = []
    for widget in widgets:
        made = pdf({"/Type": "/Annot", "/Subtype": "/Widget", "/F": 4} | widget)
        referred(writer, made)
        kept.append(writer._add_object(made))
    page[NameObject("/Annots")] = ArrayObject(kept)
    acroform = {"/Fields": kept if listed else [], "/DR": {"/Font": {"/Helv": HELVETICA}}}
    writer.root_object[NameObject("/AcroForm")] = pdf(
        acroform | {f"/{key}": value for key, value in entries.items()}
    )
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def pictures(data, resolution=72):
    """Each page in grey, as poppler and as pdfium draw it."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    pdfium = [
        page.render(scale=resolution / 72, may_draw_forms=True).to_pil().convert("L")
        for page in document
    ]
    return render(data, resolution), pdfium


def inked(data, rect, page=0, resolution=72, height=792):
    """How many dark pixels are in a rectangle, as poppler and as pdfium draw it."""
    scale = resolution / 72
    left, bottom, right, top = (n * scale for n in rect)
    cut = tuple(map(round, (left, height * scale - top, right, height * scale - bottom)))
    return tuple(
        sum(images[page].crop(cut).histogram()[:160]) for images in pictures(data, resolution)
    )


def read(data):
    """The text of a PDF as poppler reads it."""
    command = [poppler("pdftotext"), "-layout", "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


def entered(data):
    """What pikepdf reads as each field's value, by full name."""
    found = {}

    def walk(node, above, inherited):
        name = ".".join(filter(None, (above, str(node.T) if "/T" in node else "")))
        held = node.get("/V", inherited)
        if "/T" in node and all("/T" not in kid for kid in node.get("/Kids", [])):
            found[name] = None if held is None else str(held)
        for kid in node.get("/Kids", []):
            walk(kid, name, held)

    with pikepdf.open(io.BytesIO(data)) as document:
        for field in document.Root.AcroForm.Fields:
            walk(field, "", None)
    return found


def content(data, page=0):
    """A page's operators, with those of the forms it draws."""
    found = PdfReader(io.BytesIO(data)).pages[page]
    forms = found["/Resources"].get("/XObject", {}).values()
    parts = [found.get_contents().get_data(), *(one.get_object().get_data() for one in forms)]
    return b"\n".join(parts)


def sizes(data):
    """The font sizes that the filled page uses."""
    return [float(size) for size in re.findall(rb"/PA\S+ ([\d.]+) Tf", content(data))]

"""Documents of others for packets, each drawn anew."""

import io
from datetime import date

import pypdf
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from nodes.pdf.box.asking import ask
from nodes.pdf.packet.binding import packet
from nodes.pdf.packet.parts import Bound, PacketParts, Part
from tests.nodes.writing_world import case

DAY = date(2026, 11, 20)
RED = (204, 0, 0)
RUN = TextStringObject("app.alert(1)")


def sheet(*texts: str, size=(612, 792), rotate: int = 0, fields: bool = False) -> bytes:
    """A page for each text, the text in its middle, a red frame at its very edge."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for text in texts:
        canvas.setStrokeColorRGB(*(part / 255 for part in RED))
        canvas.setLineWidth(6)
        canvas.rect(3, 3, size[0] - 6, size[1] - 6)
        canvas.drawString(size[0] / 2, size[1] / 2, text)
        if fields:
            canvas.acroForm.textfield(name="name", value="Filled in", x=50, y=50, width=120)
        canvas.showPage()
    canvas.save()
    return turned(target.getvalue(), rotate) if rotate else target.getvalue()


def turned(pdf: bytes, by: int) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    for page in writer.pages:
        page.rotate(by)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def hostile() -> bytes:
    """A page with a script, a link, an attached file and what starts by itself."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet("Hello", fields=True)))
    writer.add_attachment("virus.exe", b"MZ secret bytes")
    writer.add_uri(0, "https://tracker.example/", pypdf.generic.RectangleObject((0, 0, 99, 99)))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): RUN}
    start = {NameObject("/S"): NameObject("/Launch"), NameObject("/Next"): DictionaryObject(script)}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(start)
    writer.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): DictionaryObject(script)}
    )
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet("Secret")))
    writer.encrypt("open sesame", algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind: str, size=(850, 1100), frames: int = 1, **how) -> bytes:
    target = io.BytesIO()
    image = Image.new("RGB", size, RED)
    more = {"save_all": True, "append_images": [image] * (frames - 1)} if frames > 1 else {}
    image.save(target, kind, **more, **how)
    return target.getvalue()


def bound(*parts: Part, ask=ask, **known) -> Bound:
    changes = {key: known.pop(key) for key in ("urgency",) if key in known}
    return packet(PacketParts(case().model_copy(update=changes), parts, DAY, **known), ask=ask)


def said(made: Bound) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(made.pdf)).pages
    return [" ".join(page.extract_text().split()) for page in pages]

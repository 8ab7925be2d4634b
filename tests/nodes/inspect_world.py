"""Forms drawn by the tests: a payer's form with fields, and the same matter on flat paper."""

import io

from reportlab.lib.colors import black, lightgrey, white
from reportlab.pdfgen.canvas import Canvas

TITLE = "Prior Authorization Request Form"


def canvas():
    """A canvas, and where its PDF is written; the same drawing gives the same bytes."""
    target = io.BytesIO()
    return Canvas(target, pagesize=(612, 792), invariant=1), target


def heading(page, y, text):
    """A section heading on a grey bar."""
    page.setFillColor(lightgrey)
    page.rect(36, y, 540, 15, stroke=0, fill=1)
    page.setFillColor(black)
    page.setFont("Helvetica-Bold", 10)
    page.drawString(40, y + 4, text)
    page.setFont("Helvetica", 9)


def field(page, name, label, x, y, width, tip=None, **more):
    """A label and, right of it, a field; without a tip its tooltip says nothing."""
    page.drawString(x, y + 4, label)
    left = x + 6 + page.stringWidth(label, "Helvetica", 9)
    page.acroForm.textfield(
        name=name, tooltip=tip or "undefined", x=left, y=y, width=width, height=14,
        borderWidth=0.5, maxlen=100, fontName="Helvetica", fontSize=9, fillColor=white, **more,
    )  # fmt: skip


def box(page, name, label, x, y):
    """A box to tick with its words to the right."""
    page.acroForm.checkbox(
        name=name, tooltip="Check Box", x=x, y=y, size=10, buttonStyle="check", borderWidth=0.5
    )
    page.drawString(x + 14, y + 2, label)


def with_fields():
    """A payer's form whose field names and tooltips say next to nothing."""
    page, target = canvas()
    page.setFont("Helvetica-Bold", 15)
    page.drawString(36, 750, TITLE)
    heading(page, 720, "Section A: Member Information")
    field(page, "Text1", "Name:", 40, 698, 180)
    field(page, "Text2", "Date of Birth:", 320, 698, 100)
    field(page, "Text3", "Member ID:", 40, 678, 120)
    field(page, "Text4", "Phone:", 320, 678, 100)
    page.drawString(40, 662, "Sex:")
    box(page, "Check1", "Male", 70, 660)
    box(page, "Check2", "Female", 120, 660)
    heading(page, 636, "Section B: Requesting Provider")
    field(page, "Text5", "Name:", 40, 614, 180)
    field(page, "Text6", "NPI:", 320, 614, 100)
    field(page, "Text7", "Phone:", 40, 594, 120)
    field(page, "Text8", "Fax:", 320, 594, 100)
    heading(page, 570, "Section C: Servicing Facility")
    field(page, "Text9", "Name:", 40, 548, 180)
    field(page, "Text10", "NPI:", 320, 548, 100)
    heading(page, 524, "Section D: Pharmacy")
    field(page, "Text11", "Name:", 40, 502, 180)
    field(page, "Text12", "Phone:", 320, 502, 100)
    heading(page, 478, "Section E: Request")
    page.drawString(40, 462, "Review type:")
    box(page, "Check3", "Standard", 110, 460)
    box(page, "Check4", "Urgent", 180, 460)
    field(page, "Text13", "Diagnosis code (ICD-10):", 40, 440, 90)
    field(page, "Text14", "CPT code:", 320, 440, 90)
    page.drawString(40, 422, "Signed order attached?")
    box(page, "Check5", "Yes", 150, 420)
    box(page, "Check6", "No", 190, 420)
    field(page, "Text15", "Signature:", 40, 390, 200)
    field(page, "Text16", "Date:", 320, 390, 90)
    page.showPage()
    page.save()
    return target.getvalue()


def flat():
    """The same matter without fields: a ruled line, cells, squares, and a box for each letter."""
    page, target = canvas()
    page.setFont("Helvetica-Bold", 15)
    page.drawString(36, 750, TITLE)
    heading(page, 720, "Patient Information")
    page.drawString(40, 700, "Patient name:")
    page.line(105, 698, 300, 698)
    page.drawString(320, 700, "Date of birth: ____________________")
    page.drawString(40, 672, "Member ID:")
    for letter in range(11):
        page.rect(100 + letter * 14, 668, 14, 16)
    heading(page, 640, "Requesting Provider")
    page.grid([36, 306, 576], [638, 608, 578])
    for x, y, words in (
        (38, 628, "Name"),
        (308, 628, "NPI"),
        (38, 598, "Phone"),
        (308, 598, "Fax"),
    ):
        page.drawString(x, y, words)
    page.drawString(40, 556, "Review type:")
    for x, words in ((110, "Standard"), (190, "Urgent")):
        page.rect(x, 554, 9, 9)
        page.drawString(x + 13, 556, words)
    page.line(40, 510, 260, 510)
    page.drawString(40, 500, "Signature of requesting provider")
    page.line(300, 510, 420, 510)
    page.drawString(300, 500, "Date")
    page.showPage()
    page.save()
    return target.getvalue()


def captions_below():
    """A flat form with captions under the lines, in Spanish in part, and lines made of dots."""
    page, target = canvas()
    page.setFont("Helvetica-Bold", 15)
    page.drawString(36, 750, TITLE)
    page.setFont("Helvetica-Bold", 8)
    page.drawString(40, 722, "MEMBER")
    page.setFont("Helvetica", 8)
    for y, words in (
        (705, (("Last name", 160), ("First name", 150), ("Date of birth", 120))),
        (675, (("Street address", 160), ("City", 150), ("State", 40))),
    ):
        left = 40
        for said, width in words:
            page.line(left, y, left + width, y)
            page.drawString(left, y - 8, said)
            left += 175
    heading(page, 630, "Proveedor solicitante")
    heading(page, 560, "")
    page.setFont("Helvetica-Bold", 10)
    page.drawString(40, 564, "Referring provider")
    page.drawString(320, 564, "Servicing facility")
    page.setFont("Helvetica", 9)
    page.drawString(40, 612, "Nombre del proveedor" + "." * 60)
    page.drawString(320, 612, "Teléfono" + "." * 60)
    for left in (40, 320):
        page.drawString(left, 540, "NPI")
        page.line(left + 30, 539, left + 180, 539)
    page.showPage()
    page.save()
    return target.getvalue()


def a_picture():
    """A page that holds a grey picture and nothing else, as a scan does."""
    page, target = canvas()
    page.setFillColor(lightgrey)
    page.circle(300, 400, 200, stroke=0, fill=1)
    page.showPage()
    page.save()
    return target.getvalue()

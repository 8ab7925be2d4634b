"""Draw form.pdf beside this file.

Run it with Python after a change; a test holds form.pdf equal to what this draws.
"""

from pathlib import Path

from nodes.pdf import face_parts
from nodes.pdf.face import Choice, Form, Text

PAGES = 2


def equipment(form: Form) -> None:
    """Draw what is ordered, and for how long."""
    form.section(7, "Equipment and supplies", "further items on an addendum")
    form.table(
        (
            Text("item_{n}_code", "HCPCS", 10, "Item {n}: HCPCS code"),
            Text("item_{n}_modifiers", "Modifiers", 13, "Item {n}: modifiers, such as RR or NU"),
            Text("item_{n}_text", "Equipment or supply", 60, "Item {n}: description", "multiline"),
            Text("item_{n}_quantity", "Quantity", 9, "Item {n}: quantity"),
            Text("item_{n}_unit", "Unit", 10, "Item {n}: unit"),
            Text("item_{n}_from", "From", 15, "Item {n}: first day"),
            Text("item_{n}_to", "To", 15, "Item {n}: last day"),
        ),
        rows=4,
        height=20,
    )
    form.row(
        Choice("acquisition", "Rental or purchase", 42, "Whether it is rented or bought",
               (("rental", "Rental"), ("purchase", "Purchase"), ("used", "Purchase, used")),
               (0, 0.26, 0.58)),
        Text("rental_months", "Length of need, if rented", 20, "Length of need of a rental"),
        Text("order_reason", "Reason as ordered", 38, "Reason for the order, as the order says"),
    )  # fmt: skip


def visit(form: Form) -> None:
    """Draw the visit before the order, and what was measured."""
    form.section(8, "Face-to-face encounter", "latest visit on record; confirm it was in person")
    form.row(
        Text("visit_date", "Date of visit", 16, "Date of the latest visit on record"),
        Text("visit_reason", "As recorded", 84, "The latest visit, as recorded", "multiline"),
        height=30,
    )
    form.section(9, "Measurements and test results", "latest first, in the record's words")
    form.row(
        Text("height", "Height", 20, "Patient's height"),
        Text("height_date", "Measured", 13, "Date of the height"),
        Text("weight", "Weight", 20, "Patient's weight"),
        Text("weight_date", "Measured", 13, "Date of the weight"),
        Text("bmi", "Body mass index", 20, "Patient's body mass index"),
        Text("bmi_date", "Measured", 14, "Date of the body mass index"),
    )
    form.table(
        (
            Text("test_{n}_text", "As recorded", 82, "Test {n}: as recorded", "multiline"),
            Text("test_{n}_date", "Date", 18, "Test {n}: date"),
        ),
        rows=7,
        height=16,
    )


def by_kind(form: Form) -> None:
    """Draw what is asked for some kinds of equipment only."""
    form.section(10, "By kind of equipment", "only the rows for what is ordered")
    form.row(
        Text("mobility_devices", "Mobility equipment: aids used so far", 50,
             "Mobility equipment: aids used so far", "multiline"),
        Text("mobility_evaluations", "Mobility equipment: evaluations and therapy", 50,
             "Mobility equipment: evaluations and therapy", "multiline"),
        height=36,
    )  # fmt: skip
    form.row(
        Text("diabetes_a1c", "Glucose monitors: hemoglobin A1c", 26, "Glucose monitors: A1c"),
        Text("diabetes_a1c_date", "Date", 14, "Glucose monitors: date of the A1c"),
        Text("diabetes_drugs", "Glucose monitors: drugs taken now", 60,
             "Glucose monitors: drugs taken now", "multiline"),
        height=30,
    )  # fmt: skip
    form.row(
        Text("sleep_ahi", "Positive airway pressure: apnea-hypopnea index", 32,
             "Positive airway pressure: apnea-hypopnea index"),
        Text("sleep_ahi_date", "Date of test", 18, "Positive airway pressure: date of the test"),
        Text("sleep_epworth", "Positive airway pressure: Epworth sleepiness scale", 32,
             "Positive airway pressure: Epworth sleepiness scale"),
        Text("sleep_epworth_date", "Date", 18,
             "Positive airway pressure: date of the Epworth sleepiness scale"),
    )  # fmt: skip


def draw() -> bytes:
    """Draw the whole form."""
    form = Form("Equipment Order and Authorization", "Rev. 2026-11")
    face_parts.masthead(form, "Durable medical equipment, prosthetics, orthotics and supplies")
    face_parts.plan(form)
    form.row(face_parts.urgency(100))
    face_parts.certification(form)
    face_parts.patient(form)
    face_parts.coverage(form)
    form.section(4, "Ordering clinician")
    face_parts.party(form, "Ordering clinician", "requester")
    form.section(5, "Supplier")
    face_parts.party(form, "Supplier", "performer")
    face_parts.diagnoses(form, 6, 4)
    equipment(form)
    form.footer(1, PAGES)
    face_parts.repeated(form)
    visit(form)
    by_kind(form)
    face_parts.clinical(form, 11, 124, 86)
    face_parts.signature(form, 13)
    form.footer(2, PAGES)
    return form.finish()


if __name__ == "__main__":
    Path(__file__).with_name("form.pdf").write_bytes(draw())

"""Draw form.pdf beside this file.

Run it with Python after a change; a test holds form.pdf equal to what this draws.
"""

from pathlib import Path

from nodes.pdf import face_parts
from nodes.pdf.face import Form, Text

PAGES = 2


def drug(form: Form) -> None:
    """Draw the drug that is asked for."""
    form.section(6, "Drug requested")
    form.row(
        Text("drug_name", "Drug, strength and form", 52, "Drug, strength and form as ordered"),
        Text("drug_system", "Code set", 12, "Code set of the drug: NDC or HCPCS"),
        Text("drug_code", "Code", 20, "NDC or HCPCS code of the drug"),
        Text("drug_start", "Start of treatment asked for", 16, "First day asked for"),
    )
    form.row(
        Text("drug_strength", "Strength", 20, "Strength"),
        Text("drug_route", "Route", 16, "Route of administration"),
        Text("drug_dosage", "Directions", 64, "Directions: dose, route and frequency"),
    )
    form.row(
        Text("drug_quantity", "Quantity", 20, "Quantity asked for"),
        Text("drug_days", "Days' supply", 16, "Days' supply"),
        Text("drug_refills", "Refills", 12, "Refills"),
        Text("order_reason", "Reason as ordered", 52, "Reason for the order, as the order says"),
    )
    face_parts.diagnoses(form, 7, 3)


def screening(form: Form) -> None:
    """Draw what must be looked for before a biologic is begun."""
    form.section(8, "Screening before treatment", "latest result on record")
    for name, label in (
        ("tb", "Tuberculosis: interferon gamma release or skin test"),
        ("hbv", "Hepatitis B: surface antigen"),
        ("hbc", "Hepatitis B: core antibody"),
    ):
        said = label.replace(":", ",")
        form.row(
            Text(f"{name}_name", label, 56, f"{said}: name of the test"),
            Text(f"{name}_result", "Result", 26, f"{said}: result"),
            Text(f"{name}_date", "Date", 18, f"{said}: date"),
            height=24,
        )
    form.row(
        Text("weight", "Weight", 22, "Patient's weight"),
        Text("weight_date", "Measured", 16, "Date of the weight"),
        Text("allergies", "Allergies on record", 62, "Allergies on record", "multiline"),
        height=28,
    )


def therapies(form: Form) -> None:
    """Draw what was taken before, and what the disease did."""
    form.section(9, "Other drugs on record", "latest first; further ones on an addendum")
    form.table(
        (
            Text("past_{n}_drug", "Drug and strength", 36, "Drug {n}: name and strength",
                 "multiline"),
            Text("past_{n}_dosage", "Directions", 26, "Drug {n}: directions", "multiline"),
            Text("past_{n}_dates", "Taken", 27, "Drug {n}: when it was taken", "multiline"),
            Text("past_{n}_outcome", "Outcome, reason stopped", 24,
                 "Drug {n}: outcome or why it was stopped", "multiline"),
        ),
        rows=6,
        height=22,
    )  # fmt: skip
    form.section(10, "Disease activity and other results", "latest first, in the record's words")
    form.table(
        (
            Text("test_{n}_text", "As recorded", 82, "Test {n}: as recorded", "multiline"),
            Text("test_{n}_date", "Date", 18, "Test {n}: date"),
        ),
        rows=8,
        height=16,
    )


def draw() -> bytes:
    """Draw the whole form."""
    form = Form("Biologic Drug Authorization", "Rev. 2026-11")
    face_parts.masthead(form, "Biologic and other specialty drugs")
    face_parts.plan(form)
    form.row(face_parts.urgency(100))
    face_parts.certification(form)
    face_parts.patient(form)
    face_parts.coverage(form)
    form.section(4, "Prescriber")
    face_parts.party(form, "Prescriber", "requester")
    form.section(5, "Dispensing pharmacy or infusion site")
    face_parts.party(form, "Pharmacy or infusion site", "performer")
    drug(form)
    screening(form)
    form.footer(1, PAGES)
    face_parts.repeated(form)
    therapies(form)
    face_parts.clinical(form, 11, 142, 84)
    face_parts.signature(form, 13)
    form.footer(2, PAGES)
    return form.finish()


if __name__ == "__main__":
    Path(__file__).with_name("form.pdf").write_bytes(draw())

"""Draw form.pdf beside this file.

Run it with Python after a change; a test holds form.pdf equal to what this draws.
"""

from pathlib import Path

from nodes.pdf import face_parts
from nodes.pdf.face import Choice, Form, Text

PAGES = 2


def review(form: Form) -> None:
    """Draw who decides and what is asked of them."""
    face_parts.plan(form)
    form.row(
        face_parts.urgency(52),
        Choice("category", "Category", 48, "Category of the request",
               (("health_services", "Services or equipment"), ("admission", "Admission"),
                ("specialty_care", "Specialty care")), (0, 0.43, 0.7)),
    )  # fmt: skip
    face_parts.certification(form)


def services(form: Form) -> None:
    """Draw the services that are asked for."""
    form.section(7, "Requested services", "further services on an addendum")
    form.table(
        (
            Text("svc_{n}_system", "Code set", 11, "Service {n}: code set, CPT or HCPCS"),
            Text("svc_{n}_code", "Code", 9, "Service {n}: code"),
            Text("svc_{n}_modifiers", "Modifiers", 13, "Service {n}: modifiers"),
            Text("svc_{n}_text", "Description", 46, "Service {n}: description", "multiline"),
            Text("svc_{n}_quantity", "Quantity", 9, "Service {n}: quantity"),
            Text("svc_{n}_unit", "Unit", 10, "Service {n}: unit"),
            Text("svc_{n}_from", "From", 15, "Service {n}: first date of service"),
            Text("svc_{n}_to", "To", 15, "Service {n}: last date of service"),
            Text("svc_{n}_dx", "Dx no.", 9, "Service {n}: numbers of its diagnoses in section 6"),
        ),
        rows=5,
        height=22,
    )
    form.row(
        Text("place_of_service", "Place of service (CMS code)", 18, "CMS place of service code"),
        Text("service_type", "Service type (X12 code)", 18, "X12 service type code"),
        Text("order_reason", "Reason as ordered", 64, "Reason for the order, as the order says"),
    )


def draw() -> bytes:
    """Draw the whole form."""
    form = Form("Prior Authorization Request", "Rev. 2026-11")
    face_parts.masthead(form, "Health care services, imaging and equipment")
    review(form)
    face_parts.patient(form)
    face_parts.coverage(form)
    form.section(4, "Requesting provider")
    face_parts.party(form, "Requesting provider", "requester")
    form.section(5, "Rendering provider or facility", "if other than the requesting provider")
    face_parts.party(form, "Rendering provider", "performer")
    face_parts.diagnoses(form, 6, 6)
    services(form)
    form.footer(1, PAGES)
    face_parts.repeated(form)
    face_parts.clinical(form, 8, 381, 152)
    face_parts.signature(form, 10)
    form.footer(2, PAGES)
    return form.finish()


if __name__ == "__main__":
    Path(__file__).with_name("form.pdf").write_bytes(draw())

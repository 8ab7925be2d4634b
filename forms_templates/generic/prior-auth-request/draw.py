"""Draw form.pdf beside this file.

Run it with Python after a change; a test holds form.pdf equal to what this draws.
"""

from pathlib import Path

from nodes.pdf.face import GREY, INK, MARGIN, NAVY, ROW, WIDTH, Choice, Form, Text

PAGES = 2
ATTESTATION = (
    "I have reviewed this request. To the best of my knowledge the information above is accurate"
    " and complete, and the patient's medical record",
    "supports it. I understand that the health plan may ask for that record.",
)


def masthead(form: Form) -> None:
    """Draw the title and the case number."""
    form.canvas.setFillColor(NAVY)
    form.words(MARGIN, form.y - 15, "Prior Authorization Request", 19, bold=True)
    form.canvas.setFillColor(GREY)
    form.words(MARGIN, form.y - 27, "Health care services, imaging and equipment", 8.5)
    left = WIDTH - MARGIN - 190
    form.y -= 3
    form.cell(left, 190, ROW, "Requester's case number")
    at = Text("case_id", "", 0, "Requester's case number")
    form.text(at, left + 1.5, form.y - ROW + 1, 187, ROW - 9.5, 9.5)
    form.y -= ROW + 2


def review(form: Form) -> None:
    """Draw who decides and what is asked of them."""
    form.section(1, "Health plan and type of review")
    form.row(
        Text("payer_name", "Health plan or review organization", 52, "Name of the health plan"),
        Text("payer_id", "Electronic payer ID", 22, "Electronic payer ID"),
        Text("order_date", "Date ordered", 26, "Date the service was ordered"),
    )
    form.row(
        Choice("urgency", "Urgency", 52, "Urgency of the review",
               (("standard", "Standard"), ("urgent", "Urgent (expedited)"),
                ("emergency", "Emergency")), (0, 0.28, 0.7)),
        Choice("category", "Category", 48, "Category of the request",
               (("health_services", "Services or equipment"), ("admission", "Admission"),
                ("specialty_care", "Specialty care")), (0, 0.43, 0.7)),
    )  # fmt: skip
    form.row(
        Choice("certification", "Type of request", 74, "Type of request",
               (("initial", "Initial"), ("renewal", "Renewal"), ("extension", "Extension"),
                ("revised", "Revision"), ("reconsideration", "Reconsideration"),
                ("cancel", "Cancellation")), (0, 0.125, 0.28, 0.45, 0.605, 0.82)),
        Text("authorization_number", "Earlier authorization number", 26,
             "Earlier authorization number: for renewals, revisions and cancellations"),
    )  # fmt: skip


def patient(form: Form) -> None:
    """Draw the patient and the coverage."""
    form.section(2, "Patient")
    form.row(
        Text("patient_name", "Last name, first name, middle", 44, "Patient's full name"),
        Text("patient_birth_date", "Date of birth (MM/DD/YYYY)", 18, "Patient's date of birth"),
        Choice("patient_sex", "Sex", 38, "Patient's sex",
               (("female", "Female"), ("male", "Male"), ("unknown", "Unknown"))),
    )  # fmt: skip
    form.row(
        Text("patient_address", "Address", 54, "Patient's street, city, state and ZIP code"),
        Text("patient_phone", "Telephone", 23, "Patient's telephone"),
        Text("patient_mrn", "Medical record number", 23, "Patient's medical record number"),
    )
    form.section(3, "Coverage")
    form.row(
        Text("member_id", "Member ID", 26, "Member ID"),
        Text("group_number", "Group number", 18, "Group number"),
        Text("plan_name", "Plan", 32, "Name of the plan"),
        Text("line_of_business", "Line of business", 24, "Line of business"),
    )
    form.row(
        Choice("relationship", "Patient's relationship to the subscriber", 42,
               "Patient's relationship to the subscriber",
               (("self", "Self"), ("spouse", "Spouse"), ("child", "Child"), ("other", "Other"))),
        Text("subscriber_name", "Subscriber, if not the patient: last name, first name", 38,
             "Subscriber's name, if not the patient"),
        Text("subscriber_birth_date", "Subscriber's date of birth", 20,
             "Subscriber's date of birth"),
    )  # fmt: skip


def party(form: Form, who: str, prefix: str) -> None:
    """Draw the two rows that describe a provider."""
    form.row(
        Text(f"{prefix}_name", "Name", 48, f"{who}: name of the clinician or organization"),
        Text(f"{prefix}_npi", "NPI", 28, f"{who}: National Provider Identifier", "comb", 10),
        Text(f"{prefix}_taxonomy", "Taxonomy code", 24, f"{who}: NUCC taxonomy code", "", 10),
    )
    form.row(
        Text(f"{prefix}_address", "Address", 48, f"{who}: street, city, state and ZIP code"),
        Text(f"{prefix}_phone", "Telephone", 28, f"{who}: telephone"),
        Text(f"{prefix}_fax", "Fax", 24, f"{who}: fax"),
    )


def request(form: Form) -> None:
    """Draw the diagnoses and the services."""
    form.section(6, "Diagnoses", "principal first; further diagnoses on an addendum")
    form.table(
        (
            Text("dx_{n}_code", "ICD-10-CM", 14, "Diagnosis {n}: ICD-10-CM code"),
            Text("dx_{n}_text", "Description", 70, "Diagnosis {n}: description"),
            Text("dx_{n}_onset", "Onset", 16, "Diagnosis {n}: date of onset"),
        ),
        rows=6,
        height=15,
    )
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


def clinical(form: Form) -> None:
    """Draw the clinical part."""
    form.row(
        Text("page2_patient_name", "Patient", 44, "Patient's full name, second page"),
        Text("page2_birth_date", "Date of birth", 18, "Patient's date of birth, second page"),
        Text("page2_member_id", "Member ID", 20, "Member ID, second page"),
        Text("page2_case_id", "Requester's case number", 20, "Case number, second page"),
    )
    form.section(8, "Clinical justification", "from the medical record")
    form.area(Text("justification", "", 0, "Clinical justification", "multiline"), 381)
    form.section(9, "Coverage policy and criteria")
    form.row(
        Text("policy_title", "Policy", 42, "Coverage policy applied", "multiline"),
        Text("policy_source", "Issuer's number and revision", 40, "Policy: number and revision",
             "multiline"),
        Text("policy_status", "Criteria", 18, "Whether all criteria are documented"),
        height=33,
    )  # fmt: skip
    form.area(Text("criteria", "Criteria documented", 0, "Criteria documented", "multiline"), 152)


def signature(form: Form) -> None:
    """Draw the attestation; its fields are for a person's hand."""
    form.section(10, "Attestation", "to be completed by the clinician")
    form.canvas.setFillColor(INK)
    for place, line in enumerate(ATTESTATION):
        form.words(MARGIN + 3, form.y - 10 - 9.5 * place, line, 7.6)
    form.y -= 26
    form.row(
        Text("signature", "Signature", 46, "Signature of the clinician"),
        Text("signature_name", "Printed name and credentials", 36, "Clinician's printed name"),
        Text("signature_date", "Date", 18, "Date of the signature"),
        height=30,
    )


def draw() -> bytes:
    """Draw the whole form."""
    form = Form("Prior Authorization Request", "Rev. 2026-11")
    masthead(form)
    review(form)
    patient(form)
    form.section(4, "Requesting provider")
    party(form, "Requesting provider", "requester")
    form.section(5, "Rendering provider or facility", "if other than the requesting provider")
    party(form, "Rendering provider", "performer")
    request(form)
    form.footer(1, PAGES)
    clinical(form)
    signature(form)
    form.footer(2, PAGES)
    return form.finish()


if __name__ == "__main__":
    Path(__file__).with_name("form.pdf").write_bytes(draw())

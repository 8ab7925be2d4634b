"""Parts that every form of our own has: plan, patient, coverage, providers, signature."""

from nodes.pdf.face import GREY, MARGIN, NAVY, ROW, WIDTH, Choice, Form, Text

ATTESTATION = (
    "I have reviewed this request. To the best of my knowledge the information above is accurate"
    " and complete, and the patient's medical record",
    "supports it. I understand that the health plan may ask for that record.",
)
CERTIFICATION = (
    ("initial", "Initial"), ("renewal", "Renewal"), ("extension", "Extension"),
    ("revised", "Revision"), ("reconsideration", "Reconsideration"), ("cancel", "Cancellation"),
)  # fmt: skip


def masthead(form: Form, subtitle: str) -> None:
    """Draw the title and the case number."""
    form.words(MARGIN, form.y - 15, form.title, 18, bold=True, ink=NAVY, level=1)
    form.words(MARGIN, form.y - 27, subtitle, 8.5, ink=GREY)
    left = WIDTH - MARGIN - 190
    form.y -= 3
    form.cell(left, 190, ROW, "Requester's case number")
    at = Text("case_id", "", 0, "Requester's case number")
    form.text(at, left + 1.5, form.y - ROW + 1, 187, ROW - 9.5, 9.5)
    form.y -= ROW + 2


def plan(form: Form) -> None:
    """Draw who decides, and when it was ordered."""
    form.section(1, "Health plan and type of review")
    form.row(
        Text("payer_name", "Health plan or review organization", 52, "Name of the health plan"),
        Text("payer_id", "Electronic payer ID", 22, "Electronic payer ID"),
        Text("order_date", "Date ordered", 26, "Date the service was ordered"),
    )


def certification(form: Form) -> None:
    """Draw whether this is a first request, a renewal or another."""
    form.row(
        Choice("certification", "Type of request", 74, "Type of request", CERTIFICATION,
               (0, 0.125, 0.28, 0.45, 0.605, 0.82)),
        Text("authorization_number", "Earlier authorization number", 26,
             "Earlier authorization number: for renewals, revisions and cancellations"),
    )  # fmt: skip


def urgency(share: float) -> Choice:
    """Give the three urgencies of a review."""
    return Choice(
        "urgency", "Urgency", share, "Urgency of the review",
        (("standard", "Standard"), ("urgent", "Urgent (expedited)"), ("emergency", "Emergency")),
        (0, 0.28, 0.7),
    )  # fmt: skip


def patient(form: Form) -> None:
    """Draw the patient."""
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


def coverage(form: Form) -> None:
    """Draw the coverage and its subscriber."""
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


def diagnoses(form: Form, number: int, rows: int) -> None:
    """Draw the table of diagnoses."""
    form.section(number, "Diagnoses", "principal first; further diagnoses on an addendum")
    form.table(
        (
            Text("dx_{n}_code", "ICD-10-CM", 14, "Diagnosis {n}: ICD-10-CM code"),
            Text("dx_{n}_text", "Description", 70, "Diagnosis {n}: description"),
            Text("dx_{n}_onset", "Onset", 16, "Diagnosis {n}: date of onset"),
        ),
        rows=rows,
        height=15,
    )


def repeated(form: Form) -> None:
    """Draw whom the second page is about."""
    form.row(
        Text("page2_patient_name", "Patient", 44, "Patient's full name, second page"),
        Text("page2_birth_date", "Date of birth", 18, "Patient's date of birth, second page"),
        Text("page2_member_id", "Member ID", 20, "Member ID, second page"),
        Text("page2_case_id", "Requester's case number", 20, "Case number, second page"),
    )


def clinical(form: Form, number: int, justification: float, criteria: float) -> None:
    """Draw the justification and the policy's criteria."""
    form.section(number, "Clinical justification", "from the medical record")
    form.area(Text("justification", "", 0, "Clinical justification", "multiline"), justification)
    form.section(number + 1, "Coverage policy and criteria")
    form.row(
        Text("policy_title", "Policy", 42, "Coverage policy applied", "multiline"),
        Text("policy_source", "Issuer's number and revision", 40, "Policy: number and revision",
             "multiline"),
        Text("policy_status", "Criteria", 18, "Whether all criteria are documented"),
        height=33,
    )  # fmt: skip
    form.area(
        Text("criteria", "Criteria documented", 0, "Criteria documented", "multiline"), criteria
    )


def signature(form: Form, number: int) -> None:
    """Draw the attestation; its fields are for a person's hand."""
    form.section(number, "Attestation", "to be completed by the clinician")
    for place, line in enumerate(ATTESTATION):
        form.words(MARGIN + 3, form.y - 10 - 9.5 * place, line, 7.6)
    form.y -= 26
    form.row(
        Text("signature", "Signature", 46, "Signature of the clinician"),
        Text("signature_name", "Printed name and credentials", 36, "Clinician's printed name"),
        Text("signature_date", "Date", 18, "Date of the signature"),
        height=30,
    )

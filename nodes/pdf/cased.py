"""What forms ask of a case beyond its own fields: the insured, and the providers by their part."""

from datetime import date
from typing import Literal

from nodes.case import Case, Diagnosis, InvolvedProvider, Provider, ServiceLine, Subscriber

Program = Literal["medicare", "medicaid", "group", "other"]
LETTERS = "ABCDEFGHIJKL"
PROGRAMS: dict[str, Program] = {
    "medicare": "medicare",
    "medicaid": "medicaid",
    "exchange": "other",
    "other": "other",
}


class LineOnForm(ServiceLine):
    """A service line with its code by what kind it is, and its diagnoses as letters."""

    @property
    def procedure(self) -> str | None:
        """The CPT or HCPCS code."""
        return self.code if self.system in ("CPT", "HCPCS") else None

    @property
    def drug(self) -> str | None:
        """The National Drug Code, eleven digits."""
        return self.code if self.system == "NDC" else None

    @property
    def drug_qualified(self) -> str | None:
        """The National Drug Code behind its qualifier N4 (NUCC, item 24 shaded)."""
        return f"N4{self.drug}" if self.drug else None

    @property
    def pointers(self) -> str:
        """The diagnoses as letters, A for the first: at most four, as claims hold."""
        return "".join(LETTERS[one - 1] for one in self.diagnoses[:4])


class CaseOnForm(Case):
    """A case with what forms ask of it worked out; nothing is guessed, None stays blank."""

    @property
    def insured(self) -> Subscriber | None:
        """Who holds the coverage: the patient where that is the patient."""
        if self.coverage.relationship != "self":
            return self.coverage.subscriber
        who = self.patient
        return Subscriber(
            name=who.name, birth_date=who.birth_date, sex=who.sex, address=who.address
        )

    @property
    def insured_phone(self) -> str | None:
        """The insured's telephone, known only where it is the patient's."""
        return self.patient.phone if self.coverage.relationship == "self" else None

    @property
    def principal(self) -> Diagnosis:
        """The principal diagnosis."""
        return self.diagnoses[0]

    @property
    def rendering(self) -> Provider | None:
        """Who will render the service: the performer, else who is named as rendering."""
        return self.performer or self._part("rendering")

    @property
    def rendering_person(self) -> Provider | None:
        """The clinician who will render the service."""
        performer = self.performer
        return performer if performer and performer.person else self._part("rendering")

    @property
    def billing(self) -> Provider:
        """Who bills the service: the performer, else who asks."""
        return self.performer or self.requester

    @property
    def billing_tax_id_kind(self) -> Literal["ein"] | None:
        """An organization's tax id is an EIN; a person's may be either, and stays open."""
        return "ein" if self.billing.tax_id and self.billing.organization else None

    @property
    def illness_onset(self) -> date | None:
        """When the principal diagnosis began; not where a last menstrual period takes its place."""
        return None if self._lmp else self.principal.onset

    @property
    def illness_qualifier(self) -> Literal["431", "484"] | None:
        """431 onset, 484 last menstrual period (NUCC, item 14)."""
        if self._lmp:
            return "484"
        return "431" if self.illness_onset else None

    @property
    def accident_qualifier(self) -> Literal["439"] | None:
        """439 accident (NUCC, item 15)."""
        return "439" if self.accident and self.accident.on else None

    @property
    def referrer(self) -> Provider | None:
        """Who referred or ordered; who asks, where that is a person other than who renders."""
        asks = self.requester if self.requester.person and self.performer else None
        return self.referring or self.ordering or asks

    @property
    def referrer_qualifier(self) -> Literal["DN", "DK"] | None:
        """DN where it is a referring provider, DK an ordering one (NUCC, item 17)."""
        if self.referrer is None:
            return None
        return "DN" if self.referring else "DK"

    @property
    def program(self) -> Program | None:
        """The kind of coverage as claim forms name it; None where that cannot be told."""
        kind = self.coverage.line_of_business
        if kind == "commercial":
            return "group" if self.coverage.group_number else "other"
        return PROGRAMS.get(kind)

    @property
    def lines(self) -> tuple[LineOnForm, ...]:
        """The service lines."""
        return tuple(LineOnForm.model_construct(**dict(line)) for line in self.service_lines)

    @property
    def referring(self) -> Provider | None:
        """The referring provider."""
        return self._part("referring")

    @property
    def ordering(self) -> Provider | None:
        """The ordering provider."""
        return self._part("ordering")

    @property
    def primary_care(self) -> Provider | None:
        """The primary care provider."""
        return self._part("primary_care")

    @property
    def facility(self) -> Provider | None:
        """Where the care is given: who is named as facility, else an organization that renders."""
        performer = self.performer
        return self._part("facility") or (
            performer if performer and performer.organization else None
        )

    @property
    def _lmp(self) -> date | None:
        return self.pregnancy.last_menstrual_period if self.pregnancy else None

    def _part(self, role: str) -> InvolvedProvider | None:
        return next((one for one in self.providers if one.role == role), None)


def on_form(case: Case) -> CaseOnForm:
    """Make a case ready for a form."""
    return CaseOnForm.model_construct(**dict(case))

"""What forms ask of a case beyond its own fields: the insured, and the providers by their part."""

from nodes.case import Case, Diagnosis, InvolvedProvider, Provider, Subscriber


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

    def _part(self, role: str) -> InvolvedProvider | None:
        return next((one for one in self.providers if one.role == role), None)


def on_form(case: Case) -> CaseOnForm:
    """Make a case ready for a form."""
    return CaseOnForm.model_construct(**dict(case))

"""What a filled form's report says to the person who reads it, in plain words."""

from collections.abc import Iterator, Sequence

from nodes.packet import FilledForm

NOTICES = {
    "invalid": "left blank: what is on record is not what this field takes (an NPI, a telephone"
    " number, a code). Mend it in the record, or write it by hand.",
    "cut_short": "its boxes together do not hold the whole value: write it by hand.",
    "no_box": "the form has no box for what is on record: mark it by hand.",
    "taken": "left out: another value stands in the same field. Look at it.",
    "unencodable": "holds a character that no font here has; it shows as a question mark in a"
    " diamond. Write it by hand.",
    "hidden": "left out: the form hides this field, nobody would see it.",
    "signature": "left blank: it is for a person to sign.",
}
MISFIT = "left out: the form's field and its mapping do not fit. Tell who looks after the forms."
OVER = frozenset({"too_long", "overflow"})


class FormWords:
    """The report of one form, sorted by what a person has to do about it."""

    def __init__(self, form: FilledForm) -> None:
        """Take the labels of the form's fields."""
        self.form = form
        self.labels = {field.id: field.label for field in form.fields}

    @property
    def missing(self) -> list[str]:
        """Required and blank."""
        return [self._label(one) for one in self.form.missing_required]

    @property
    def continued(self) -> list[str]:
        """Where each text that does not fit stands whole."""
        return list(self._continued())

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Each field that is not, or not as it is, on the form, and why."""
        found = [
            (self._label(one.field), NOTICES.get(one.code, MISFIT))
            for one in self.form.notices
            if one.code not in OVER
        ]
        return list(dict.fromkeys(found))

    @property
    def by_hand(self) -> list[str]:
        """Signatures and the like, left to a person."""
        labels = [one.label for one in self.form.fields if one.by == "never"]
        return list(dict.fromkeys(labels))

    @property
    def nowhere(self) -> list[str]:
        """What the case holds and the form takes nowhere, as words."""
        return _named(path.removeprefix("case.") for path in self.form.unmapped_paths)

    @property
    def unknown(self) -> Sequence[str]:
        """Fields of the form that its mapping does not name: blank, whatever they ask."""
        return self.form.unmapped_fields

    @property
    def any(self) -> bool:
        """Whether there is anything that a person should look at."""
        return bool(self.missing or self.continued or self.notices or self.form.unverified)

    def _label(self, name: str) -> str:
        return self.labels.get(name, name)

    def _continued(self) -> Iterator[str]:
        told: dict[str, int] = {}
        for one in self.form.continued:
            told.setdefault(self._part(one.field), one.page)
        for label, page in told.items():
            yield f"{label}: whole on page {page}"

    def _part(self, field: str) -> str:
        """Name a row that a table has no room for by itself, whatever its columns."""
        row = any(field.startswith(f"{one}.") for one in self.form.overflow)
        label = self._label(field)
        return label.rpartition(": ")[0] or label if row else label


def _named(paths: Iterator[str]) -> list[str]:
    """Write paths as words: service_lines.0.start as service lines 1, start."""
    told = []
    for path in paths:
        words = ""
        for step in path.split("."):
            if step.isdigit():
                words += f" {int(step) + 1}"
            else:
                words += (", " if words else "") + step.replace("_", " ")
        told.append(words)
    return list(dict.fromkeys(told))

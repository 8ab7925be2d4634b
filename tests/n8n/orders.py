"""Order events of the sandbox's patients, as an EHR sends them."""

from typing import Any

PATIENTS = {
    "lopez": ("ServiceRequest/sr-lopez-mri", "Maria Lopez", "1971-04-09"),
    "okafor": ("DeviceRequest/dr-okafor-cgm", "Samuel Okafor", "1958-02-17"),
    "nguyen": ("DeviceRequest/dr-nguyen-cpap", "Linh Nguyen", "1966-08-30"),
    "berg": ("ServiceRequest/sr-berg-mri", "Anna Berg", "1980-12-01"),
    "hale": ("ServiceRequest/sr-hale-mri", "Thomas Hale", "1975-06-22"),
    "costa": ("ServiceRequest/sr-costa-mri", "Julia Costa", "1969-03-14"),
    "reed": ("ServiceRequest/sr-reed-mri", "Evan Reed", "1984-05-05"),
    "dumas": ("ServiceRequest/sr-dumas-mri", "Claire Dumas", "1977-09-09"),
}


def event(who: str, case_id: str) -> dict[str, Any]:
    """Make the event of a patient's order."""
    order, name, born = PATIENTS[who]
    given, family = name.split()
    return {
        "case_id": case_id,
        "order": order,
        "patient": {
            "id": f"Patient/pt-{who}",
            "name": {"family": family, "given": given},
            "birth_date": born,
        },
        "occurred": "2026-11-20",
    }

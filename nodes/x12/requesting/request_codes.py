"""The codes of a 278 request for the words of a case; the guide's table says which it allows."""

CATEGORIES = {"health_services": "HS", "admission": "AR", "specialty_care": "SC"}
CERTIFICATIONS = {
    "initial": "I",
    "renewal": "R",
    "revised": "S",
    "extension": "4",
    "reconsideration": "N",
    "cancel": "3",
}
URGENCIES = {"standard": "", "urgent": "U", "emergency": "03"}
CAUSES = {"auto": "AA", "employment": "EM", "another_party": "AP"}
DIAGNOSES = {"diagnosis": "ABF", "admitting": "ABJ", "reason_for_visit": "APR"}
WAYS = {
    "electronic": "EL",
    "fax": "FX",
    "mail": "BM",
    "email": "EM",
    "on_request": "AA",
    "voice": "VO",
    "file": "FT",
}
RELATIONSHIPS = {"spouse": "01", "child": "19", "other": "G8"}
AMOUNTS = {"unit": "UN", "minute": "MJ", "international_unit": "F2"}
STAYS = {"unit": "UN", "day": "DA", "international_unit": "F2"}
DELIVERED = {"visit": "VS", "day": "DY", "month": "MN", "hour": "HS", "unit": "FL"}
PER = {"day": "DA", "week": "WK", "month": "MO"}
PERIODS = {"day": "7", "week": "35", "month": "34", "year": "21", "episode": "26"}

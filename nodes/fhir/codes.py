"""FHIR's names of code systems in ours, and concepts as codes and words."""

from functools import lru_cache
from typing import Any, Literal, get_args

from nodes.chart import Coding
from nodes.fhir import tree

System = Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC", "OTHER"]
assert get_args(System) == get_args(Coding.model_fields["system"].annotation)

LONGEST = 100
SYSTEMS: dict[str, System] = {
    "hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD-10-CM",
    "snomed.info/sct": "SNOMED",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED",
    "loinc.org": "LOINC",
    "urn:oid:2.16.840.1.113883.6.1": "LOINC",
    "www.nlm.nih.gov/research/umls/rxnorm": "RXNORM",
    "urn:oid:2.16.840.1.113883.6.88": "RXNORM",
    "www.ama-assn.org/go/cpt": "CPT",
    "urn:oid:2.16.840.1.113883.6.12": "CPT",
    "www.cms.gov/medicare/coding/hcpcsreleasecodesets": "HCPCS",
    "www.cms.gov/medicare/coding/medhcpcsgeninfo": "HCPCS",
    "terminology.hl7.org/codesystem/hcpcs-all-codes": "HCPCS",
    "urn:oid:2.16.840.1.113883.6.285": "HCPCS",
    "hl7.org/fhir/sid/cvx": "CVX",
    "urn:oid:2.16.840.1.113883.12.292": "CVX",
    "hl7.org/fhir/sid/ndc": "NDC",
    "urn:oid:2.16.840.1.113883.6.69": "NDC",
}


@lru_cache(maxsize=256)
def system(url: str | None) -> System:
    """Give our name of a code system; http or https, case and a slash at the end do not matter."""
    key = (url or "").strip().lower().removeprefix("http://").removeprefix("https://")
    return SYSTEMS.get(key.partition("|")[0].rstrip("/"), "OTHER")


def pairs(concepts: Any) -> dict[tuple[System, str], str | None]:
    """Give every code of one or more CodeableConcepts once, by system, with its display."""
    found: dict[tuple[System, str], str | None] = {}
    for concept in concepts if isinstance(concepts, list) else (concepts,):
        coded = concept.get("coding") if isinstance(concept, dict) else None
        for coding in coded if isinstance(coded, list) else (coded,):
            code = _string(coding, "code")
            if code and len(code) <= LONGEST:
                name = system(_string(coding, "system"))
                found.setdefault((name, code), _string(coding, "display"))
    return found


def codings(concepts: Any) -> tuple[Coding, ...]:
    """Give every code of one or more CodeableConcepts, each once."""
    return tuple(
        Coding(system=name, code=code, display=(display or "")[:500] or None)
        for (name, code), display in pairs(concepts).items()
    )


def words(concept: Any) -> str | None:
    """Say a CodeableConcept in its own words: its text, else a display, else a code."""
    if isinstance(concept, list):
        concept = next((item for item in concept if isinstance(item, dict)), None)
    if not isinstance(concept, dict):
        return None
    if text := _string(concept, "text"):
        return text
    coded = concept.get("coding")
    coded = coded if isinstance(coded, list) else [coded]
    for name in ("display", "code"):
        for coding in coded:
            if said := _string(coding, name):
                return said
    return None


def every(concepts: Any) -> list[str | None]:
    """Say each of several CodeableConcepts."""
    return [words(concept) for concept in tree.items(concepts)]


def code(concepts: Any, name: System) -> str | None:
    """Give the first code of one system."""
    return next((code for system_, code in pairs(concepts) if system_ == name), None)


def token(concepts: Any) -> str | None:
    """Give the first code of any system, as statuses and types are coded, or a plain code."""
    if isinstance(concepts, str):
        return tree.tidy(concepts) or None
    for concept in concepts if isinstance(concepts, list) else (concepts,):
        coded = concept.get("coding") if isinstance(concept, dict) else None
        for coding in coded if isinstance(coded, list) else (coded,):
            if (code := _string(coding, "code")) and len(code) <= LONGEST:
                return code
    return None


def _string(value: Any, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return tree.tidy(found) or None if isinstance(found, str) else None

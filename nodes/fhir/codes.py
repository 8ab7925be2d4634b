"""FHIR's names of code systems in ours, and concepts as codes and words."""

from typing import Any, Literal, get_args

from nodes.chart import Coding
from nodes.fhir import tree

System = Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC", "OTHER"]
assert get_args(System) == get_args(Coding.model_fields["system"].annotation)

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
    "hl7.org/fhir/sid/ndc": "NDC",
}


def system(url: str | None) -> System:
    """Give our name of a code system; http or https, case and a slash at the end do not matter."""
    key = (url or "").strip().lower().removeprefix("http://").removeprefix("https://")
    return SYSTEMS.get(key.rstrip("/"), "OTHER")


def codings(concepts: Any) -> tuple[Coding, ...]:
    """Give every code of one or more CodeableConcepts, each once."""
    found: dict[tuple[str, str], Coding] = {}
    for concept in tree.items(concepts):
        for coding in tree.items(concept, "coding"):
            code = tree.string(coding, "code")
            if code and len(code) <= 100:
                name = system(tree.string(coding, "system"))
                display = (tree.string(coding, "display") or "")[:500] or None
                found.setdefault((name, code), Coding(system=name, code=code, display=display))
    return tuple(found.values())


def words(concept: Any) -> str | None:
    """Say a CodeableConcept in its own words: its text, else a display, else a code."""
    for candidate in tree.items(concept)[:1]:
        displays = [tree.string(coding, "display") for coding in tree.items(candidate, "coding")]
        codes = [tree.string(coding, "code") for coding in tree.items(candidate, "coding")]
        return next(
            (said for said in (tree.string(candidate, "text"), *displays, *codes) if said), None
        )
    return None


def code(concepts: Any, name: System) -> str | None:
    """Give the first code of one system."""
    return next((coding.code for coding in codings(concepts) if coding.system == name), None)


def token(concepts: Any) -> str | None:
    """Give the first code of any system, as statuses and types are coded."""
    return next((coding.code for coding in codings(concepts)), None)

"""FHIR's names of code systems in ours, and concepts as codes and words."""

from functools import lru_cache
from typing import Any, Literal, get_args

from nodes.chart import Coding
from nodes.fhir import tree

System = Literal["ICD-10-CM", "SNOMED", "LOINC", "RXNORM", "CPT", "HCPCS", "CVX", "NDC", "OTHER"]
assert get_args(System) == get_args(Coding.model_fields["system"].annotation)

LONGEST = 100
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
SYSTEMS: dict[str, System] = {
    "hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "hl7.org/fhir/sid/icd-10-us": "ICD-10-CM",
    "terminology.hl7.org/codesystem/icd10cm": "ICD-10-CM",
    "terminology.hl7.org/codesystem/icd-10-cm": "ICD-10-CM",
    "www.cms.gov/medicare/coding/icd10": "ICD-10-CM",
    "www.cdc.gov/nchs/icd/icd10cm.htm": "ICD-10-CM",
    "www.cdc.gov/nchs/icd/icd-10-cm": "ICD-10-CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD-10-CM",
    "snomed.info/sct": "SNOMED",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED",
    "loinc.org": "LOINC",
    "urn:oid:2.16.840.1.113883.6.1": "LOINC",
    "www.nlm.nih.gov/research/umls/rxnorm": "RXNORM",
    "urn:oid:2.16.840.1.113883.6.88": "RXNORM",
    "www.ama-assn.org/go/cpt": "CPT",
    "www.ama-assn.org/cpt": "CPT",
    "www.ama-assn.org/practice-management/cpt": "CPT",
    "hl7.org/fhir/sid/cpt": "CPT",
    "terminology.hl7.org/codesystem/cpt": "CPT",
    "urn:oid:2.16.840.1.113883.6.12": "CPT",
    "urn:oid:2.16.840.1.113883.6.82": "CPT",
    "www.cms.gov/medicare/coding/hcpcsreleasecodesets": "HCPCS",
    "www.cms.gov/medicare/coding/medhcpcsgeninfo": "HCPCS",
    "www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system": "HCPCS",
    "www.cms.gov/hcpcs": "HCPCS",
    "bluebutton.cms.gov/resources/codesystem/hcpcs": "HCPCS",
    "hl7.org/fhir/sid/hcpcs": "HCPCS",
    "hl7.org/fhir/codesystem/hcpcs": "HCPCS",
    "terminology.hl7.org/codesystem/hcpcs": "HCPCS",
    "terminology.hl7.org/codesystem/hcpcs-all-codes": "HCPCS",
    "terminology.hl7.org/codesystem/hcpcs-level-ii": "HCPCS",
    "urn:oid:2.16.840.1.113883.6.14": "HCPCS",
    "urn:oid:2.16.840.1.113883.6.285": "HCPCS",
    "hl7.org/fhir/sid/cvx": "CVX",
    "urn:oid:2.16.840.1.113883.12.292": "CVX",
    "hl7.org/fhir/sid/ndc": "NDC",
    "urn:oid:2.16.840.1.113883.6.69": "NDC",
}
# What some EHRs write in the place of a URI.
NAMES: dict[str, System] = {
    "icd-10-cm": "ICD-10-CM",
    "icd10cm": "ICD-10-CM",
    "icd10-cm": "ICD-10-CM",
    "snomed": "SNOMED",
    "snomed-ct": "SNOMED",
    "snomedct": "SNOMED",
    "loinc": "LOINC",
    "rxnorm": "RXNORM",
    "cpt": "CPT",
    "cpt4": "CPT",
    "cpt-4": "CPT",
    "hcpcs": "HCPCS",
    "cvx": "CVX",
    "ndc": "NDC",
}


@lru_cache(maxsize=256)
def system(url: str | None) -> System:
    """Give our name of a code system.

    Neither http or https, case, www, a version or what a page's address ends in matter; an OID
    counts without ``urn:oid:`` too, and so does the system's plain name.
    """
    key = (url or "").strip().lower().removeprefix("http://").removeprefix("https://")
    key = key.partition("|")[0].rstrip("/").removesuffix("/index.html").removesuffix("/index")
    spellings = (key, f"www.{key}", f"urn:oid:{key}")
    found = next((SYSTEMS[one] for one in spellings if one in SYSTEMS), None)
    return found or NAMES.get(key.replace(" ", "-"), "OTHER")


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

"""Rules about the services of a 278 and how they are delivered (SV1, SV2, SV3, TOO, HSD)."""

import re
from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.validating.rules.scene import (
    ELEMENT_CODE,
    ELEMENT_MISSING,
    ELEMENT_PATTERN,
    SEGMENT_UNWANTED,
    Level,
    Scene,
    Severity,
)

KINDS = ("professional_service", "institutional_service", "dental_service")
DENTAL = {"23", "24", "25", "26", "27", "28", "35", "36", "37", "38", "39", "40", "41"}
POINTERS = ("diagnoses.pointer1", "diagnoses.pointer2", "diagnoses.pointer3", "diagnoses.pointer4")

SHAPES = {
    "HC": (re.compile(r"[0-9A-Z]{5}"), "a CPT or HCPCS code has five characters"),
    "N4": (re.compile(r"[0-9]{11}"), "an NDC has eleven digits and no hyphens"),
}
REVENUE = re.compile(r"[0-9]{3,4}")


def one_service(scene: Scene) -> Iterator[Finding]:
    """A service level holds one service: SV1, SV2 or SV3."""
    for level in scene.named("service_level"):
        for spot in level.own(*KINDS)[1:]:
            words = "this level has a service already: put each service into a level of its own"
            yield spot.finding("one-service", words, SEGMENT_UNWANTED)


def service_setting(scene: Scene) -> Iterator[Finding]:
    """The segment agrees with what is asked: SV3 and teeth for dental care (unverified)."""
    kinds = scene.handed_down(_service_type)
    for level in scene.named("service_level"):
        dental, kind = level.own("dental_service"), kinds[level]
        if dental and kind and kind not in DENTAL:
            words = "SV3 is for dental care and the service type is another: use SV1 or SV2"
            code = SEGMENT_UNWANTED
            yield dental[0].finding("service-setting", words, code, severity="warning")
        for spot in [] if dental else level.own("teeth")[:1]:
            words = "teeth are named and the service is not dental (SV3)"
            code = SEGMENT_UNWANTED
            yield spot.finding("service-setting", words, code, severity="warning")


def service_told(scene: Scene) -> Iterator[Finding]:
    """A service level of a request says what service it is, by code or at least by type."""
    types = scene.handed_down(_service_type)
    for level in scene.named("service_level"):
        if scene.asks and not (types[level] or level.own(*KINDS)):
            words = "the level names no service: add SV1, SV2 or SV3, or a service type"
            yield scene.lacks(level.hl, "service-told", words, KINDS[0])


def diagnosis_pointers(scene: Scene) -> Iterator[Finding]:
    """SV107 points at diagnoses the event has; an answer may leave the diagnoses out."""
    severity: Severity = "error" if scene.asks else "warning"
    counts = scene.handed_down(_diagnoses)
    for level in scene.named("service_level"):
        for spot in level.own("professional_service"):
            for value in POINTERS:
                if spot.get(value) and not _within(spot.get(value), counts[level]):
                    words = "the pointer names no diagnosis of the event: count those in HI from 1"
                    yield spot.finding("diagnosis-pointers", words, ELEMENT_CODE, value, severity)


def procedure_shape(scene: Scene) -> Iterator[Finding]:
    """CPT and HCPCS codes have five characters, NDCs eleven digits, revenue codes four."""
    for level in scene.named("service_level"):
        for spot in level.own("professional_service", "institutional_service"):
            shape = SHAPES.get(spot.get("procedure.qualifier"))
            said = spot.get("procedure.code")
            if shape and said and not shape[0].fullmatch(said):
                value = "procedure.code"
                yield spot.finding("procedure-shape", shape[1], ELEMENT_CODE, value, "warning")
        for spot in level.own("institutional_service"):
            if spot.get("revenue") and not REVENUE.fullmatch(spot.get("revenue")):
                words = "a revenue code has four digits, the first of them often a zero"
                yield spot.finding("procedure-shape", words, ELEMENT_CODE, "revenue", "warning")


def delivery(scene: Scene) -> Iterator[Finding]:
    """A quantity to deliver is above zero, and a frequency says of what (HSD)."""
    for level in scene.levels:
        for spot in level.own("delivery"):
            if not spot.get("quantity").strip("0.-") and spot.get("quantity"):
                words = "the quantity is zero: give how many, or leave the segment out"
                yield spot.finding("delivery", words, ELEMENT_PATTERN, "quantity")
            if spot.get("per") and not spot.get("unit"):
                words = "a frequency needs its unit of time in HSD03"
                yield spot.finding("delivery", words, ELEMENT_MISSING, "unit", "warning")


def place_code(scene: Scene) -> Iterator[Finding]:
    """A place of service has two digits."""
    for level in scene.named("event_level", "service_level"):
        for spot in level.own("review"):
            said = spot.get("place.code")
            real = len(said) == 2 and said.isascii() and said.isdigit()
            if said and not real and spot.get("place.qualifier") == "B":
                words = "a place of service has two digits"
                yield spot.finding("place-code", words, ELEMENT_CODE, "place.code")


def _service_type(level: Level) -> str:
    """The service type that the review of this very level says."""
    types = (spot.get("service_type") for spot in level.own("review"))
    return next(filter(None, types), "")


def _diagnoses(level: Level) -> int:
    return next((len(spot.segment.elements) - 1 for spot in level.own("diagnoses")), 0)


def _within(said: str, count: int) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 3 and 1 <= int(said) <= count


TREE = (service_setting, service_told, diagnosis_pointers)
RULES = (
    *TREE,
    one_service,
    procedure_shape,
    delivery,
    place_code,
)

"""Real files from producers we do not know: verdicts, and each fault of the manifest in its place.

The manifest's verdict is pyx12's with maps of its time. Where it says "invalid per map" or "no
map", the standard decides, file by file, and the reason is said here.
"""

import csv
import os
from pathlib import Path

import pytest

from nodes.x12.validating.validate import validate

FOLDER = Path(os.environ.get("PRIOR_AUTH_CASES", "/nowhere")) / "x12"
MANIFEST = FOLDER / "manifest.tsv"
ROWS = (
    list(csv.DictReader(MANIFEST.read_text().splitlines(), delimiter="\t"))
    if MANIFEST.exists()
    else []
)
pytestmark = pytest.mark.skipif(not ROWS, reason="PRIOR_AUTH_CASES names no folder with x12/ in it")

FAULTS = {
    "ISA not 106 chars": ("isa.padding", "ISA", None),
    "SE02": ("set.trailer-control-number", "SE", 2),
    "IEA02": ("envelope.trailer-control-number", "IEA", 2),
    "GS01 wrong (HC)": ("group.function-of-guide", "GS", 1),
}
VALID, INVALID, UNSUPPORTED = "valid", "invalid", "unsupported"
DECIDED = {
    # GS04 is YYMMDD: a date of a group has been CCYYMMDD since 4010.
    "EdiFabric__X12.NET__997.txt": (INVALID, ("GS", 4)),
    # A 276 and a 277 in a group of claims (HC): GS01 is HR, and HN.
    "EdiFabric__X12.NET__RequestTransmission.txt": (INVALID, ("GS", 1)),
    "EdiFabric__X12.NET__ResponseTransmission.txt": (INVALID, ("GS", 1)),
    # 276s that only lacked a map.
    "LinuxForHealth__x12__claim-level-status-ncpdp.276": (VALID, None),
    "LinuxForHealth__x12__claim-level-status.276": (VALID, None),
    "LinuxForHealth__x12__demo.276": (VALID, None),
    "LinuxForHealth__x12__information-receiver-level-status.276": (VALID, None),
    "LinuxForHealth__x12__provider-level-status.276": (VALID, None),
    # STC01-3 is 85 at the provider's level, where the guide has 1P.
    "LinuxForHealth__x12__provider-level-status.277": (INVALID, ("STC", 1)),
    # A service on 29 February 2023.
    "apimeister__x12-types___277_test.rs.1.edi": (INVALID, ("DTP", 3)),
    # X364 (data reporting acknowledgment) is no guide of ours, nor of pyx12's.
    "apimeister__x12-types___277_test.rs.2.edi": (UNSUPPORTED, None),
    "apimeister__x12-types___277_test.rs.3.edi": (UNSUPPORTED, None),
    # Born in the year 1001.
    "apimeister__x12-types___278_test.rs.21.edi": (INVALID, ("DMG", 2)),
    "apimeister__x12-types___278_test.rs.22.edi": (INVALID, ("DMG", 2)),
    # No trace, no unit of the service: the guide lets both be left out.
    "apimeister__x12-types___278_test.rs.9.edi": (VALID, None),
    # TA103 is 3339.
    "azoner__pyx12__x12testdata.py.22.edi": (INVALID, ("TA1", 3)),
    # Sets with nothing but their header.
    "azoner__pyx12__x12testdata.py.8.edi": (INVALID, ("HL", None)),
    "azoner__pyx12__x12testdata.py.9.edi": (INVALID, ("HL", None)),
    # A service in the year 1001; the old map's other complaints were the map's faults.
    "imsweb__x12-parser__x12_277CA_accepted.txt": (INVALID, ("DTP", 3)),
    # The old map missed 2200C, which is situational, and refused HL04 0.
    "imsweb__x12-parser__x12_277CA_rejected.txt": (VALID, None),
}


def found_in(row, **how):
    return validate((FOLDER / row["file"]).read_bytes(), **how)


def names(rows):
    return [row["file"] for row in rows]


JUDGED = [row for row in ROWS if row["verdict"] == "valid"]
BROKEN = [row for row in ROWS if row["verdict"].startswith("broken")]
OPEN = [row for row in ROWS if row not in JUDGED and row not in BROKEN]


@pytest.mark.parametrize("row", JUDGED, ids=names(JUDGED))
def test_a_valid_file_is_valid(row):
    found = found_in(row)
    assert found.verdict == "valid", [one.where for one in found.findings]


@pytest.mark.parametrize("row", BROKEN, ids=names(BROKEN))
def test_each_fault_of_the_manifest_is_found_in_its_place(row):
    found = found_in(row)
    named = [fault for fault in FAULTS if fault in f"{row['envelope']};{row['notes']}"]
    assert named and found.verdict == "invalid"
    wrong = {(one.rule, one.segment_id, one.element) for one in found.findings}
    assert {FAULTS[fault] for fault in named} <= wrong


def test_every_file_without_a_judgment_is_decided_here():
    assert set(names(OPEN)) <= set(DECIDED) and len(JUDGED) + len(BROKEN) + len(OPEN) == len(ROWS)


@pytest.mark.parametrize("row", OPEN, ids=names(OPEN))
def test_what_the_manifest_leaves_open_is_as_the_standard_decides(row):
    verdict, place = DECIDED[row["file"]]
    found = found_in(row)
    errors = [(one.segment_id, one.element) for one in found.findings if one.severity == "error"]
    assert found.verdict == verdict, errors
    if place is not None:
        assert place in errors


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_the_lenient_reader_lets_no_other_fault_pass(row):
    strict, lenient = found_in(row), found_in(row, strict=False)
    assert [one.rule for one in strict.findings] == [one.rule for one in lenient.findings]
    only_form = {one.rule for one in strict.findings if one.severity == "error"} <= {"isa.padding"}
    assert (lenient.verdict == "valid") == (strict.verdict == "valid" or (only_form
                                           and strict.verdict == "invalid"))  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_a_cut_file_is_never_valid_and_never_raises(row):
    raw = (FOLDER / row["file"]).read_bytes().rstrip()
    for part in range(1, 20):
        cut = raw[: len(raw) * part // 20]
        assert validate(cut, strict=False).verdict != "valid"

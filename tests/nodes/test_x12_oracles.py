"""Our reader beside x12-parser (npm, tokens) and ansi-x12 (PyPI, envelopes).

Where we differ a comment says who is right, and why.
"""

import os
from pathlib import Path

import pytest

from nodes.x12.reading.envelope import read
from nodes.x12.reading.stream import Reader
from tests import oracles
from tests.bench.x12_files import claims, reviews
from tests.nodes.test_x12_control import CASES, EDI
from tests.nodes.x12_text import answer

pytestmark = pytest.mark.skipif(not oracles.installed(), reason=oracles.REASON)

COLLAPSED = {"isa.padding"}
LATE = {"envelope.late-acknowledgment"}


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Files of many shapes, all without a fault."""
    folder = tmp_path_factory.mktemp("x12")
    texts = {
        "claims": claims(200),
        "reviews": reviews(50),
        "lines": claims(50).replace("~", "~\n"),
        "line ends": reviews(20).replace("~", "~\r\n"),
        "other separators": answer(("HCR*A1*N",)).translate(str.maketrans("*~:", "|'>")),
        "accents": answer(("HCR*A1*N", "MSG*DÉJÀ VU")),
    }
    files = [folder / f"{name}.edi" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_bytes(text.encode())
    return files


def real():
    folder = Path(os.environ.get("PRIOR_AUTH_CASES", ""), "x12")
    if not os.environ.get("PRIOR_AUTH_CASES") or not folder.is_dir():
        pytest.skip("PRIOR_AUTH_CASES names no folder with x12/ in it")
    return sorted(file for file in folder.iterdir() if file.suffix != ".tsv")


def tokens(file):
    """Our segments in the form of x12-parser.

    Elements go by their number; the second component of the third is 3-1: x12-parser counts
    components from the second, we from the first as the standard does.
    """
    reader = Reader(file.read_bytes())
    for elements in reader:
        found = {"name": elements[0]}
        for place, text in enumerate(elements[1:], start=1):
            parts = text.split(reader.separators.component)
            for number, part in enumerate(parts if elements[0] != "ISA" else [text]):
                found[f"{place}-{number}" if number else f"{place}"] = part.strip()
        yield found


def theirs(segments):
    """x12-parser's segments without the one it makes of a line end behind the IEA.

    We are right: there is no segment without an identifier.
    """
    for segment in segments:
        if segment != {"name": ""}:
            yield {key: text.strip() for key, text in segment.items()}


def test_tokens_of_generated_files_are_those_of_x12_parser(generated):
    # x12-parser takes seven bits of each byte, so that an accent becomes another letter or a
    # control character. The text is UTF-8, and we are right.
    plain = [file for file in generated if file.stem != "accents"]
    for file, segments in zip(plain, oracles.x12_parser(plain), strict=True):
        assert list(tokens(file)) == list(theirs(segments)), file.name


def test_tokens_of_real_files_are_those_of_x12_parser():
    files = real()
    compared = 0
    for file, segments in zip(files, oracles.x12_parser(files), strict=True):
        rules = {item.rule for item in read(file.read_bytes()).findings}
        if rules & COLLAPSED:
            # x12-parser takes separators from fixed places whatever stands there: it cuts such a
            # file at the wrong characters, without a word. We read it and say so.
            continue
        assert list(tokens(file)) == list(theirs(segments)), file.name
        compared += 1
    assert compared > 40


def test_envelopes_of_generated_files_are_sound_for_ansi_x12(generated):
    for file, told in zip(generated, oracles.ansi_x12(generated), strict=True):
        assert told["fault"] is None, file.name
        ours = [
            [text.encode().decode("latin-1") for text in row] for row in Reader(file.read_text())
        ]
        assert told["segments"] == ours
        assert read(file.read_bytes()).findings == ()


STRUCTURE = {
    "set.segment-count", "set.trailer-control-number", "set.no-se", "group.set-count",
    "group.trailer-control-number", "group.no-ge", "group.empty", "envelope.group-count",
    "envelope.trailer-control-number", "envelope.cut", "envelope.after-end", "envelope.no-st",
    "envelope.outside-set", "envelope.misplaced", "envelope.empty",
}  # fmt: skip


def test_envelopes_of_real_files_are_judged_as_by_ansi_x12():
    files = real()
    for file, told in zip(files, oracles.ansi_x12(files), strict=True):
        rules = {item.rule for item in read(file.read_bytes()).findings}
        # A header without its padding: ansi-x12 refuses, as the standard lets it; payers do send
        # it and nothing is in doubt, so that for us it is a warning.
        # A TA1 behind the groups: ansi-x12 refuses, X12.5 has it before them; pyx12 itself writes
        # it behind, and nothing is in doubt, so that for us it is a warning.
        expected = rules & (STRUCTURE | COLLAPSED | LATE)
        assert (told["fault"] is not None) == bool(expected), (file.name, rules, told["words"])


def test_each_fault_of_structure_is_one_for_ansi_x12_too(tmp_path):
    files = []
    for place, (before, after, *_) in enumerate(CASES):
        files.append(tmp_path / f"{place}.edi")
        files[-1].write_bytes(EDI.replace(before, after, 1).encode())
    for file, told in zip(files, oracles.ansi_x12(files), strict=True):
        rules = {item.rule for item in read(file.read_bytes()).findings}
        # An empty segment: ansi-x12 refuses it; nothing is lost with it, so that for us it is a
        # warning. What single elements hold, and the HL tree, are not its business.
        expected = rules & (STRUCTURE | {"isa.version", "segment.empty"})
        assert (told["fault"] is not None) == bool(expected), (rules, told["words"])

"""Validating one 278: ours beside pyx12 as it comes, which reads its maps again on every call.

pyx12 has no map of the 5010 278; the same document for both is a 4010 one, with pyx12's own map.
The 5010 document is then ours alone.
"""

import io
import json
from statistics import median
from time import process_time

from pyx12.params import params
from pyx12.x12n_document import x12n_document

from nodes.catalog import NODES
from nodes.x12.validating.validate import validate

ROUNDS = 15
WANTED = 10
SEGMENTS = (
    "BHT*0078*13*A12345*20050502*1101",
    "HL*1**20*1",
    "NM1*X3*2*SANDBOX HEALTH PLAN*****46*789312",
    "HL*2*1*21*1",
    "NM1*1P*1*OSEI*DANIEL****24*123456789",
    "REF*ZH*12345",
    "N3*410 RIVERSIDE DRIVE",
    "N4*DAYTON*OH*45402",
    "PER*IC*DESK*TE*9375550110",
    "HL*3*2*22*1",
    "HI*BF:41090:D8:20050430",
    "NM1*IL*1*LOPEZ*MARIA****MI*12345678901",
    "DMG*D8*19710409*F",
    "HL*4*3*19*1",
    "NM1*SJ*1*BERG*SUSAN****24*987654321",
    "PER*IC**TE*4029993456",
    "HL*5*4*SS*0",
    "TRN*1*111099*9012345678",
    "UM*SC*I*3*11:B*****Y",
    "DTP*472*D8*20050510",
    "HSD*VS*1",
)


def old() -> str:
    """A 278 request of 4010, as both can check it."""
    head = (
        "ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*SBXHP01        "
        "*050502*1101*U*00401*000000101*0*P*:~GS*HI*RIVERBEND*SBXHP01*20050502*1101*101*X"
        "*004010X094A1~ST*278*0001~"
    )
    body = "".join(f"{segment}~" for segment in SEGMENTS)
    return f"{head}{body}SE*{len(SEGMENTS) + 2}*0001~GE*1*101~IEA*1*000000101~"


def stock(edi: str) -> bool:
    """pyx12, findings as its JSON."""
    return x12n_document(params(), io.StringIO(edi), None, None, fd_json=io.StringIO())


def ours(edi: str) -> bool:
    """The node's work, findings as JSON."""
    found = validate(edi)
    found.model_dump_json()
    return found.verdict == "valid"


def spent(check, edi: str) -> float:
    """CPU milliseconds of one call; the first is not counted."""
    valid = check(edi)
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        assert check(edi) == valid
        times.append(process_time() - began)
    return median(times) * 1000


def report() -> None:
    """Print the table."""
    edi = old()
    request = json.loads(NODES["build-278"].example("response"))["transaction"]["edi"]
    assert stock(edi) and ours(edi) and ours(request)
    theirs, mine, new = spent(stock, edi), spent(ours, edi), spent(ours, request)
    print("\nValidating one 278, CPU ms per call")
    print(f"{'pyx12 as it comes, 4010':<32}{theirs:>8.2f}")
    print(f"{'validate, the same document':<32}{mine:>8.2f}{theirs / mine:>8.1f} times faster")
    print(f"{'validate, 5010 X217 (ours alone)':<32}{new:>8.2f}{theirs / new:>8.1f}")
    assert theirs / mine >= WANTED, "validate-x12 lost its lead over pyx12"


if __name__ == "__main__":
    report()

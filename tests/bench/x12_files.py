"""Invented X12 of any size: claim statuses (277 X212) and service reviews (278 X217)."""

from collections.abc import Iterator

ISA = (
    "ISA*00*          *00*          *ZZ*SBXHP01        *ZZ*RIVERBEND      "
    "*261120*0931*^*00501*000000007*0*T*:~"
)
NAMES = ("LOPEZ*MARIA", "COSTA*RUI", "NGUYEN*LINH", "DUMAS*ANNE", "OKAFOR*CHIDI")


def claims(count: int) -> str:
    """One 277 with so many claims, eight segments each."""
    return "".join(claim_parts(count))


def claim_parts(count: int) -> Iterator[str]:
    """The same, piece by piece."""
    yield ISA + "GS*HN*SBXHP01*RIVERBEND*20261120*0931*7*X*005010X212~"
    yield "ST*277*0001*005010X212~BHT*0010*08*SBX277*20261120*0810*DG~HL*1**20*1~"
    yield "NM1*PR*2*SANDBOX HEALTH PLAN*****PI*SBXHP01~HL*2*1*21*1~"
    yield "NM1*41*2*RIVERBEND*****46*RIVERBEND~HL*3*2*19*1~"
    yield "NM1*1P*2*RIVERBEND SPINE AND PRIMARY CARE*****XX*9000000031~"
    for place in range(count):
        yield (
            f"HL*{4 + place}*3*22*0~NM1*IL*1*{NAMES[place % 5]}****MI*SBX{place:08d}~"
            f"TRN*2*CLM{place:08d}~STC*F1:65:PR*20261120*WQ*{100 + place % 900}*80.5~"
            f"REF*1K*26324{place:08d}~REF*BLT*111~DTP*472*RD8*20261101-20261102~"
            f"SVC*HC:99213*150*120.5****1~"
        )
    yield f"SE*{8 * count + 9}*0001~GE*1*7~IEA*1*000000007~"


def reviews(count: int) -> str:
    """So many 278 requests, twenty-eight segments each."""
    head = ISA + "GS*HI*RIVERBEND*SBXHP01*20261120*0931*7*X*005010X217~"
    sets = "".join(map(review, range(1, count + 1)))
    return f"{head}{sets}GE*{count}*7~IEA*1*000000007~"


def review(number: int) -> str:
    """One 278 request."""
    rows = (
        f"ST*278*{number:04d}*005010X217", f"BHT*0007*13*TRACE{number:08d}*20261120*0931",
        "HL*1**20*1", "NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
        "HL*2*1*21*1", "NM1*1P*1*OSEI*DANIEL****XX*9000000031", "N3*12 RIVER ROAD",
        "N4*SPRINGFIELD*IL*62701", "PER*IC**TE*2175550100",
        "HL*3*2*22*1", f"NM1*IL*1*{NAMES[number % 5]}****MI*SBX{number:08d}", "DMG*D8*19800214*F",
        "HL*4*3*EV*1", f"TRN*1*TRACE{number:08d}*9900000003", "UM*HS*I*2*11:B*****Y",
        "DTP*AAH*RD8*20261201-20261231", "HI*ABK:M5416*ABF:M5126", "HSD*VS*8",
        "MSG*SIX WEEKS OF PHYSICAL THERAPY WITHOUT RELIEF",
        "NM1*SJ*1*OSEI*DANIEL****XX*9000000031", "PRV*PE*PXC*207Q00000X",
        "HL*5*4*SS*0", f"TRN*1*LINE{number:08d}*9900000003", "UM*HS*I", "DTP*472*D8*20261205",
        "SV1*HC:72148*1200*UN*1", "HSD*VS*1",
    )  # fmt: skip
    return "~".join((*rows, f"SE*{len(rows) + 1}*{number:04d}~"))

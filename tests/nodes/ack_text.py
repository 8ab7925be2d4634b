"""Acknowledgments as text, for tests."""

ISA = (
    "ISA*00*          *00*          *ZZ*SBXHP01        *ZZ*RIVERBEND      "
    "*261120*0931*^*00501*000000007*0*T*:~"
)


def acknowledged(*segments, ta1=(), kind="999", guide="005010X231A1"):
    """One acknowledgment set, and TA1 segments before its group."""
    group = (
        f"GS*FA*SBXHP01*RIVERBEND*20261120*0931*7*X*{guide}~",
        f"ST*{kind}*0001*{guide}~",
        *(f"{segment}~" for segment in segments),
        f"SE*{len(segments) + 2}*0001~",
        "GE*1*7~",
    )
    written = group if segments else ()
    ta1s = tuple(f"{segment}~" for segment in ta1)
    end = f"IEA*{1 if segments else 0}*000000007~"
    return "".join((ISA, *ta1s, *written, end))


OURS = "".join(
    (
        "ISA*00*          *00*          *ZZ*RIVERBEND      *ZZ*SBXHP01        "
        "*261120*0930*^*00501*000000042*1*T*:~",
        "GS*HI*RIVERBEND*SBXHP01*20261120*0930*42*X*005010X217~",
        "ST*278*0001*005010X217~",
        "BHT*0007*13*OURTRACE*20261120*0930~",
        "HL*1**20*1~",
        "NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01~",
        "HL*2*1*21*1~",
        "NM1*1P*1*OSEI*DANIEL****XX*9000000031~",
        "HL*3*2*22*1~",
        "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01~",
        "DMG*D8*19610230*F~",
        "HL*4*3*EV*1~",
        "TRN*1*OURTRACE*9900000003~",
        "UM*HS*I*4*22:B~",
        "HI*ABK:M5416~",
        "HL*5*4*SS*0~",
        "SV1*HC:72148*900*UN*1~",
        "SE*16*0001~",
        "GE*1*42~",
        "IEA*1*000000042~",
    )
)

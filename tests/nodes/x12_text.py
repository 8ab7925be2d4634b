"""Interchanges as text, for tests: the envelope around segments given as they are written."""

ISA = (
    "ISA*00*          *00*          *ZZ*SBXHP01        *ZZ*RIVERBEND      "
    "*261120*0931*^*00501*000000007*0*T*:~"
)


def wrapped(*segments, kind="278", guide="005010X217", group="HI"):
    """One transaction set in its envelopes, counted."""
    return "".join(
        (
            ISA,
            f"GS*{group}*SBXHP01*RIVERBEND*20261120*0931*7*X*{guide}~",
            f"ST*{kind}*0001*{guide}~",
            *(f"{segment}~" for segment in segments),
            f"SE*{len(segments) + 2}*0001~",
            "GE*1*7~",
            "IEA*1*000000007~",
        )
    )


HEAD = (
    "BHT*0007*11*OURTRACE*20261120*0931*18",
    "HL*1**20*1",
    "NM1*X3*2*SANDBOX HEALTH PLAN*****PI*SBXHP01",
    "HL*2*1*21*1",
    "NM1*1P*1*OSEI*DANIEL****XX*9000000031",
    "HL*3*2*22*1",
    "NM1*IL*1*LOPEZ*MARIA****MI*SBXLOPEZ01",
    "HL*4*3*EV*1",
    "TRN*2*OURTRACE*9900000003",
)


def answer(event=(), *services):
    """A 278 response: the event's segments, then each service's."""
    written = [*HEAD, *event]
    for place, service in enumerate(services):
        written += [f"HL*{5 + place}*4*SS*0", *service]
    if not services:
        written[7] = "HL*4*3*EV*0"
    return wrapped(*written)

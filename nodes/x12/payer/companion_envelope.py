"""What a payer's profile finds wrong in the ISA and GS of what is sent to it."""

from collections.abc import Iterator

from nodes.x12.finding import Finding
from nodes.x12.guide import positions
from nodes.x12.payer.companion import Profile
from nodes.x12.payer.companion_rules import SURE
from nodes.x12.segments import Segment

AGREED = {
    "ISA": {
        "sender_qualifier": "sender_qualifier",
        "receiver_qualifier": "receiver_qualifier",
        "receiver": "receiver",
    },
    "GS": {"sender": "group_sender", "receiver": "group_receiver"},
}
USAGE = {"test": "T", "production": "P"}


def envelope_findings(profile: Profile, header: Segment, group: Segment) -> Iterator[Finding]:
    """Hold the ISA and GS of a request or an inquiry against a profile."""
    known = profile.addresses
    if known is None:
        return
    sure = profile.sources[known.source].verified in SURE
    for segment in (header, group):
        for name, agreed in AGREED[segment.id].items():
            element, _ = positions(segment.id)[name]
            wanted = getattr(known, agreed)
            if wanted and segment.get(element).strip() != wanted:
                yield Finding(
                    rule="companion.address",
                    severity="error" if sure else "warning",
                    words=f"another {agreed.replace('_', ' ')} is agreed with this payer",
                    line=segment.place,
                    segment_id=segment.id,
                    element=element,
                )
    element, _ = positions("ISA")["usage"]
    if header.get(element) not in {USAGE[one] for one in known.usage}:
        yield Finding(
            rule="companion.usage",
            severity="error" if sure else "warning",
            words=f"this address takes only {' and '.join(known.usage)} interchanges",
            line=header.place,
            segment_id="ISA",
            element=element,
        )

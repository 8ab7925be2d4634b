"""The claims x12sdk finds in a 277 X212: run by its own Python with files, one JSON line each."""

import json
import sys
from pathlib import Path

from x12sdk.io import X12ModelReader


def told(text: str) -> dict[str, object]:
    try:
        with X12ModelReader(text) as reader:
            models = list(reader.models())
    except (KeyError, ValueError) as error:
        return {"claims": None, "fault": type(error).__name__}
    found = [claim for model in models for payer in model.loop_2000a for claim in _payer(payer)]
    return {"claims": found, "fault": None}


def _payer(payer):
    for receiver in payer.loop_2000b:
        for provider in receiver.loop_2000c or ():
            who = {
                "payer": payer.loop_2100a.nm1_segment.identification_code,
                "provider": provider.loop_2100c.nm1_segment.identification_code,
            }
            for subscriber in provider.loop_2000d or ():
                name = subscriber.loop_2100d.nm1_segment
                who |= {"member": name.identification_code}
                yield from _claims(subscriber.loop_2200d, who, name)
                for dependent in subscriber.loop_2000e or ():
                    name = dependent.loop_2100e.nm1_segment
                    yield from _claims(dependent.loop_2200e, who, name)


def _claims(claims, who, name):
    for claim in claims or ():
        services = getattr(claim, "loop_2220d", None) or getattr(claim, "loop_2220e", None) or ()
        yield who | {
            "patient": name.name_last_or_organization_name,
            "trace": claim.trn_segment.reference_identification_1,
            "statuses": [_status(one) for one in claim.stc_segment],
            "numbers": sorted(
                [one.reference_identification_qualifier, one.reference_identification]
                for one in claim.ref_segment or ()
            ),
            "services": [
                {
                    "code": one.svc_segment.composite_medical_procedure_identifier_1,
                    "charge": str(one.svc_segment.line_item_charge_amount),
                    "quantity": str(one.svc_segment.original_units_of_service_count),
                    "statuses": [_status(other) for other in one.stc_segment],
                }
                for one in services
            ],
        }


def _status(one):
    return {
        "code": one.health_care_claim_status_1,
        "on": str(one.status_effective_date),
        "charge": _text(one.total_claim_charge_amount),
        "paid": _text(one.claim_payment_amount),
        "others": [one.health_care_claim_status_2, one.health_care_claim_status_3],
    }


def _text(value):
    return None if value is None else str(value)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(told(Path(name).read_text())))

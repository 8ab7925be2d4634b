"""Codes of what an injury left behind: ICD-10-CM with S as the seventh character."""

from nodes.chart import Fact
from nodes.policy.codes import normal

_LENGTH = 7


def is_sequela(fact: Fact) -> bool:
    """Say whether every ICD-10-CM code of a fact is of a sequela, not of the injury itself.

    Source: ICD-10-CM Official Guidelines, section I.C.19.a.
    """
    codes = [normal(one.code) for one in fact.codes if one.system == "ICD-10-CM"]
    return bool(codes) and all(len(one) == _LENGTH and one.endswith("S") for one in codes)

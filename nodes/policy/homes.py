"""Which part of the body the dictionary's concepts belong to, and which of them have a side.

What is said of another part, or of the side that was not ordered, does not count for them.
"""

from collections.abc import Mapping
from dataclasses import replace

from nodes.policy.parts_of_body import Part
from nodes.policy.wording import Words

SPINE: tuple[Part, ...] = ("back", "spine")
_LEG_NERVES: tuple[Part, ...] = (*SPINE, "hip", "knee", "foot", "leg")
_KNEE: tuple[Part, ...] = ("knee",)
_HOMES: dict[str, tuple[Part, ...]] = {
    "root_deficit": _LEG_NERVES,
    "progressive_deficit": _LEG_NERVES,
    "spinal_infection": (*SPINE, "neck"),
    "fracture": (*SPINE, "neck"),
    "spine_planning": SPINE,
    "translation_mm": SPINE,
    "back_after_surgery": _LEG_NERVES,
    "new_findings": _LEG_NERVES,
    "knee_sign": _KNEE,
    "locked_knee": _KNEE,
    "knee_worse_under_care": _KNEE,
    "knee_film": _KNEE,
    "severe_knee_arthrosis": _KNEE,
    "kl_grade": _KNEE,
    "knee_destroyed": _KNEE,
    "knee_necrosis": _KNEE,
    "knee_fracture": _KNEE,
    "home_test_failed": ("sleep",),
    "high_pretest_probability": ("sleep",),
}
_SIDED = frozenset(name for name, home in _HOMES.items() if home == _KNEE) | {"other_than_knee"}


def at_home(dictionary: Mapping[str, Words]) -> dict[str, Words]:
    """Tell each concept its part of the body and whether it has a side."""
    return {
        name: replace(one, home=_HOMES.get(name, one.home), sided=one.sided or name in _SIDED)
        for name, one in dictionary.items()
    }

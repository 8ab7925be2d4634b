"""Boxes of a printed form, ticked or not, as text shows them."""

import re

TICKED = re.compile(
    r"(?:\[\s?[xX\u2713\u2714]\s?\]|[\u2611\u2612\u2713\u2714]|\([xX]\))\s{0,3}(?P<word>\w+)"
)
BOXES = re.compile(r"\[\s?\w?\s?\]|[\u2610-\u2612]|\(\s?[xX]?\s?\)")

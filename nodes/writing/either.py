"""One pattern for any of many words, which reads each letter once."""

import re
from collections.abc import Iterable
from typing import Any

END = ""


def either(words: Iterable[str]) -> str:
    """Write a pattern that finds the longest of some words at a place, as ``b|a`` of all would."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[END] = {}
    return _written(tree)


def _written(tree: dict[str, Any]) -> str:
    ends = END in tree
    rest = [re.escape(one) + _written(more) for one, more in tree.items() if one != END]
    if not rest:
        return ""
    if len(rest) == 1 and not ends:
        return rest[0]
    return f"(?:{'|'.join(rest)}){'?' if ends else ''}"

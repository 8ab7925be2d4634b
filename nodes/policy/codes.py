"""How codes are written when they are compared."""

from functools import lru_cache


@lru_cache(maxsize=8192)
def normal(code: str) -> str:
    """Write a code as codes are compared: without dots, in capitals."""
    return code.replace(".", "").upper()

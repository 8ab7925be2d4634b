"""Numbers derived rather than counted, so that a retry is the same request."""

import hashlib


def trace_number(sender: str, case_id: str, attempt: int, certification: str) -> str:
    """Derive TRN02 and BHT03: 32 characters of SHA-256 over sender, case, attempt and kind.

    The same four always give the same number, others practically never (128 bits): a cancel is
    not the request it cancels, though case and attempt are the same. An initial request is named
    by sender, case and attempt alone.
    """
    kind = () if certification == "initial" else (certification,)
    seed = "\x1f".join((sender, case_id, str(attempt), *kind))
    return hashlib.sha256(seed.encode()).hexdigest()[:32].upper()


def control_number(trace: str) -> str:
    """Derive ISA13 from a trace number: nine digits, never all zero.

    Nine digits cannot be unique for ever (two of 37,000 requests share one with even odds): who
    must have them unique gives the number; duplicates are told apart by the trace number.
    """
    seed = hashlib.sha256(b"ISA13\x1f" + trace.encode()).digest()
    return f"{int.from_bytes(seed, 'big') % 999_999_999 + 1:09d}"


def originator(npi: str) -> str:
    """Derive TRN03: 9, then the NPI without its check digit (ten characters are allowed)."""
    return "9" + npi[:9]

"""How a job in the box ends without an answer: a closed list of codes, and no words of its own."""

from typing import Literal, get_args

Code = Literal[
    "too_large", "not_a_pdf", "password_required", "limit", "unreadable", "killed", "timeout"
]
CODES = frozenset(get_args(Code))
BY_NAME: dict[str, Code] = {
    "MemoryError": "limit",
    "RecursionError": "limit",
    "LimitReachedError": "limit",
    "DecompressionBombError": "limit",
    "FileNotDecryptedError": "password_required",
    "WrongPasswordError": "password_required",
    "PDFPasswordIncorrect": "password_required",
}
PDFIUM_PASSWORD = 4


class Boxed(Exception):
    """The box gives no answer.

    Codes: ``too_large`` (bytes), ``not_a_pdf``, ``password_required``, ``limit`` (more pages,
    memory, content than a job takes), ``unreadable``, ``killed`` (by the bounds on memory or
    processor time), ``timeout`` (or no place in the box became free in time).
    """

    def __init__(self, code: Code, place: str = "") -> None:
        """Keep the code, and where in our code it came to be: no word of the document."""
        super().__init__(code)
        self.code: Code = code
        if place:
            self.add_note(place)


def code_of(error: BaseException) -> Code:
    """Give the code of what a job raised, from its class and never from its words."""
    if isinstance(error, Boxed):
        return error.code
    if getattr(error, "err_code", None) == PDFIUM_PASSWORD:
        return "password_required"
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            break
        for kind in type(seen).__mro__:
            if kind.__name__ in BY_NAME:
                return BY_NAME[kind.__name__]
        seen = seen.__cause__ or seen.__context__
    return "unreadable"


def place_of(error: BaseException) -> str:
    """Give the class of what was raised and the last line of our own that led to it."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("nodes."):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}"

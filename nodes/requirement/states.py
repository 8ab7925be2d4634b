"""The states, the District and the territories of the United States, by their USPS codes."""

from typing import Annotated

from pydantic import AfterValidator, Field

WORDS = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH "
    "NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI "
)
STATES = frozenset(WORDS.split())


def real(code: str | None) -> str | None:
    """The code itself when it is a state's or territory's, else none: such a state is not known."""
    return code if code in STATES else None


def _state(code: str) -> str:
    if code.upper() in STATES and code not in STATES:
        raise ValueError("write the state in capitals, such as TX")
    if code not in STATES:
        raise ValueError("this is no state or territory: give its USPS code, such as TX")
    return code


State = Annotated[str, AfterValidator(_state), Field(examples=["TX"])]

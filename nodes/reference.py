"""How a resource of an EHR is named: ``Type/id``.

FHIR allows 64 letters, digits, hyphens and dots in an id; EHRs send longer ones and underscores.
"""

from typing import Annotated

from pydantic import StringConstraints

NAMED = r"[A-Z][A-Za-z]{1,63}/[A-Za-z0-9\-._]{1,200}"
PLACE = r"(#([0-9]+-[0-9]+|component-[0-9]+))?"
Reference = Annotated[str, StringConstraints(pattern=f"^{NAMED}{PLACE}$")]

"""One YAML file that people edit, read as one strict model; its faults are named by field.

Every scalar is read as text (01 is no number, NO no ``false``), a key given twice is refused, so
is all that is no plain data (``nodes.policy.yaml_data``), and no value of the file is ever in a
message.
"""

import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from nodes.errors import Complaint, NotConfigured
from nodes.policy.yaml_data import NotPlain, data

M = TypeVar("M", bound=BaseModel)


def parse(raw: bytes, model: type[M], what: str, file: str) -> M:
    """Read a file's bytes; ``what`` and ``file`` say in a fault what it is and its name.

    Raises NotConfigured with one complaint per fault: the file, the field and what is wrong.
    """
    try:
        told = data(raw.decode(), what, typed=False)
        return model.model_validate_json(json.dumps(told))
    except NotPlain as error:
        raise wrong(what, file, [error.problem]) from None
    except ValidationError as error:
        raise wrong(what, file, faults(error, what)) from None
    except ValueError:
        raise wrong(what, file, ["it is not plain YAML in UTF-8"]) from None


def faults(error: ValidationError, what: str) -> list[str]:
    """What a model found, field by field."""
    whole = f"the {what.split()[-1]}"
    return [
        f"{'/'.join(map(str, fault['loc'])) or whole}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors(include_input=False, include_context=False, include_url=False)
    ]


def wrong(what: str, file: str, found: list[str]) -> NotConfigured:
    """A file's faults; the first is in the message, all are complaints."""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return NotConfigured(
        f"{what} {file}: {found[0]}{more}",
        [Complaint("", f"{what} {file}: {one}") for one in found],
    )

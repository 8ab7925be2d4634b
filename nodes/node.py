"""What a node is: a typed function from one model to another, with an example."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from time import perf_counter_ns
from typing import Annotated, Literal, get_type_hints

from pydantic import Field

from nodes.audit import AuditEntry, Model, Sha256, Used, sealed, sha256
from nodes.principal import Principal, Role

VERSION = version("prior-auth-nodes")


# A day as a request says it: within the calendar's ends, so that days can be counted from it.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]


class Request(Model):
    """Base of every node's request."""

    audit_previous: Sha256 | None = Field(
        default=None, description="sha256 of the audit entry before this one, to chain them"
    )


class Response(Model):
    """Base of every node's response."""

    used: tuple[Used, ...] = Field(
        default=(), description="Versions and hashes of the data that shaped this answer"
    )
    audit: AuditEntry | None = Field(
        default=None, description="Added by whoever ran the node: server, command line or script"
    )


@dataclass(frozen=True)
class Node:
    """A node function and all that follows from its signature and docstring."""

    function: Callable[..., Response]
    roles: frozenset[Role]

    @cached_property
    def name(self) -> str:
        """The function's name as said on the wire: ``fetch_chart`` is ``fetch-chart``."""
        return self.function.__name__.replace("_", "-")

    @cached_property
    def module(self) -> str:
        """The name of the node's file and of its examples, without the ending."""
        return self.function.__name__

    @cached_property
    def summary(self) -> str:
        """The docstring's first line."""
        return inspect.cleandoc(self.function.__doc__ or "").partition("\n")[0]

    @cached_property
    def description(self) -> str:
        """The rest of the docstring."""
        return inspect.cleandoc(self.function.__doc__ or "").partition("\n")[2].strip()

    @cached_property
    def request(self) -> type[Request]:
        """The model of the function's first parameter."""
        first = next(iter(inspect.signature(self.function).parameters))
        return get_type_hints(self.function)[first]  # type: ignore[no-any-return]

    @cached_property
    def response(self) -> type[Response]:
        """The model the function returns."""
        return get_type_hints(self.function)["return"]  # type: ignore[no-any-return]

    @cached_property
    def personal(self) -> bool:
        """Whether the node must know who asks: its function takes ``principal``."""
        return "principal" in inspect.signature(self.function).parameters

    def example(self, side: Literal["request", "response"]) -> str:
        """Read ``nodes/examples/<module>.<side>.json``."""
        return (files("nodes") / "examples" / f"{self.module}.{side}.json").read_text()

    def answer(
        self, request: Request, principal: Principal | None = None, **world: object
    ) -> bytes:
        """Run the node and write its response with the audit entry, as JSON.

        ``world`` takes the place of the function's own defaults, such as the key to sign with.
        The hashes in the entry are over the models' JSON in field order, the response
        without its ``audit``.
        """
        began = perf_counter_ns()
        known = {"principal": principal} if self.personal else {}
        response = self.function(request, **known, **world)
        spent = perf_counter_ns() - began
        body = response.model_dump_json(exclude={"audit"}).encode()
        entry = sealed(
            {
                "node": self.name,
                "version": VERSION,
                "at": datetime.now(UTC),
                "actor": principal.subject if principal else None,
                "request_sha256": sha256(request.model_dump_json().encode()),
                "response_sha256": sha256(body),
                "used": response.used,
                "duration_us": spent // 1000,
                "previous": request.audit_previous,
            }
        )
        return body[:-1] + b',"audit":' + entry + b"}"

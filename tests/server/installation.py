"""An installation of the server for tests: one token per role, and what comes with it."""

import json
from functools import cache
from hashlib import sha256
from typing import get_args

from nodes.catalog import NODES
from nodes.principal import Role
from nodes.settings import Settings, Token
from server.app import create_app

ROLES = get_args(Role)
TOKENS = {role: f"pan_{role}-token-0123456789" for role in (*ROLES, "expired", "limited")}


def entry(name, roles, **more):
    return Token(
        sha256=sha256(TOKENS[name].encode()).hexdigest(),
        subject=f"person:{name}",
        name=name.title(),
        kind="person",
        roles=roles,
        **more,
    )


def settings(**more):
    from datetime import date

    tokens = (
        *(entry(role, (role,)) for role in ROLES),
        entry("expired", ROLES, expires=date(2020, 1, 1)),
        entry("limited", ROLES, nodes=("parse-278",)),
    )
    return Settings(**{"tokens": tokens, "max_body_mb": 1} | more)


@cache
def app():
    return create_app(settings())


def client():
    return app().test_client()


def bearer(name):
    return {"Authorization": f"Bearer {TOKENS[name]}"}


def may(node):
    """A header that may run a node."""
    return bearer(sorted(node.roles)[0])


def example(node):
    return json.loads(node.example("request"))


EVERY_NODE = list(NODES.values())
EVERY_NAME = list(NODES)

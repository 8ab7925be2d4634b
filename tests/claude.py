"""A scripted Messages endpoint on a real port, for what asks Claude."""

import json
from contextlib import contextmanager

from flask import Flask

from nodes.model_endpoint import ModelEndpoint
from nodes.writing import claude
from server.sandbox import model_author
from server.sandbox.model import Endpoint, Fails, Says, Sends, Writes, acceptable, blueprint
from tests.loopback import serving


@contextmanager
def scripted(*answers, key="sk-test", **settings):
    """Serve the answers; gives the endpoint and the settings that lead to it."""
    endpoint = Endpoint()
    endpoint.answers.extend(answers)
    app = Flask(__name__)
    app.register_blueprint(blueprint(endpoint))
    with serving(app) as url:
        told = {"key": key, "base_url": f"{url}/sandbox/model", "timeout": 5} | settings
        yield endpoint, ModelEndpoint.model_validate_json(json.dumps(told))


def author(mode, seed=0):
    """Cite as Claude would, in process: the author's answer, read by the real library's types."""
    from anthropic.types import Message

    where = ModelEndpoint()

    def ask(telling):
        body = claude.telling_body(telling, where)
        assert acceptable(body)
        return claude.read(
            Message.construct(**model_author.write(body, mode, seed)), telling, where
        )

    return ask


__all__ = ["Fails", "Says", "Sends", "Writes", "author", "scripted"]

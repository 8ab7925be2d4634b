"""A scripted Messages endpoint on a real port, for what asks Claude."""

import json
from contextlib import contextmanager

from flask import Flask

from nodes.settings import ModelEndpoint
from server.sandbox.model import Endpoint, Fails, Says, Sends, blueprint
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


__all__ = ["Fails", "Says", "Sends", "scripted"]

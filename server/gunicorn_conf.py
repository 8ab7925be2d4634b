"""How gunicorn runs the server: ``gunicorn -c python:server.gunicorn_conf``.

Threads, because a node may wait for an EHR, a payer or a model: with sync workers a health
check waits behind them. The sandbox keeps its state in memory, so it runs in one worker.
Environment: ``BIND``, ``WEB_CONCURRENCY`` (workers), ``PRIOR_AUTH_SANDBOX`` (any value: on).
"""

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from flask import Flask
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from nodes.settings import Settings, settings
from server import log

if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="prior-auth-metrics-")


class OneLog(Logger):  # type: ignore[misc]
    """gunicorn's messages in our log; ``server.log`` has the line per request, without its path."""

    def setup(self, cfg: Any) -> None:
        """Leave the handlers to our log."""
        self.error_log.propagate = True
        self.error_log.setLevel("INFO")

    def access(self, *_: object) -> None:
        """Write nothing."""

    def reopen_files(self) -> None:
        """Do nothing: there are no files."""

    def close_on_exec(self) -> None:
        """Do nothing: there are no files."""


def effective() -> Settings:
    """Give the installation's settings, with the sandbox when the environment asks for it."""
    if os.environ.get("PRIOR_AUTH_SANDBOX"):
        return settings().model_copy(update={"sandbox": True})
    return settings()


def application() -> Flask:
    """Make the application; imported late, after the metrics know their folder.

    What asking a model takes is imported here, once, and in no request.
    """
    from nodes.writing import providers
    from server.app import create_app

    providers.warm(settings().model)
    return create_app(effective())


log.init()

wsgi_app = "server.gunicorn_conf:application()"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = (
    1 if effective().sandbox else int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
)
threads = 32
timeout = 120
graceful_timeout = 30
keepalive = 30
preload_app = True
control_socket_disable = True
logger_class = OneLog


def child_exit(_server: object, worker: Any) -> None:
    """Forget the gauges of a worker that died; its counts stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: object) -> None:
    """Remove the metrics' files if they were ours."""
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    if folder.name.startswith("prior-auth-metrics-"):
        shutil.rmtree(folder, ignore_errors=True)

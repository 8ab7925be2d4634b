"""A real HTTP server on a free port of this machine, for what only a network shows."""

import threading
from contextlib import contextmanager

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response


class Quiet(WSGIRequestHandler):
    def log(self, type, message, *args):
        pass


@contextmanager
def serving(app):
    """Serve a WSGI application; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Scripted:
    """Prepared answers by path, or by path and query; it keeps what it was asked."""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.asked = []

    def __call__(self, environ, start_response):
        request = Request(environ)
        request.get_data()
        self.asked.append(request)
        whole = request.full_path.rstrip("?")
        answer = self.answers.get(whole, self.answers.get(request.path))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer) and not isinstance(answer, Response):
            answer = answer(request)
        if answer is None:
            answer = Response("nothing here", 404)
        return answer(environ, start_response)

"""A source that answers on this machine: documented bytes, errors, pages, revisions."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from rtopnet.warning.evidence.sources.wire import Wire


class Source:
    """Answers by path, with or without its question, one after the other; the last one again and again."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.address = ""

    def says(self, path, body=b"", *, status=200, **headers):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers.setdefault(path, []).append((status, headers, content))

    def answer(self, handler):
        path, _, query = handler.path.partition("?")
        length = int(handler.headers.get("Content-Length") or 0)
        self.asked.append((path, query, dict(handler.headers), handler.rfile.read(length)))
        left = self.answers.get(f"{path}?{query}") or self.answers.get(path) or [(404, {}, b"")]
        status, headers, content = left.pop(0) if len(left) > 1 else left[0]
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


@contextmanager
def served():
    """A source at an address of this machine."""
    source = Source()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            source.answer(self)

        do_POST = do_GET  # noqa: N815 -- the library's own name

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    source.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def wire(**limits):
    """A wire to this machine that waits for nothing; what it would have waited is in ``waits``."""
    waits = []
    with httpx.Client(timeout=5) as client:
        made = Wire(client, sleep=waits.append, **limits)
        made.waits = waits
        yield made

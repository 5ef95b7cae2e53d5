"""Serve the gallery on a free port and print its address: ``python -m tests.web.gallery.serve [port]``."""

import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        if not str(args[1]).startswith(("2", "3")):
            super().log_message(format, *args)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.gallery.settings"
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    with make_server("127.0.0.1", port, get_wsgi_application(), Threads, Quiet) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()

"""The server: waitress in one process, with a thread that sends what is due."""

from __future__ import annotations

import threading
from typing import Any

from pilotage.problems import Problem, ProblemsFound, kind

NOT_LISTENING = kind("SERVER-005", "The server cannot listen at its address")

THREADS = 8
# A browser keeps its connection for a while; with waitress's own hundred, a hundred who read keep out who comes next.
CONNECTIONS = 2000
_EVERY = 30.0  # seconds between looks at what is due


def serve(host: str, port: int) -> None:
    """Answer requests until stopped; Django has been set up."""
    import waitress
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=30,
            asyncore_use_poll=True,
            **_behind_a_proxy(),
        )
    except OSError as error:
        message = f"The server cannot listen at {host}:{port}: {error.strerror}."
        remedy = "Stop what listens there, or choose another with --port."
        raise ProblemsFound([Problem(NOT_LISTENING, message, remedy)]) from None
    _end_what_a_killed_server_left()
    stop = threading.Event()
    if settings.ENVIRONMENT.tick:
        threading.Thread(target=_tick, args=(stop,), name="tick", daemon=True).start()
    try:
        server.run()
    finally:
        stop.set()


def _end_what_a_killed_server_left() -> None:
    """Mark an analysis that ran beside the server before this one as failed: nobody waits for it any more."""
    from django.db import connection

    from pilotage.web.records import actions

    actions.end_lost_analyses()
    connection.close()


def _behind_a_proxy() -> dict[str, Any]:
    """Return the settings by which, with HTTPS, a proxy on this machine says whom it speaks for, and nobody else."""
    from django.conf import settings

    if not settings.ENVIRONMENT.https:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": headers, "clear_untrusted_proxy_headers": True}


def _tick(stop: threading.Event) -> None:
    import logging

    from django.db import connection

    from pilotage.web.mail.tick import tick

    while not stop.wait(_EVERY):
        try:
            tick()
        except Exception:
            logging.getLogger(__name__).exception("What is due could not be looked at; it is tried again.")
        finally:
            connection.close()

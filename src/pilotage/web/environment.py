"""The environment variables of a server, read once and typed; every mistake is named at the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from pilotage.problems import Problem, ProblemsFound, kind, refuse

WRONG_VARIABLE = kind("SERVER-001", "An environment variable cannot be read")

SECRET_FILE = ".pilotage/secret"
_YES, _NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")


@dataclass(frozen=True)
class Database:
    """Where the records are: a file of SQLite, or a PostgreSQL server."""

    engine: str
    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Mail:
    """How mail leaves: by an SMTP server, or as files in a folder where none is named."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = "Pilotage <pilotage@localhost>"


@dataclass(frozen=True)
class Environment:
    """What the server is told from outside."""

    folder: Path
    database: Database
    mail: Mail
    hosts: tuple[str, ...]
    https: bool
    address: str
    """What links in mails begin with, without a slash at the end."""
    secret: str
    secret_is_new: bool
    """Whether it was made just now and is kept nowhere yet: `keep_secret` does that once it is sure to be the first."""
    tick: bool
    """Whether the server itself sends what is due; no where cron runs `pilotage tick`."""
    demonstration: bool


def read(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read every variable; ProblemsFound names all that are wrong."""
    problems: list[Problem] = []
    folder = Path(variables.get("PILOTAGE_FOLDER", ".")).resolve()
    if not folder.is_dir():
        problems.append(_wrong("PILOTAGE_FOLDER", str(folder), "is no folder", "Name the folder of your study."))
    secret = variables.get("PILOTAGE_SECRET", "") or _kept_secret(folder, problems)
    read = _Reader(variables, problems)
    environment = Environment(
        folder=folder,
        database=read.database("DATABASE_URL", folder),
        mail=read.mail("PILOTAGE_SMTP", variables.get("PILOTAGE_MAIL_FROM", Mail.sender)),
        hosts=read.words("PILOTAGE_HOSTS", ("localhost", "127.0.0.1", "[::1]")),
        https=read.truth("PILOTAGE_HTTPS", otherwise=False),
        address=read.address("PILOTAGE_ADDRESS", "http://127.0.0.1:8000"),
        secret=secret or secrets.token_urlsafe(48),
        secret_is_new=not secret,
        tick=read.truth("PILOTAGE_TICK", otherwise=True),
        demonstration=read.truth("PILOTAGE_DEMONSTRATION", otherwise=False),
    )
    refuse(problems)
    return environment


def keep_secret(environment: Environment) -> None:
    """Write a secret that was made just now to the folder's own file, readable by us alone.

    Called only where nothing is sealed with another one yet: a secret is never replaced by itself.
    """
    file = environment.folder / SECRET_FILE
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        message, remedy = f"Another server made '{file}' at the same moment.", "Start this one again."
        raise ProblemsFound([Problem(WRONG_VARIABLE, message, remedy)]) from None
    except OSError as error:
        message = f"The secret cannot be kept in '{file}': {error.strerror}."
        remedy = "Let the server write to its folder, or give PILOTAGE_SECRET."
        raise ProblemsFound([Problem(WRONG_VARIABLE, message, remedy)]) from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(environment.secret)


def _kept_secret(folder: Path, problems: list[Problem]) -> str:
    """Return the secret of the folder's own file; empty where there is none."""
    file = folder / SECRET_FILE
    try:
        secret = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not plain text"
        problems.append(Problem(WRONG_VARIABLE, f"The secret in '{file}' cannot be read: {why}.", _GET_IT_BACK))
        return ""
    if not secret:
        problems.append(Problem(WRONG_VARIABLE, f"The file of the secret, '{file}', is empty.", _GET_IT_BACK))
    return secret


_GET_IT_BACK = "Put the file back from a copy, or set PILOTAGE_SECRET to what was in it."


def _wrong(name: str, value: str, why: str, remedy: str) -> Problem:
    return Problem(WRONG_VARIABLE, f"{name}: '{value}' {why}.", remedy, path=name)


@dataclass(frozen=True)
class _Reader:
    variables: Mapping[str, str]
    problems: list[Problem]

    def truth(self, name: str, *, otherwise: bool) -> bool:
        value = self.variables.get(name, "").lower()
        if value and value not in (*_YES, *_NO):
            self.problems.append(_wrong(name, value, "is neither yes nor no", "Write yes or no."))
        return value in _YES if value else otherwise

    def words(self, name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        words = tuple(word.strip() for word in self.variables.get(name, "").split(",") if word.strip())
        if "*" in words:
            self.problems.append(_wrong(name, "*", "lets any name in", "Name the server's own names, with commas."))
        return words or otherwise

    def address(self, name: str, otherwise: str) -> str:
        value = self.variables.get(name, otherwise).rstrip("/")
        if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc:
            self.problems.append(_wrong(name, value, "is no address", "Write it as https://study.example.org."))
        return value

    def database(self, name: str, folder: Path) -> Database:
        value = self.variables.get(name, "")
        if not value:
            return Database("sqlite", str(folder / "pilotage.sqlite3"))
        parts = urlsplit(value)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            remedy = "Write it as postgresql://user:password@host:5432/name, or leave it out for a file of SQLite."
            hidden = value.replace(parts.password or "\0", "...")
            self.problems.append(_wrong(name, hidden, "is no PostgreSQL database", remedy))
        port = self._port(name, parts)
        host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return Database("postgresql", unquote(parts.path.strip("/")), host, str(port or ""), user, password)

    def mail(self, name: str, sender: str) -> Mail:
        value = self.variables.get(name, "")
        if not value:
            return Mail(sender=sender)
        parts = urlsplit(value)
        if parts.scheme not in ("smtp", "smtp+starttls", "smtps") or not parts.hostname:
            remedy = "Write it as smtp://host:25, smtp+starttls://user:password@host:587 or smtps://host:465."
            hidden = value.replace(parts.password or "\0", "...")
            self.problems.append(_wrong(name, hidden, "is no mail server", remedy))
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        port = self._port(name, parts) or {"smtps": 465, "smtp+starttls": 587}.get(parts.scheme, 25)
        starttls, tls = parts.scheme == "smtp+starttls", parts.scheme == "smtps"
        return Mail(parts.hostname or "", port, user, password, starttls, tls, sender)

    def _port(self, name: str, parts: SplitResult) -> int | None:
        try:
            return parts.port
        except ValueError:
            self.problems.append(_wrong(name, parts.netloc.rpartition(":")[2], "is no port", "Write a number."))
            return None

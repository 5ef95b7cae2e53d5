"""The protocol of a study as the server uses it: the version in force, loaded once and kept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pilotage.protocol.load import LoadedProtocol, load, load_texts
from pilotage.web.records.models import ProtocolVersion, Study
from pilotage.web.records.sql import SqlTable, rows

_VERSION = SqlTable(ProtocolVersion)
_IN_FORCE = f"""SELECT {_VERSION.id}, {_VERSION.fingerprint} FROM {_VERSION} WHERE {_VERSION.study_id} = %(study)s
    ORDER BY {_VERSION.number} DESC LIMIT 1"""
_FINGERPRINT = f"SELECT {_VERSION.fingerprint} FROM {_VERSION} WHERE {_VERSION.id} = %(key)s"


def in_force(study: Study) -> ProtocolVersion | None:
    """Return the version that holds now; None while the study is not open for enrolment."""
    return study.versions.defer("files").order_by("-number").first()  # many kilobytes, wanted once


def of_version(version: ProtocolVersion) -> LoadedProtocol:
    """Return the protocol of a version, from the files kept with it; a version never changes, so it is read once."""
    return _loaded(version.pk, version.fingerprint)


def of(study: Study) -> LoadedProtocol:
    """Return the protocol of a study: the version in force, or the draft in its folder while there is none.

    Raises
    ------
    ProblemsFound
        When a draft is not sound.
    """
    result = rows(_IN_FORCE, study=study.pk)
    return _loaded(*result[0]) if result else draft(study)


def of_version_key(key: int) -> LoadedProtocol:
    """Return the protocol of the version with this key."""
    return _loaded(key, rows(_FINGERPRINT, key=key)[0][0])


def draft(study: Study) -> LoadedProtocol:
    """Return the protocol as the study's folder has it now."""
    return load(folder(study))


def folder(study: Study) -> Path:
    """Return the study's folder on this machine."""
    return Path(settings.ENVIRONMENT.folder) / study.folder


def files(loaded: LoadedProtocol) -> dict[str, str]:
    """Return what a version keeps: the protocol's text, and that of the study's own instruments, by path."""
    own = (place for place in (loaded.folder / "instruments").rglob("*") if place.is_file())
    wanted = [loaded.document.file, *(place for place in own if place.suffix in (".yaml", ".csv", ".md"))]
    return {str(place.relative_to(loaded.folder)): place.read_text(encoding="utf-8") for place in wanted}


@lru_cache(maxsize=64)
def _loaded(key: int, fingerprint: str) -> LoadedProtocol:
    return load_texts(ProtocolVersion.objects.values_list("files", flat=True).get(pk=key))

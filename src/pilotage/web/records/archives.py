"""Folders as zip files, the same content always giving the same bytes; and the study folder of a frozen copy."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.web.records import protocols
from pilotage.web.records.models import AnalysisRun, Freeze, ProtocolVersion

if TYPE_CHECKING:
    from pilotage.data.study_data import StudyData

DATA = "data"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day a zip file knows: the time of packing says nothing


def zipped(folder: Path) -> bytes:
    """Return a folder's files, in order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(place for place in folder.rglob("*") if place.is_file()):
            archive.writestr(_entry(file.relative_to(folder).as_posix()), file.read_bytes())
    return out.getvalue()


def unpack(package: bytes | memoryview[int], folder: Path) -> None:
    """Unpack the files of a zip file that we made, into a folder."""
    with zipfile.ZipFile(io.BytesIO(bytes(package))) as archive:
        archive.extractall(folder)


def file_of(package: bytes | memoryview[int], name: str) -> bytes | None:
    """Return one file of a zip file; None when it is not there."""
    with zipfile.ZipFile(io.BytesIO(bytes(package))) as archive:
        return archive.read(name) if name in archive.namelist() else None


def names(package: bytes | memoryview[int]) -> list[str]:
    """Return the names of the files in a zip file."""
    with zipfile.ZipFile(io.BytesIO(bytes(package))) as archive:
        return archive.namelist()


def pack(data: StudyData, version: ProtocolVersion) -> bytes:
    """Return study data as a data folder with codebook, zipped."""
    from pilotage.data.formats import folder

    with tempfile.TemporaryDirectory(prefix="pilotage-freeze-") as temporary:
        place = Path(temporary) / DATA
        folder.write(data, place, protocols.of_version(version))
        return zipped(place)


def data_of(freeze: Freeze) -> StudyData:
    """Return the study data of a frozen copy."""
    from pilotage.data.formats import folder

    with tempfile.TemporaryDirectory(prefix="pilotage-freeze-") as temporary:
        unpack(freeze.package, Path(temporary) / DATA)
        return folder.read(Path(temporary) / DATA)


def name_of(freeze: Freeze) -> str:
    """Return the name of the study folder that a frozen copy makes."""
    return f"{freeze.study.key}-{freeze.number}"


@contextmanager
def study_folder(freeze: Freeze) -> Iterator[Path]:
    """Unpack a frozen copy for a while, as `pilotage report` takes it: the protocol as it was then, and the data."""
    with tempfile.TemporaryDirectory(prefix="pilotage-study-") as temporary:
        place = Path(temporary) / name_of(freeze)
        for name, text in freeze.version.files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        unpack(freeze.package, place / DATA)
        yield place


def study_package(freeze: Freeze) -> bytes:
    """Return that folder as a zip file: protocol, instruments and data, from which anyone makes the same report."""
    with study_folder(freeze) as place:
        return zipped(place.parent)


def report_package(run: AnalysisRun) -> bytes:
    """Return the report's folder as it was made; empty while there is none."""
    return bytes(run.package or b"")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry

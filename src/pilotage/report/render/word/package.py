"""The .docx as bytes that depend on nothing but its content: no clock, no order of the day."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.document import Document as Docx

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can hold


def packed(docx: Docx) -> bytes:
    """Return the file's bytes, with every part dated alike."""
    plain, out = BytesIO(), BytesIO()
    docx.save(plain)
    with ZipFile(plain) as parts, ZipFile(out, "w") as dated:
        for name in parts.namelist():
            info = ZipInfo(name, _EARLIEST)
            info.external_attr = 0o644 << 16
            info.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            dated.writestr(info, parts.read(name))
    return out.getvalue()

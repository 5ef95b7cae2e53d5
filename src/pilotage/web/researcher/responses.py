"""What this part answers with: files to keep, and a report under a policy of its own."""

from __future__ import annotations

import base64
import hashlib
import re

from django.http import HttpResponse

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
TYPES = {
    ".zip": "application/zip",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(content: bytes, name: str) -> HttpResponse:
    """Send a file to keep."""
    response = HttpResponse(content, content_type=TYPES[name[name.rindex(".") :]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def standalone(html: bytes) -> HttpResponse:
    """Send a report that carries its own style, and may use that and nothing else: no script, no other source, no form.

    The policy names the style by its hash, so that nothing that found its way into the report gains anything.
    """
    hashes = (base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(html))
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    response = HttpResponse(html, content_type=TYPES[".html"])
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )
    return response

"""What a log of ours never holds: the long random part of an address, which opens a door."""

from __future__ import annotations

import logging
import re

_LONG = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}(?![A-Za-z0-9_-])")


class HideTokens(logging.Filter):
    """Puts dots in place of tokens, such as those of personal links."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its tokens."""
        record.msg, record.args = _LONG.sub("...", record.getMessage()), ()
        return True

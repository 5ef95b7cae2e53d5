"""What a password has to be, in our words: Django's own have no Dutch."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Length does more than signs do."""

    def get_error_message(self) -> str:
        """What to do about a short one."""
        return _("This is shorter than %(n)d characters. A sentence you remember is long enough.") % {
            "n": self.min_length
        }

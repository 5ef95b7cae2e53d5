"""What a password has to be, in our words: Django's own have no Dutch."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Length does more than signs do."""

    def get_error_message(self) -> str:
        """Return what to do about a password that is too short."""
        return _(
            "The password is shorter than %(n)d characters. Choose a longer one, such as a sentence you can remember."
        ) % {"n": self.min_length}

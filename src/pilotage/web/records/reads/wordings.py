"""The words that a study may show: those that a second person signed off."""

from __future__ import annotations

from functools import lru_cache

from pilotage.instruments.wording import Wording
from pilotage.web.records.models import Study, WordingText


def wording_of(study: Study, instrument: str, language: str) -> Wording | None:
    """The wording in use: the one signed off last; None where items are shown by number alone."""
    signed = WordingText.objects.filter(study=study, instrument=instrument, language=language)
    latest = signed.exclude(signed_off_at=None).order_by("-signed_off_at", "-pk").values_list("pk", "fingerprint")
    found = latest.first()
    return kept_wording(*found) if found else None


@lru_cache(maxsize=256)
def kept_wording(key: int, fingerprint: str) -> Wording:
    """The wording of a row; its content never changes, so it is read once."""
    return Wording.model_validate(WordingText.objects.values_list("content", flat=True).get(pk=key))

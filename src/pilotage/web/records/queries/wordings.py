"""The words that a study may show: those that a second person signed off; and how far each of them is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from pilotage.instruments.wording import Wording
from pilotage.problems import ProblemsFound
from pilotage.protocol import wordings
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records.models import Study, WithoutWording, WordingText
from pilotage.web.records.sql import SqlTable, rows

_TEXT = SqlTable(WordingText)
_SIGNED_LAST = f"""SELECT {_TEXT.id}, {_TEXT.fingerprint} FROM {_TEXT} WHERE {_TEXT.study_id} = %(study)s
    AND {_TEXT.instrument} = %(instrument)s AND {_TEXT.language} = %(language)s AND {_TEXT.signed_off_at} IS NOT NULL
    ORDER BY {_TEXT.signed_off_at} DESC, {_TEXT.id} DESC LIMIT 1"""


def wording_of(study: Study, instrument: str, language: str) -> Wording | None:
    """Return the wording in use: the one signed off last; None where items are shown by number alone."""
    result = rows(_SIGNED_LAST, study=study.pk, instrument=instrument, language=language)
    return kept_wording(*result[0]) if result else None


@lru_cache(maxsize=256)
def kept_wording(key: int, fingerprint: str) -> Wording:
    """Return the wording of a row; its content never changes, so it is read once."""
    return Wording.model_validate(WordingText.objects.values_list("content", flat=True).get(pk=key))


@dataclass(frozen=True)
class WordingState:
    """How far the words of one instrument in one language are.

    Attributes
    ----------
    signed : WordingText or None
        The words in use.
    waiting : WordingText or None
        Newer ones that wait for a second person.
    without : WithoutWording or None
        Somebody's choice to ask without words.
    in_folder : bool
        Whether the study's folder has words that are not here yet.
    """

    instrument: str
    name: str
    language: str
    signed: WordingText | None
    waiting: WordingText | None
    without: WithoutWording | None
    in_folder: bool

    @property
    def settled(self) -> bool:
        """Whether the study may open as far as this goes."""
        return self.signed is not None or self.without is not None


def wording_states(study: Study, loaded: LoadedProtocol) -> list[WordingState]:
    """Return every instrument of the protocol in every language it asks in."""
    return [
        _state(study, loaded, instrument, language)
        for instrument in loaded.instruments
        for language in loaded.protocol.study.languages
    ]


def _state(study: Study, loaded: LoadedProtocol, instrument: str, language: str) -> WordingState:
    which = {"study": study, "instrument": instrument, "language": language}
    rows = WordingText.objects.filter(**which).select_related("imported_by", "signed_off_by")
    signed = rows.exclude(signed_off_at=None).order_by("-signed_off_at", "-pk").first()
    newest = rows.filter(signed_off_at=None).order_by("-imported_at", "-pk").first()
    newer = newest if newest and (signed is None or newest.imported_at > signed.imported_at) else None
    without = WithoutWording.objects.filter(**which).select_related("by").first()
    return WordingState(
        instrument,
        loaded.instruments[instrument].name,
        language,
        signed,
        newer,
        without,
        _is_new_in_folder(study, loaded, instrument, language),
    )


def _is_new_in_folder(study: Study, loaded: LoadedProtocol, instrument: str, language: str) -> bool:
    with suppress(ProblemsFound):  # what is wrong with a file is said when it is brought in
        result = wordings.wording_of(loaded, instrument, language)
        return result is not None and not study.wordings.filter(fingerprint=result.fingerprint).exists()
    return True


def wording_row(study: Study, key: int) -> WordingText | None:
    """Return the words of a study with this key."""
    return study.wordings.select_related("imported_by", "signed_off_by").filter(pk=key).first()

"""A questionnaire or form as a page shows it, made from the instrument or from the form, never written by hand."""

from __future__ import annotations

from pilotage.instruments.questionnaire import questionnaire
from pilotage.instruments.shown import ShownSheet
from pilotage.instruments.wording import Wording
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.shown_forms import shown_form

_MADE: dict[tuple[str, str, str, str], ShownSheet] = {}
_MOST = 500


def sheet(loaded: LoadedProtocol, instrument: str, wording: Wording | None, language: str) -> ShownSheet:
    """Return what is shown of an instrument or a form of the protocol, made once; KeyError when it has neither."""
    key = (loaded.fingerprint, instrument, language, wording.fingerprint if wording else "")
    if key not in _MADE:
        if len(_MADE) >= _MOST:
            _MADE.clear()
        _MADE[key] = _sheet(loaded, instrument, wording, language)
    return _MADE[key]


def _sheet(loaded: LoadedProtocol, instrument: str, wording: Wording | None, language: str) -> ShownSheet:
    if instrument in loaded.instruments:
        return questionnaire(loaded.instruments[instrument], wording, language)
    return shown_form(loaded.protocol.form(instrument), language, loaded.protocol.version)

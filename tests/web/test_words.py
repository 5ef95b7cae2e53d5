"""The interface speaks every language it says it speaks."""

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from pilotage.web import settings
from pilotage.web.accounts.adapter import StaffAdapter
from tools import messages


def test_every_language_of_the_interface_has_a_catalogue() -> None:
    assert {code for code, _ in settings.LANGUAGES} == {"en", *(f.parent.parent.name for f in messages.catalogues())}


@pytest.mark.parametrize("file", messages.catalogues(), ids=lambda file: file.parent.parent.name)
def test_no_message_is_without_words(file) -> None:
    known = {(message.context, message.id) for message in messages.read(file)}
    missing = [message.id for message in messages.gathered() if (message.context, message.id) not in known]
    assert not missing, f"Run `just messages`: {missing[:5]}"
    assert [message.id for message in messages.untranslated(messages.read(file))] == []


@pytest.mark.parametrize("file", messages.catalogues(), ids=lambda file: file.parent.parent.name)
def test_words_keep_what_is_filled_in(file) -> None:
    wrong = [(m.id, error) for m, errors in messages.read(file).check() for error in errors]
    assert wrong == []


def test_a_wrong_or_short_password_is_answered_in_polite_dutch() -> None:
    with translation.override("nl"):
        assert "is niet juist" in str(StaffAdapter.error_messages["email_password_mismatch"])
        with pytest.raises(ValidationError, match="korter dan 12 tekens"):
            validate_password("te kort")


class _EveryKind(forms.Form):
    name = forms.CharField()
    amount = forms.FloatField(max_value=5)
    day = forms.DateField()
    choice = forms.ChoiceField(choices=[("yes", "Yes")])


def test_errors_that_django_words_itself_are_in_the_persons_language() -> None:
    with translation.override("nl"):
        empty, wrong = _EveryKind({}), _EveryKind({"name": "n", "amount": "9", "day": "soon", "choice": "no"})
        assert {str(words[0]) for words in empty.errors.values()} == {"Dit veld is verplicht."}
        assert [str(words[0]) for words in wrong.errors.values()] == [
            "Zorg ervoor dat deze waarde hoogstens 5 is.",
            "Voer een geldige datum in.",
            "Selecteer een geldige keuze. no is geen beschikbare keuze.",
        ]

"""What a coordinator fills in about one person: how they are reached, and what they replied."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pilotage.protocol.protocol import Protocol
from pilotage.vocabulary import EntryStep
from pilotage.web.coordinator.labels import reason_words
from pilotage.web.coordinator.links import url
from pilotage.web.languages import own_language_name
from pilotage.web.pages.fields import DateInput, set_choices
from pilotage.web.records import protocols, queries
from pilotage.web.records.actions.people import Contact
from pilotage.web.records.models import Participant, Study, User

OTHER = "another"


class ContactForm(forms.Form):
    """Who somebody is and how they are reached."""

    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We send messages to this e-mail address. Without one, hand over the link yourself."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, study: Study, user: User, person: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study, self.user, self.person = study, user, person
        set_choices(self, "language", language_choices(protocols.of(study).protocol))

    def clean_email(self) -> str:
        """Refuse an address that another person of the study has."""
        email: str = self.cleaned_data["email"]
        known = queries.known_by(self.study, email)
        if known is not None and known != self.person:
            raise forms.ValidationError(already_registered(self.user, email, known))
        return email

    @property
    def contact(self) -> Contact:
        """What was filled in."""
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone", "language")})


class ReplyForm(forms.Form):
    """What someone who was approached replied."""

    reply = forms.ChoiceField(
        label=_("Reply"),
        widget=forms.RadioSelect,
        choices=[
            (EntryStep.INTERESTED.value, _("Interested")),
            (EntryStep.DECLINED.value, _("Declined")),
            (EntryStep.NO_REPLY.value, _("No reply")),
        ],
    )
    why = forms.ChoiceField(label=_("Reason for declining"), required=False)
    own_words = forms.CharField(
        label=_("Other reason"),
        max_length=200,
        required=False,
        help_text=_("Reasons are counted in the report, so keep it short."),
    )
    on = forms.DateField(label=_("Date"), widget=DateInput)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        protocol = protocols.of(study).protocol
        # What is chosen is kept in the canonical language, whatever language it is read in.
        known = dict.fromkeys(
            [*map(str, protocol.reasons.declining), *queries.earlier_reasons(study, EntryStep.DECLINED)]
        )
        offered = [(reason, reason_words(reason, protocol)) for reason in known]
        set_choices(self, "why", [("", _("not given")), *offered, (OTHER, _("other reason"))])

    @property
    def reason(self) -> str:
        """The reason, of those offered and given before, or in own words; only a refusal has one."""
        if self.cleaned_data["reply"] != EntryStep.DECLINED:
            return ""
        chosen: str = self.cleaned_data["why"]
        own: str = self.cleaned_data["own_words"].strip()
        return own if own or chosen == OTHER else chosen


def language_choices(protocol: Protocol) -> list[tuple[str, str]]:
    """Return the study's languages, each by its own name."""
    return [(code, own_language_name(code)) for code in protocol.study.languages]


def already_registered(user: User, email: str, known: Participant) -> SafeString | Any:
    """Say who has the address, with a link where this coordinator may see them."""
    if queries.person_for(user, known.study, known.code) is None:
        return _("%(email)s is registered at another centre of this study.") % {"email": email}
    words = _("is already registered in this study as")
    return format_html('{} {} <a href="{}">{}</a>.', email, words, url("person", known), known.code)

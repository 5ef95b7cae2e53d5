"""What a coordinator fills in about people: who they are, what they said, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from pilotage.protocol.protocol import Protocol
from pilotage.web.coordinator import forms_pasted
from pilotage.web.coordinator.labels import url
from pilotage.web.pages.fields import DateInput
from pilotage.web.records import protocols, queries
from pilotage.web.records.actions import Contact
from pilotage.web.records.models import Centre, Identity, Participant, Study, User

OTHER = "another"


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """The choices of a field, which are known only with the study."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class ContactForm(forms.Form):
    """Who somebody is and how they are reached."""

    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Letters go there; without one, by hand."))
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, study: Study, user: User, person: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study, self.user, self.person = study, user, person
        self.protocol = protocols.of(study).protocol
        offer(self, "language", language_choices(self.protocol))

    def clean_email(self) -> str:
        """An address belongs to one person of a study."""
        email: str = self.cleaned_data["email"]
        known = queries.known_by(self.study, email)
        if known is not None and known != self.person:
            raise forms.ValidationError(known_already(self.user, email, known))
        return email

    @property
    def contact(self) -> Contact:
        """What was filled in."""
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone", "language")})


class _WhereForm(forms.Form):
    """Centre and arm; the arm only where chance does not decide."""

    centre = forms.ModelChoiceField(label=_("Centre"), queryset=Centre.objects.none(), empty_label=None)
    arm_sought = forms.ChoiceField(label=_("Approached for"))

    def place(self, study: Study, user: User) -> None:
        """The choices there are for this coordinator."""
        rules, centres = protocols.of(study).protocol, queries.centres_of(user, study, "coordinator")
        where = self.fields["centre"]
        if isinstance(where, forms.ModelChoiceField):
            where.queryset = centres.order_by("name")
            self.initial.setdefault("centre", centres.order_by("name").first())
        if rules.allocation.method == "by chance":
            del self.fields["arm_sought"]
        else:
            offer(self, "arm_sought", [(arm.id, arm.label) for arm in rules.arms])


class ApproachForm(_WhereForm, ContactForm):
    """Someone new; their code is given by itself."""

    field_order = ("name", "email", "phone", "language", "centre", "arm_sought")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place(self.study, self.user)


class SeveralForm(_WhereForm):
    """Several people at once, pasted from a list."""

    lines = forms.CharField(
        label=_("One person a line"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=100_000,
        help_text=_("Name, e-mail, telephone, language; the last two may stay out. Or paste cells of a spreadsheet."),
    )
    field_order = ("lines", "centre", "arm_sought")

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study = study
        self.place(study, user)

    def clean_lines(self) -> tuple[Contact, ...]:
        """All of them, or every problem at once."""
        languages = protocols.of(self.study).protocol.study.languages
        known = Identity.objects.filter(participant__study=self.study).exclude(email="")
        addresses = {address.casefold() for address in known.values_list("email", flat=True)}
        found = forms_pasted.read(self.cleaned_data["lines"], languages, languages[0], addresses)
        if found.problems:
            raise forms.ValidationError(list(found.problems))
        if not found.contacts:
            raise forms.ValidationError(_("There is nobody in these lines."))
        return found.contacts


class AnswerForm(forms.Form):
    """What someone who was approached said."""

    said = forms.ChoiceField(
        label=_("What did they say?"),
        widget=forms.RadioSelect,
        choices=[
            ("interested", _("They are interested")),
            ("declined", _("They decline")),
            ("no reply", _("They did not reply")),
        ],
    )
    why = forms.ChoiceField(label=_("If they decline: why?"), required=False)
    own_words = forms.CharField(
        label=_("Another reason"), max_length=200, required=False, help_text=_("It is counted, so keep it short.")
    )
    on = forms.DateField(label=_("On"), widget=DateInput)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = queries.earlier_reasons(study, "declined")
        offer(
            self, "why", [("", _("not said")), *((reason, reason) for reason in earlier), (OTHER, _("another reason"))]
        )

    @property
    def reason(self) -> str:
        """The reason, of those given before or in own words; only a refusal has one."""
        if self.cleaned_data["said"] != "declined":
            return ""
        chosen: str = self.cleaned_data["why"]
        own: str = self.cleaned_data["own_words"].strip()
        return own if own or chosen == OTHER else chosen


class PaperConsentForm(forms.Form):
    """What stands on the signed paper."""

    agreed = forms.MultipleChoiceField(
        label=_("Ticked on the paper"), widget=forms.CheckboxSelectMultiple, required=False
    )
    given_on = forms.DateField(label=_("Day on the paper"), widget=DateInput)
    held_by = forms.CharField(label=_("Who keeps the paper, and where"), max_length=120)

    def __init__(self, *args: Any, statements: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agreed", [(statement["id"], statement["text"]) for statement in statements])


class ArmForm(forms.Form):
    """The arm, where people choose it; a button alone where they do not."""

    arm = forms.ChoiceField(label=_("Arm"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, protocol: Protocol, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["arm"]
            return
        offer(self, "arm", [(arm.id, arm.label) for arm in protocol.arms])


class LeavingForm(forms.Form):
    """What someone leaves, why, and what becomes of their answers."""

    what = forms.ChoiceField(label=_("What do they leave?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Nobody needs to give one.")
    )
    answers = forms.ChoiceField(
        label=_("If they leave the study: the answers given before"),
        widget=forms.RadioSelect,
        choices=[("keep", _("are kept")), ("erase", _("are erased"))],
        initial="keep",
    )

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, parts = person, queries.takes_part_in(person)
        offer(self, "what", _leavings(parts, apart=queries.apart(person)))
        self.usual = queries.choices_about_answers(person, parts)
        if len(self.usual) < 2:
            del self.fields["answers"]

    @property
    def parts(self) -> tuple[str, ...]:
        """What is left: the course, the study, or both."""
        return tuple(self.cleaned_data["what"].split())

    @property
    def answers_become(self) -> Literal["keep", "erase"]:
        """What becomes of the answers: as chosen, where there is a choice for what is left."""
        possible = queries.choices_about_answers(self.person, self.parts)
        return next((one for one in possible if one == self.cleaned_data.get("answers")), possible[0])


def _leavings(parts: Sequence[str], *, apart: bool) -> list[tuple[str, Any]]:
    """One of them, where they can be left apart; and all that there is to leave."""
    words = {
        "course": _("the course") if len(parts) == 1 else _("the course, and goes on answering"),
        "study": _("the study") if len(parts) == 1 else _("the study, and stays on the course"),
    }
    one = [(part, words[part]) for part in parts] if apart or len(parts) == 1 else []
    return [*one, (" ".join(parts), _("the course and the study"))] if len(parts) > 1 else one


def language_choices(protocol: Protocol) -> list[tuple[str, str]]:
    """The study's languages, each by its own name."""
    return [(code, _own_name(code)) for code in protocol.study.languages]


def _own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def known_already(user: User, email: str, known: Participant) -> SafeString | Any:
    """Who has the address, as a link where this coordinator may see them."""
    if queries.person_for(user, known.study, known.code) is None:
        return _("%(email)s is known at another centre of this study.") % {"email": email}
    said = _("is known in this study already, as")
    return format_html('{} {} <a href="{}">{}</a>.', email, said, url("person", known), known.code)

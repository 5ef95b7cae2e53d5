"""Accounts: created, closed and opened again; their roles, their links, and where they are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST

from pilotage.web.accounts.access import View, administrator
from pilotage.web.accounts.afterwards import afterwards
from pilotage.web.accounts.navigation import ROLE_NAMES
from pilotage.web.administrator.forms_account import AccountForm, RoleForm
from pilotage.web.pages.perform import perform, perform_form, result_of_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import RoleHeld, User


@administrator
def accounts(request: Any) -> HttpResponse:
    """Show everyone with an account; a new one is created here."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    added = result_of_form(form, lambda: actions.add_staff(request.user, **form.cleaned_data), field="email")
    if added is not None:
        return _with_link(request, added)
    people = [(user, _with_names(queries.current_roles(user))) for user in queries.accounts()]
    return render(request, "administrator/accounts.html", {"people": people, "form": form})


@administrator
def account(request: Any, user: int) -> HttpResponse:
    """Show one account with its roles, and assign it another role."""
    person = get_object_or_404(queries.accounts(), pk=user)
    form = RoleForm(request.POST if request.method == "POST" else None)

    def give() -> None:
        values = form.cleaned_data
        actions.give_role(request.user, person, values["study"], values["role"], values["centre"], values["reason"])

    if perform_form(form, give, field="role"):
        messages.success(request, _("The role was assigned."))
        return redirect("administrator:account", user=person.pk)
    context = {"person": person, "roles": _with_names(queries.roles_ever_held(person)), "form": form}
    return render(request, "administrator/account.html", context)


@administrator
@require_POST
def link_anew(request: Any, user: int) -> HttpResponse:
    """Make another link to choose a password by; the one before ends."""
    return _with_link(request, get_object_or_404(queries.open_accounts(), pk=user))


@administrator
@require_POST
def end_role(request: Any, user: int, role: int) -> HttpResponse:
    """End a role now."""
    held = get_object_or_404(queries.current_roles_of(user), pk=role)
    actions.end_role(request.user, held, reason=request.POST.get("reason", ""))
    messages.success(request, _("The role has ended."))
    return redirect("administrator:account", user=user)


def _with_names(roles: Iterable[RoleHeld]) -> list[tuple[str | Promise, RoleHeld, str]]:
    """Return each role with its name and that of its study."""
    return [(ROLE_NAMES[held.role], held, queries.title_of(held.study)) for held in roles]


def _with_link(request: Any, user: User) -> HttpResponse:
    """Send the link by e-mail, and show it this once for when no e-mail arrives."""
    token = actions.make_sign_in_link(request.user, user)
    url = settings.ENVIRONMENT.address + reverse("sign-in-link", args=[token])
    with override(user.language):
        subject = _("Choose your password")
        body = _("Open this link to choose the password of your account:\n\n{url}\n\nIt works once, for three days.")
    afterwards(request, lambda: send_mail(subject, body.format(url=url), None, [user.email]))
    return render(request, "administrator/link.html", {"person": user, "url": url})


def _account_action(action: Callable[[User, User], None], success: str | Promise) -> View:
    """Return a view for one thing that can be done to an account."""

    def view(request: Any, user: int) -> HttpResponse:
        person = get_object_or_404(queries.accounts(), pk=user)
        perform(request, lambda: action(request.user, person), str(success).format(name=person.name))
        return redirect("administrator:account", user=user)

    return administrator(require_POST(view))


disable = _account_action(actions.disable, gettext_lazy("{name} is signed out, and the account is closed."))
enable = _account_action(actions.enable, gettext_lazy("The account of {name} is open again."))
end_sessions = _account_action(actions.end_sessions, gettext_lazy("{name} is signed out everywhere."))
forget_second_step = _account_action(
    actions.forget_second_factor, gettext_lazy("{name} sets up the second step again at the next sign-in.")
)

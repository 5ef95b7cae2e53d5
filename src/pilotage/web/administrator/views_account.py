"""Accounts: made, closed and opened again; their roles, their links, and where they are signed in."""

from __future__ import annotations

from collections.abc import Callable
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
from pilotage.web.administrator.forms import AccountForm, RoleForm
from pilotage.web.records import actions
from pilotage.web.records.models import RoleHeld, User
from pilotage.web.records.refused import ActionRefused


@administrator
def accounts(request: Any) -> HttpResponse:
    """Everyone with an account; a new one is made here."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.add_staff(request.user, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error("email", str(refused))
        else:
            return _with_link(request, made)
    everyone = User.objects.order_by("-is_active", "name").prefetch_related("roles__study")
    people = [(user, _roles(user)) for user in everyone]
    return render(request, "administrator/accounts.html", {"people": people, "form": form})


def _roles(user: User) -> list[tuple[str | Promise, RoleHeld]]:
    return [(ROLE_NAMES[held.role], held) for held in user.roles.all() if held.until is None]


@administrator
def account(request: Any, user: int) -> HttpResponse:
    """One account: its roles, and giving it another."""
    found = get_object_or_404(User, pk=user)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.give_role(request.user, found, said["study"], said["role"], said["centre"], said["reason"])
        except ActionRefused as refused:
            form.add_error("role", str(refused))
        else:
            messages.success(request, _("The role is given."))
            return redirect("administrator:account", user=found.pk)
    held = RoleHeld.objects.filter(user=found).select_related("study", "centre").order_by("until", "since")
    roles = [(ROLE_NAMES[one.role], one) for one in held]
    return render(request, "administrator/account.html", {"person": found, "roles": roles, "form": form})


@administrator
@require_POST
def link_anew(request: Any, user: int) -> HttpResponse:
    """Another link to choose a password by; the one before ends."""
    return _with_link(request, get_object_or_404(User, pk=user, is_active=True))


@administrator
@require_POST
def end_role(request: Any, user: int, role: int) -> HttpResponse:
    """A role ends now."""
    held = get_object_or_404(RoleHeld, pk=role, user=user, until=None)
    actions.end_role(request.user, held, reason=request.POST.get("reason", ""))
    messages.success(request, _("The role has ended."))
    return redirect("administrator:account", user=user)


def _with_link(request: Any, user: User) -> HttpResponse:
    """The link is mailed, and shown this once for when no mail arrives."""
    token = actions.make_sign_in_link(request.user, user)
    url = settings.ENVIRONMENT.address + reverse("sign-in-link", args=[token])
    with override(user.language):
        subject = _("A link to choose your password")
        body = _("By this link you choose the password of your account:\n\n{url}\n\nIt works once, for three days.")
    afterwards(request, lambda: send_mail(subject, body.format(url=url), None, [user.email]))
    return render(request, "administrator/link.html", {"person": user, "url": url})


def _done(write: Callable[[User, User], None], words: str | Promise) -> View:
    """A view for one thing that can be done to an account."""

    def view(request: Any, user: int) -> HttpResponse:
        found = get_object_or_404(User, pk=user)
        try:
            write(request.user, found)
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(words).format(name=found.name))
        return redirect("administrator:account", user=user)

    return administrator(require_POST(view))


disable = _done(actions.disable, gettext_lazy("{name} is signed out, and the account is closed."))
enable = _done(actions.enable, gettext_lazy("The account of {name} is open again."))
end_sessions = _done(actions.end_sessions, gettext_lazy("{name} is signed out everywhere."))
forget_second_step = _done(
    actions.forget_second_factor, gettext_lazy("{name} sets up a telephone again at the next sign-in.")
)

"""allauth's views that we use, each with who may open it; what is not here has no address."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import Http404, HttpResponse

from pilotage.web.accounts.access import View, any_staff, by_password, private, public


def _new_session(view: View) -> View:
    """Change the session's id after a step of signing in, so that nobody goes on with a session they planted."""

    @wraps(view)
    def stepped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            request.session.cycle_key()
        return response

    return stepped


def _own(view: View) -> View:
    """Wrap a view of allauth's in a function of ours, which can bear the mark of who may open it."""

    @wraps(view)
    def called(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return private(view(request, *args, **kwargs))

    return called


def _with_password(view: View) -> View:
    """Open a view only to accounts that have a password; those of a demonstration have nothing to change."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


sign_in = public(_new_session(_own(account.login)))
sign_out = public(_own(account.logout))
inactive = public(_own(account.account_inactive))
second_step = public(_new_session(_own(mfa.authenticate)))

forgotten = public(_own(account.password_reset))
forgotten_sent = public(_own(account.password_reset_done))
new_password = public(_own(account.password_reset_from_key))
new_password_kept = public(_own(account.password_reset_from_key_done))

set_up_second_step = by_password(_with_password(_new_session(_own(totp.activate_totp))))
password_again = by_password(_own(account.reauthenticate))
code_again = by_password(_own(mfa.reauthenticate))

change_password = any_staff(_with_password(_own(account.password_change)))
second_steps = any_staff(_own(mfa.index))
end_second_step = any_staff(_own(totp.deactivate_totp))
recovery_codes = any_staff(_own(recovery.view_recovery_codes))
new_recovery_codes = any_staff(_own(recovery.generate_recovery_codes))
download_recovery_codes = any_staff(_own(recovery.download_recovery_codes))

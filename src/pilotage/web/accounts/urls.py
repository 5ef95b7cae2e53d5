"""Addresses of signing in and out; of allauth's only those that are used."""

from django.urls import path, re_path

from pilotage.web.accounts import personal_links, signing_in, staff_links, views

urlpatterns = [
    path("my-studies/", views.my_studies, name="my-studies"),
    path("signed-out/", views.signed_out, name="signed-out"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("language/", views.set_language, name="set-language"),
    path("s/<str:token>/", staff_links.sign_in_link, name="sign-in-link"),
    path("p/code/", personal_links.code, name="personal-code"),
    path("p/<str:token>/", personal_links.personal_link, name="personal-link"),
    path("account/login/", signing_in.sign_in, name="account_login"),
    path("account/logout/", signing_in.sign_out, name="account_logout"),
    path("account/inactive/", signing_in.inactive, name="account_inactive"),
    path("account/again/", signing_in.password_again, name="account_reauthenticate"),
    path("account/password/", signing_in.change_password, name="account_change_password"),
    path("account/password/forgotten/", signing_in.forgotten, name="account_reset_password"),
    path("account/password/sent/", signing_in.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("account/password/kept/", signing_in.new_password_kept, name="account_reset_password_from_key_done"),
    path("account/second-step/", signing_in.second_steps, name="mfa_index"),
    path("account/second-step/code/", signing_in.second_step, name="mfa_authenticate"),
    path("account/second-step/again/", signing_in.code_again, name="mfa_reauthenticate"),
    path("account/second-step/app/", signing_in.set_up_second_step, name="mfa_activate_totp"),
    path("account/second-step/app/end/", signing_in.end_second_step, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", signing_in.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", signing_in.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/download/", signing_in.download_recovery_codes, name="mfa_download_recovery_codes"),
]

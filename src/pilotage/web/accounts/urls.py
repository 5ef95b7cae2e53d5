"""Addresses of signing in and out; of allauth's only those that are used."""

from django.urls import path, re_path

from pilotage.web.accounts import views_front_door, views_personal_link, views_signing_in, views_staff_link

urlpatterns = [
    path("my-studies/", views_front_door.my_studies, name="my-studies"),
    path("signed-out/", views_front_door.signed_out, name="signed-out"),
    path("sign-out/", views_front_door.sign_out, name="sign-out"),
    path("language/", views_front_door.set_language, name="set-language"),
    path("s/<str:token>/", views_staff_link.sign_in_link, name="sign-in-link"),
    path("p/code/", views_personal_link.code, name="personal-code"),
    path("p/<str:token>/", views_personal_link.personal_link, name="personal-link"),
    path("account/login/", views_signing_in.sign_in, name="account_login"),
    path("account/logout/", views_signing_in.sign_out, name="account_logout"),
    path("account/inactive/", views_signing_in.inactive, name="account_inactive"),
    path("account/again/", views_signing_in.password_again, name="account_reauthenticate"),
    path("account/password/", views_signing_in.change_password, name="account_change_password"),
    path("account/password/forgotten/", views_signing_in.forgotten, name="account_reset_password"),
    path("account/password/sent/", views_signing_in.forgotten_sent, name="account_reset_password_done"),
    re_path(
        r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views_signing_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("account/password/kept/", views_signing_in.new_password_kept, name="account_reset_password_from_key_done"),
    path("account/second-step/", views_signing_in.second_steps, name="mfa_index"),
    path("account/second-step/code/", views_signing_in.second_step, name="mfa_authenticate"),
    path("account/second-step/again/", views_signing_in.code_again, name="mfa_reauthenticate"),
    path("account/second-step/app/", views_signing_in.set_up_second_step, name="mfa_activate_totp"),
    path("account/second-step/app/end/", views_signing_in.end_second_step, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", views_signing_in.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", views_signing_in.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/recovery-codes/download/", views_signing_in.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]

"""Addresses: the server and its studies."""

from django.urls import path

from pilotage.web.administrator import account_views, log_views, server_views, study_views, wording_views

app_name = "administrator"
urlpatterns = [
    path("", server_views.server, name="server"),
    path("take-in/", server_views.take_in, name="take-in"),
    path("log/", log_views.server_log, name="server-log"),
    path("accounts/", account_views.accounts, name="accounts"),
    path("accounts/<int:user>/", account_views.account, name="account"),
    path("accounts/<int:user>/link/", account_views.link_anew, name="link-anew"),
    path("accounts/<int:user>/disable/", account_views.disable, name="disable"),
    path("accounts/<int:user>/enable/", account_views.enable, name="enable"),
    path("accounts/<int:user>/end-sessions/", account_views.end_sessions, name="end-sessions"),
    path("accounts/<int:user>/second-step/", account_views.forget_second_step, name="forget-second-step"),
    path("accounts/<int:user>/roles/<int:role>/end/", account_views.end_role, name="end-role"),
    path("<slug:study>/", study_views.study_page, name="study"),
    path("<slug:study>/open/", study_views.open_for_enrolment, name="open"),
    path("<slug:study>/amend/", study_views.amend, name="amend"),
    path("<slug:study>/log/", log_views.study_log, name="log"),
    path("<slug:study>/wording/", wording_views.wordings, name="wordings"),
    path("<slug:study>/wording/<int:row>/", wording_views.sign_off, name="sign-off"),
    path("<slug:study>/wording/<int:row>/proof/", wording_views.proof, name="proof"),
    path(
        "<slug:study>/wording/<slug:instrument>/<slug:language>/from-folder/",
        wording_views.from_folder,
        name="from-folder",
    ),
    path("<slug:study>/wording/<slug:instrument>/<slug:language>/without/", wording_views.without, name="without"),
]

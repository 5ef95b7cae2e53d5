"""Addresses: the server and its studies."""

from django.urls import path

from pilotage.web.administrator import views_account, views_log, views_server, views_study, views_wording

app_name = "administrator"
urlpatterns = [
    path("", views_server.server, name="server"),
    path("take-in/", views_server.take_in, name="take-in"),
    path("log/", views_log.server_log, name="server-log"),
    path("accounts/", views_account.accounts, name="accounts"),
    path("accounts/<int:user>/", views_account.account, name="account"),
    path("accounts/<int:user>/link/", views_account.link_anew, name="link-anew"),
    path("accounts/<int:user>/disable/", views_account.disable, name="disable"),
    path("accounts/<int:user>/enable/", views_account.enable, name="enable"),
    path("accounts/<int:user>/end-sessions/", views_account.end_sessions, name="end-sessions"),
    path("accounts/<int:user>/second-step/", views_account.forget_second_step, name="forget-second-step"),
    path("accounts/<int:user>/roles/<int:role>/end/", views_account.end_role, name="end-role"),
    path("<slug:study>/", views_study.study_page, name="study"),
    path("<slug:study>/open/", views_study.open_for_enrolment, name="open"),
    path("<slug:study>/amend/", views_study.amend, name="amend"),
    path("<slug:study>/log/", views_log.study_log, name="log"),
    path("<slug:study>/wording/", views_wording.wordings, name="wordings"),
    path("<slug:study>/wording/<int:row>/", views_wording.sign_off, name="sign-off"),
    path("<slug:study>/wording/<int:row>/proof/", views_wording.proof, name="proof"),
    path(
        "<slug:study>/wording/<slug:instrument>/<slug:language>/from-folder/",
        views_wording.from_folder,
        name="from-folder",
    ),
    path("<slug:study>/wording/<slug:instrument>/<slug:language>/without/", views_wording.without, name="without"),
]

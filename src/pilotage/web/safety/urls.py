"""Addresses: safety reports."""

from django.urls import path

from pilotage.web.safety import views_handling, views_inbox, views_report

app_name = "safety"
urlpatterns = [
    path("", views_inbox.inbox, name="inbox"),
    path("new/", views_inbox.report_for, name="report-for"),
    path("<int:report>/", views_report.report, name="report"),
    path("<int:report>/open/", views_report.open_report, name="open"),
    path("<int:report>/pass-on/", views_inbox.pass_on, name="pass-on"),
    path("<int:report>/note/", views_report.note, name="note"),
    path("<int:report>/identity/", views_report.identity, name="identity"),
    path("<int:report>/judge/", views_handling.judge, name="judge"),
    path("<int:report>/relation/", views_handling.relation, name="relation"),
    path("<int:report>/action/", views_handling.action, name="action"),
    path("<int:report>/close/", views_handling.close, name="close"),
    path("<int:report>/reopen/", views_handling.reopen, name="reopen"),
]

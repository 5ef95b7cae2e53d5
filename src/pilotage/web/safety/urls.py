"""Addresses: reports of something unpleasant."""

from django.urls import path

from pilotage.web.safety import views, views_handling

app_name = "safety"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.report_for, name="report-for"),
    path("<int:report>/", views.report, name="report"),
    path("<int:report>/open/", views.open_report, name="open"),
    path("<int:report>/pass-on/", views.pass_on, name="pass-on"),
    path("<int:report>/note/", views.note, name="note"),
    path("<int:report>/identity/", views.identity, name="identity"),
    path("<int:report>/judge/", views_handling.judge, name="judge"),
    path("<int:report>/relation/", views_handling.relation, name="relation"),
    path("<int:report>/action/", views_handling.action, name="action"),
    path("<int:report>/close/", views_handling.close, name="close"),
    path("<int:report>/reopen/", views_handling.reopen, name="reopen"),
]

"""Addresses of the pages of participants, and of a colleague they asked."""

from django.urls import path

from pilotage.web.participant import (
    views_adverse_event,
    views_certificate,
    views_colleague,
    views_consent,
    views_home,
    views_leaving,
    views_materials,
    views_practice,
    views_sessions,
)
from pilotage.web.participant.questionnaire import views as views_questionnaire

app_name = "participant"
urlpatterns = [
    path("", views_home.home, name="home"),
    path("consent/", views_consent.consent, name="consent"),
    path("consent/copy/", views_consent.consent_copy, name="consent-copy"),
    path("consent/no/", views_consent.decline, name="decline"),
    path("ask/<slug:assessment>/<slug:instrument>/<int:number>/", views_questionnaire.ask, name="ask"),
    path(
        "ask/<slug:assessment>/<slug:instrument>/<int:number>/answers/",
        views_questionnaire.save_answers,
        name="save-answers",
    ),
    path("ask-a-colleague/<slug:assessment>/", views_colleague.ask_a_colleague, name="ask-a-colleague"),
    path("colleague/", views_colleague.start, name="colleague-form"),
    path("colleague/<slug:instrument>/", views_colleague.ask, name="colleague-ask"),
    path("colleague/<slug:instrument>/answers/", views_colleague.save_answers, name="colleague-save"),
    path("practice/", views_practice.practice, name="practice"),
    path("practice/keep/", views_practice.save_practice, name="save-practice"),
    path("practice/<str:day>/", views_practice.practice, name="practice-day"),
    path("something-unpleasant/", views_adverse_event.report, name="adverse-event"),
    path("something-unpleasant/<int:report>/", views_adverse_event.reported, name="adverse-event-report"),
    path("leave/", views_leaving.leave, name="leave"),
    path("left/", views_leaving.left, name="left"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/certificate/", views_certificate.certificate, name="certificate"),
    path("sessions/certificate.css", views_certificate.style, name="certificate-style"),
    path("sessions/calendar/", views_sessions.calendar, name="calendar"),
    path("sessions/<int:session>/cannot-come/", views_sessions.cannot_come, name="cannot-come"),
    path("materials/", views_materials.materials, name="materials"),
    path("materials/<slug:material>/", views_materials.material, name="material"),
    path("recordings/", views_materials.recordings, name="recordings"),
    path("recordings/<int:recording>/", views_materials.hear, name="hear"),
    path("recordings/<int:recording>/agree/", views_materials.agree, name="agree-to-recording"),
]

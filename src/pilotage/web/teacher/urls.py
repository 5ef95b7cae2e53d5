"""Addresses: what a teacher sees."""

from django.urls import path

from pilotage.web.teacher import (
    views_debrief,
    views_groups,
    views_pairing,
    views_projector,
    views_rating,
    views_recordings,
    views_run_sheet,
    views_session,
)

app_name = "teacher"
urlpatterns = [
    path("", views_groups.cohorts, name="cohorts"),
    path("calendar/", views_groups.calendar, name="calendar"),
    path("ratings/", views_rating.to_rate, name="to-rate"),
    path("<slug:group>/", views_groups.group, name="group"),
    path("sessions/<int:session>/", views_session.session, name="session"),
    path("sessions/<int:session>/begin/", views_session.begin, name="begin"),
    path("sessions/<int:session>/end/", views_session.end, name="end"),
    path("sessions/<int:session>/others-present/", views_session.mark_others_present, name="others-present"),
    path("sessions/<int:session>/people/<slug:code>/", views_session.mark, name="mark"),
    path("sessions/<int:session>/people/<slug:code>/details/", views_session.attendance_details, name="attendance"),
    path("sessions/<int:session>/materials/<slug:material>/", views_session.release, name="release"),
    path("sessions/<int:session>/recordings/add/", views_recordings.add_recording, name="add-recording"),
    path("sessions/<int:session>/run-sheet/", views_run_sheet.run_sheet, name="run-sheet"),
    path("sessions/<int:session>/run-sheet/worker.js", views_run_sheet.worker, name="run-sheet-worker"),
    path("sessions/<int:session>/tap/", views_run_sheet.tap, name="tap"),
    path("sessions/<int:session>/everybody-here/", views_run_sheet.everybody_here, name="everybody-here"),
    path("sessions/<int:session>/pairs/", views_pairing.pairs, name="pairs"),
    path("sessions/<int:session>/projector/", views_projector.projector, name="projector"),
    path("sessions/<int:session>/debrief/", views_debrief.debrief, name="debrief"),
    path("ratings/<int:session>/", views_rating.rate, name="rate"),
    path("recordings/<int:recording>/", views_recordings.hear, name="hear"),
    path("recordings/<int:recording>/remove/", views_recordings.remove_recording, name="remove-recording"),
]

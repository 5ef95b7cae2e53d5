"""Addresses: what a teacher sees."""

from django.urls import path

from pilotage.web.teacher import (
    debrief,
    extras,
    groups,
    pairing,
    projector,
    rating,
    run_sheet,
    session,
)

app_name = "teacher"
urlpatterns = [
    path("", groups.cohorts, name="cohorts"),
    path("calendar/", groups.calendar, name="calendar"),
    path("ratings/", rating.to_rate, name="to-rate"),
    path("<slug:group>/", groups.group, name="group"),
    path("sessions/<int:session>/", session.session, name="session"),
    path("sessions/<int:session>/begin/", session.begin, name="begin"),
    path("sessions/<int:session>/end/", session.end, name="end"),
    path("sessions/<int:session>/others-present/", session.rest, name="others-present"),
    path("sessions/<int:session>/people/<slug:code>/", session.mark, name="mark"),
    path("sessions/<int:session>/people/<slug:code>/details/", session.details, name="attendance"),
    path("sessions/<int:session>/materials/<slug:material>/", extras.release, name="release"),
    path("sessions/<int:session>/recordings/add/", extras.add_recording, name="add-recording"),
    path("sessions/<int:session>/run-sheet/", run_sheet.run_sheet, name="run-sheet"),
    path("sessions/<int:session>/run-sheet/worker.js", run_sheet.worker, name="run-sheet-worker"),
    path("sessions/<int:session>/tap/", run_sheet.tap, name="tap"),
    path("sessions/<int:session>/everybody-here/", run_sheet.everybody_here, name="everybody-here"),
    path("sessions/<int:session>/pairs/", pairing.pairs, name="pairs"),
    path("sessions/<int:session>/projector/", projector.projector, name="projector"),
    path("sessions/<int:session>/debrief/", debrief.debrief, name="debrief"),
    path("ratings/<int:session>/", rating.rate, name="rate"),
    path("recordings/<int:recording>/", extras.hear, name="hear"),
    path("recordings/<int:recording>/remove/", extras.remove_recording, name="remove-recording"),
]

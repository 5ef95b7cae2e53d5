"""Addresses: what a teacher sees."""

from django.urls import path

from pilotage.web.teacher import extras, groups, session

app_name = "teacher"
urlpatterns = [
    path("", groups.cohorts, name="cohorts"),
    path("calendar/", groups.calendar, name="calendar"),
    path("<slug:group>/", groups.group, name="group"),
    path("sessions/<int:session>/", session.session, name="session"),
    path("sessions/<int:session>/begin/", session.begin, name="begin"),
    path("sessions/<int:session>/end/", session.end, name="end"),
    path("sessions/<int:session>/others-present/", session.rest, name="others-present"),
    path("sessions/<int:session>/people/<slug:code>/", session.mark, name="mark"),
    path("sessions/<int:session>/people/<slug:code>/details/", session.details, name="attendance"),
    path("sessions/<int:session>/materials/<slug:material>/", extras.release, name="release"),
    path("sessions/<int:session>/recordings/add/", extras.add_recording, name="add-recording"),
    path("recordings/<int:recording>/", extras.hear, name="hear"),
    path("recordings/<int:recording>/remove/", extras.remove_recording, name="remove-recording"),
]

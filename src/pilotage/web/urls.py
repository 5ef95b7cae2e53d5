"""Every address of the server; each part has its own list."""

from django.urls import include, path

from pilotage.web.accounts import views_front_door
from pilotage.web.calendars import views as calendar_views

urlpatterns = [
    path("", views_front_door.front_door, name="front-door"),
    path("", include("pilotage.web.accounts.urls")),
    path("me/", include("pilotage.web.participant.urls")),
    path("calendar/<str:token>.ics", calendar_views.feed, name="calendar-feed"),
    path("administration/", include("pilotage.web.administrator.urls")),
    path("<slug:study>/people/", include("pilotage.web.coordinator.urls")),
    path("<slug:study>/safety/", include("pilotage.web.safety.urls")),
    path("<slug:study>/groups/", include("pilotage.web.teacher.urls")),
    path("<slug:study>/paper/", include("pilotage.web.data_entry.urls")),
    path("<slug:study>/data/", include("pilotage.web.researcher.urls")),
]

"""Addresses of the paper forms."""

from django.urls import path

from pilotage.web.data_entry import views, views_correction

app_name = "data-entry"
_FORM = "<slug:code>/<slug:assessment>/<slug:instrument>/<int:number>/"
urlpatterns = [
    path("", views.forms, name="forms"),
    path("paper.css", views.style, name="style"),
    path(_FORM, views.key, name="key"),
    path(f"{_FORM}print/", views.printed, name="print"),
    path(f"{_FORM}correct/", views_correction.correct, name="correct"),
]

"""Addresses of the paper forms."""

from django.urls import path

from pilotage.web.data_entry import views_correction, views_paper_forms

app_name = "data-entry"
_FORM = "<slug:code>/<slug:assessment>/<slug:instrument>/<int:number>/"
urlpatterns = [
    path("", views_paper_forms.forms, name="forms"),
    path("paper.css", views_paper_forms.style, name="style"),
    path(_FORM, views_paper_forms.key, name="key"),
    path(f"{_FORM}print/", views_paper_forms.printed, name="print"),
    path(f"{_FORM}correct/", views_correction.correct, name="correct"),
]

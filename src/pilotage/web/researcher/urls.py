"""Addresses: what a researcher sees, and what teachers and coordinators see once it is released."""

from django.urls import path

from pilotage.web.researcher import views_comments, views_copies, views_data, views_plan, views_released, views_runs

app_name = "researcher"
urlpatterns = [
    path("", views_data.data, name="data"),
    path("plan/", views_plan.plan, name="plan"),
    path("freeze/", views_copies.freeze, name="freeze"),
    path("copies/<int:number>/", views_copies.copy, name="copy"),
    path("copies/<int:number>/analyse/", views_copies.analyse, name="analyse"),
    path("copies/<int:number>/package/", views_copies.package, name="package"),
    path("copies/<int:number>/codebook/", views_copies.codebook, name="codebook"),
    path("runs/<int:run>/", views_runs.run, name="run"),
    path("runs/<int:run>/state/", views_runs.state, name="run-state"),
    path("runs/<int:run>/report/", views_runs.report, name="report"),
    path("runs/<int:run>/files/<slug:name>/", views_runs.file, name="file"),
    path("runs/<int:run>/release/", views_runs.release, name="release"),
    path("comments/", views_comments.comments, name="comments"),
    path("comments/<int:comment>/", views_comments.comment, name="comment"),
    path("conduct/", views_data.conduct, name="conduct"),
    path("released/", views_released.released, name="released"),
    path("released/report/", views_released.released_report, name="released-report"),
    path("released/word/", views_released.released_word, name="released-word"),
]

"""One address for each sample page, and the few names the frames look for."""

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles.views import serve
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.i18n import set_language

from tests.web.gallery import samples


def index(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"pages": names()})


def names() -> list[str]:
    folder = settings.TEMPLATES[0]["DIRS"][1] / "gallery"
    return sorted(file.stem for file in folder.glob("*.html"))


def sample(request: HttpRequest, name: str) -> HttpResponse:
    if name == "parts":
        messages.success(request, "Saved. The person is told tonight at seven.")
        messages.warning(request, "The window closes tomorrow.")
    return render(request, f"gallery/{name}.html", samples.context(name))


def error(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"{name}.html", {})


urlpatterns = [
    path("", index),
    path("language/", set_language, name="set-language"),
    path("sign-out/", index, name="account_logout"),
    path("password/", index, name="account_change_password"),
    path("second/", index, name="mfa_index"),
    path("static/<path:path>", serve, {"insecure": True}),
    path("errors/<str:name>/", error),
    path("<str:name>/", sample),
]

"""Settings for looking at pages without a study: the templates, the stylesheet, the policy, and nothing else."""

from pathlib import Path

from csp.constants import NONE, SELF

WEB = Path(__file__).parents[3] / "src" / "pilotage" / "web"
SECRET_KEY = "only for looking at pages"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.web.gallery.urls"
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates", Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "dates": "pilotage.web.pages.dates",
                "protocol_words": "pilotage.web.pages.protocol_words",
            },
            "builtins": ["pilotage.web.pages.protocol_words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tests.web.gallery.samples.page",
            ],
        },
    }
]
FORM_RENDERER = "pilotage.web.forms_renderer.PilotageRenderer"
STATIC_URL = "static/"
STATICFILES_DIRS = [WEB / "static"]
LANGUAGES = [("en", "English"), ("nl", "Nederlands")]
LOCALE_PATHS = [WEB / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "connect", "img", "font", "manifest", "worker")},
        "form-action": [SELF],
    }
}

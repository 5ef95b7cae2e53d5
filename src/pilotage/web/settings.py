"""Django's settings, all of them; what differs between servers comes from the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from pilotage.web import environment

HERE = Path(__file__).parent
ENVIRONMENT = environment.read()

SECRET_KEY = ENVIRONMENT.secret
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address]
ROOT_URLCONF = "pilotage.web.urls"
WSGI_APPLICATION = "pilotage.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "records.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "pilotage.web.records",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pilotage.web.accounts.middleware.PeopleMiddleware",
    "pilotage.web.accounts.afterwards.AfterwardsMiddleware",
    "pilotage.web.accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]


def _database(details: environment.Database) -> dict[str, Any]:
    if details.engine == "sqlite":
        options = {"transaction_mode": "IMMEDIATE", "timeout": 30}
        return {"ENGINE": "pilotage.web.sqlite", "NAME": details.name, "OPTIONS": options, "CONN_MAX_AGE": None}
    return {
        "ENGINE": "pilotage.web.postgresql",
        "NAME": details.name,
        "HOST": details.host,
        "PORT": details.port,
        "USER": details.user,
        "PASSWORD": details.password,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(ENVIRONMENT.database)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "dates": "pilotage.web.pages.dates",
                "languages": "pilotage.web.languages",
                "protocol_words": "pilotage.web.pages.protocol_words",
            },
            # Every page may show a name of the protocol's, and a page that forgets to load this would not show at all.
            "builtins": ["pilotage.web.pages.protocol_words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "pilotage.web.accounts.context.page",
            ],
        },
    }
]
FORM_RENDERER = "pilotage.web.forms_renderer.PilotageRenderer"

STATIC_URL = "static/"
STATICFILES_DIRS = [
    HERE / "static",
    ("pilotage/room", HERE.parent / "pairing" / "room" / "static"),  # the clock and bell of `pilotage room`
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# Words: the interface in English and Dutch; a person's own language decides (accounts.middleware).
LANGUAGES = [("en", "English"), ("nl", "Nederlands")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Signing in: staff by password and second factor, participants by a link of their own.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator makes accounts, and the first link goes to the address
ACCOUNT_ADAPTER = "pilotage.web.accounts.adapter.StaffAdapter"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "pilotage.web.accounts.forms.SignInForm",
    "reauthenticate": "pilotage.web.accounts.forms.PasswordAgainForm",
    "reset_password": "pilotage.web.accounts.forms.ForgottenForm",
}
MFA_FORMS = {
    "authenticate": "pilotage.web.accounts.forms.SecondStepForm",
    "reauthenticate": "pilotage.web.accounts.forms.SecondStepAgainForm",
    "activate_totp": "pilotage.web.accounts.forms.SetUpSecondStepForm",
}
MFA_ADAPTER = "pilotage.web.accounts.adapter.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Pilotage"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "pilotage.web.accounts.views_lock_out.address_tried"
AXES_LOCKOUT_CALLABLE = "pilotage.web.accounts.views_lock_out.page"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "pilotage.web.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "pilotage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_FAILURE_VIEW = "pilotage.web.accounts.views_front_door.form_expired"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # a personal link never leaves in a Referer
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# Mail: an SMTP server where one is named, files otherwise.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ENVIRONMENT.mail.host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = ENVIRONMENT.folder / ".pilotage" / "mail"
EMAIL_HOST = ENVIRONMENT.mail.host
EMAIL_PORT = ENVIRONMENT.mail.port
EMAIL_HOST_USER = ENVIRONMENT.mail.user
EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.password
EMAIL_USE_TLS = ENVIRONMENT.mail.starttls
EMAIL_USE_SSL = ENVIRONMENT.mail.tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "pilotage.web.accounts.quiet_log.HideTokens"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING", "filters": ["tokens"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}

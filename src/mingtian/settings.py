"""All settings, read from the environment once (docs/operations/settings.md).

The defaults work for development and size S; in production a missing secret stops the start.
"""

import base64
import hashlib
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from mingtian.core import env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("MINGTIAN_VAR", str(BASE_DIR / "var")))
NODE_MODULES = BASE_DIR / "node_modules"

# --- Mode and secrets -------------------------------------------------------

DEBUG = env.flag("MINGTIAN_DEBUG", default=False)
PRODUCTION = env.flag("MINGTIAN_PRODUCTION", default=False)


def _secret(name: str) -> str | None:
    """Return None in production, so that the variable is required; else a fixed stand-in."""
    if PRODUCTION:
        return None
    stand_in = hashlib.sha256(f"mingtian development {name}".encode()).digest()
    return f"1:{base64.b64encode(stand_in).decode()}"


SECRET_KEY = env.text("MINGTIAN_SECRET_KEY", _secret("secret"))
SEAL_KEYS = env.keys("MINGTIAN_SEAL_KEYS", _secret("seal"))
INDEX_KEY = env.keys("MINGTIAN_INDEX_KEY", _secret("index"))[1]
SEAT_KEYS = env.keys("MINGTIAN_SEAT_KEYS", _secret("seat"))
BADGE_KEYS = env.keys("MINGTIAN_BADGE_KEYS", _secret("badge"))
CARE_KEYS = env.keys("MINGTIAN_CARE_KEYS", _secret("care"))

# --- Addresses --------------------------------------------------------------

PUBLIC_ORIGIN = env.text("MINGTIAN_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("MINGTIAN_HOSTS", "" if PRODUCTION else "*")
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]

# --- Applications -----------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
    "mingtian.core",
    "mingtian.web",
    "mingtian.papers",
    "mingtian.org",
    "mingtian.people",
    "mingtian.ledger",
    "mingtian.staff",
    "mingtian.campaigns",
    "mingtian.documents",
    "mingtian.vault",
    "mingtian.children",
    "mingtian.care",
    "mingtian.pairs",
    "mingtian.aid",
    "mingtian.gifts",
    "mingtian.yearbook",
    "mingtian.readiness",
    "mingtian.meetings",
    "mingtian.groups",
    "mingtian.attendance",
    "mingtian.certificates",
    "mingtian.comments",
    "mingtian.screenshots",
    "mingtian.wechat",
    "mingtian.closings",
    "mingtian.boards",
    "mingtian.supervision",
    "mingtian.bulletins",
    "mingtian.prompts",
    "mingtian.family",
    "mingtian.desk",
    # Last, so that our own words come before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mingtian.staff.middleware.SecondFactor",
    "mingtian.vault.middleware.Idle",
    "mingtian.web.middleware.ContentSecurityPolicy",
    "mingtian.web.middleware.RefusedPages",
]

ROOT_URLCONF = "mingtian.urls"
ASGI_APPLICATION = "mingtian.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "mingtian.web.templatetags.mingtian",
            ],
        },
    }
]

# --- Database ---------------------------------------------------------------

DATABASE_URL = env.text(
    "DATABASE_URL", None if PRODUCTION else "postgresql://mingtian@127.0.0.1/mingtian"
)


def database_from(url: str) -> dict[str, object]:
    """Return Django's form of a ``postgresql://`` address; ``?host=`` names a socket folder."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise env.BadSetting("DATABASE_URL must begin with postgresql://; no other database works.")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        # A connection that died with a restart of PostgreSQL is replaced, not handed out.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 8}, "server_side_binding": True},
    }


# Keys of protected children lie apart, with backups of their own (docs/mechanisms/vault.md).
KEYS_DATABASE_URL = env.text(
    "KEYS_DATABASE_URL", None if PRODUCTION else "postgresql://mingtian@127.0.0.1/mingtian_keys"
)

DATABASES = {"default": database_from(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages and time -----------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lang"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
PAGES_ROOT = VAR_DIR / "pages"
STATICFILES_FINDERS = [
    "mingtian.web.finders.ModulesFinder",
    "mingtian.web.finders.PackagesFinder",
    "mingtian.web.finders.JoinedFinder",
]
# What families load comes as one script and one style sheet (docs/mechanisms/hall.md).
JOINED_SCRIPTS = {
    "attendance/enter.joined.js": "attendance/enter.js",
    "attendance/hall.joined.js": "attendance/hall.js",
}
JOINED_SHEETS = {
    "attendance/family.joined.css": (
        "web/tokens.css",
        "web/base.css",
        "web/components.css",
        "attendance/attendance.css",
    ),
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mingtian.web.storage.HashedFiles"},
}

# --- Staff sign-in and browsers ---------------------------------------------

LOGIN_URL = "/desk/sign-in"
LOGIN_REDIRECT_URL = "/desk"
LOGOUT_REDIRECT_URL = "/desk/sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Posts from county level up, and those that open children's files, need a second factor; "offered" is
# for demonstrations and tests.
SECOND_FACTOR = env.text("MINGTIAN_SECOND_FACTOR", "required").strip().lower()
ACCOUNT_ADAPTER = "mingtian.staff.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Never by address: the teachers of a school share one. The first sign-in step counts by itself.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "mingtian.staff.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "mingtian.staff.forms.CodeForm",
    "reauthenticate": "mingtian.staff.forms.CodeAgainForm",
}
MFA_TOTP_ISSUER = "Mingtian"
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": None}
# Counts of wrong codes hold across processes and restarts, so they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_ORIGIN.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy in front redirects to https (docs/operations/run.md)
    "security.W021",  # entering the browsers' preload list is for the operator to decide
]

# --- Terms ------------------------------------------------------------------

# Not more than the notice promises to families (people/notices/1).
KEEP_DAYS = env.whole("MINGTIAN_KEEP_DAYS", 180, least=30, most=180)

# --- WeChat: off while either of the first two is empty -----------------------

WECHAT_APPID = env.text("MINGTIAN_WECHAT_APPID", "")
WECHAT_SECRET = env.text("MINGTIAN_WECHAT_SECRET", "")
WECHAT_OPEN = env.web_origin("MINGTIAN_WECHAT_OPEN", "https://open.weixin.qq.com")
WECHAT_API = env.web_origin("MINGTIAN_WECHAT_API", "https://api.weixin.qq.com")

# --- Robots of liaison groups: the hosts that may be called (docs/decisions/0016) ---

ROBOT_HOSTS = env.words(
    "MINGTIAN_ROBOT_HOSTS", "qyapi.weixin.qq.com, oapi.dingtalk.com, open.feishu.cn"
)

# --- Logs: sentences for people, an action word for machines, no personal data ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("MINGTIAN_LOG_LEVEL", "WARNING")},
}

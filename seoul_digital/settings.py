"""One settings file, driven by the environment. README.md has the table of variables.

The default is production on one machine: DEBUG off, SQLite in var/, plain HTTP on the loopback address. TLS=1 is for a server that is
reached over HTTPS; DEBUG=1 is for developers.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from seoul_digital import databases
from seoul_digital.environment import days, networks, object_store, seconds, session_limit

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name):
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def listed(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key():
    """SECRET_KEY, else the contents of SECRET_KEY_FILE (var/secret_key, which `make setup` writes once)."""
    if key := os.environ.get("SECRET_KEY", "").strip():
        return key
    path = Path(os.environ.get("SECRET_KEY_FILE") or BASE_DIR / "var" / "secret_key")
    if path.is_file() and (key := path.read_text().strip()):
        return key
    raise ImproperlyConfigured(
        "비밀 키가 없습니다. 환경 변수 SECRET_KEY에 50자 이상의 임의 문자열을 넣거나 `make setup`으로 var/secret_key를 만드십시오."
    )


DEBUG = flag("DEBUG")
TLS = flag("TLS")
SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")  # what they sealed can still be opened
# Change records are sealed by the first; what the others sealed still holds.
AUDIT_KEYS = [
    *filter(None, [os.environ.get("AUDIT_KEY", "").strip(), *listed("AUDIT_KEY_FALLBACKS")]),
    *(SECRET_KEY, *SECRET_KEY_FALLBACKS),
]
CHAIN_ENDS = BASE_DIR / "var" / "chain"  # the end of the chain of changes as it was last seen
LOOPBACK = "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", LOOPBACK)
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "reports.apps.AdminConfig",  # django.contrib.admin with our index
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks_db",
    "import_export",
    "seoul_digital.apps.SignInsConfig",  # axes
    "csp",
    "core",
    "departments",
    "budgets",
    "projects",
    "glossary",
    "reports",
    "dashboard",
]

# Outermost first: headers reach errors and static files too, and what is compressed is the finished page.
MIDDLEWARE = [
    "seoul_digital.request_metrics.MetricsMiddleware",
    "seoul_digital.middleware.PrivateResponseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "seoul_digital.request_validation.RequestValidationMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "seoul_digital.database_errors.ReadableSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "core.middleware.UserMiddleware",
    "seoul_digital.middleware.SessionLimitMiddleware",
    "seoul_digital.access_log.AccessLogMiddleware",
    "seoul_digital.middleware.StaffLoginMiddleware",
    "departments.accounts.middleware.SecondFactorMiddleware",
    "departments.accounts.middleware.FirstPasswordMiddleware",
    "core.middleware.ActMiddleware",
    "core.middleware.LanguageMiddleware",
    "core.middleware.SnapshotMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    "reports.middleware.ReportSizeMiddleware",
    "seoul_digital.middleware.MethodMiddleware",
    "seoul_digital.middleware.UploadLimitMiddleware",
    "seoul_digital.database_errors.BusyDatabaseMiddleware",
    "core.replica.middleware.ReplicaMiddleware",
]

ROOT_URLCONF = "seoul_digital.urls"
WSGI_APPLICATION = "seoul_digital.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.snapshot",
                "core.context.demonstration",
                "glossary.context.linker",
            ]
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/ has widgets of ours

DATABASES = {"default": databases.primary(f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
if standby := databases.replica(DATABASES["default"]):
    DATABASES["replica"] = standby
    DATABASE_ROUTERS = ["core.replica.router.ReplicaRouter"]
REPLICA_LAG_LIMIT = seconds("REPLICA_LAG_SECONDS", 5, least=2)  # a replica further behind is left out
# Who is signed in and who may do what: asked of the primary, whatever page asks.
READ_FROM_PRIMARY = {
    "auth",
    "axes",
    *(
        f"departments.{name}"
        for name in (
            "User",
            "User_groups",
            "User_user_permissions",
            "UserSession",
            "SecondFactor",
            "RecoveryCode",
            "PastPassword",
        )
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Each process remembers the figures that were seen last (2-25 KB each), under their values.
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_MEMORY},
    "charts": {
        "BACKEND": LOCAL_MEMORY,
        "LOCATION": "charts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# Background work (core/tasks/): it waits in the database for `manage.py worker`.
TASKS = {"default": {"BACKEND": "core.tasks.backend.TaskBackend", "QUEUES": []}}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
# The views that a reader may have in English (core/middleware.py); all else is Korean for everybody. docs/languages.md tells how to add one.
READERS_PAGES = {
    "home",
    "departments:list",
    "departments:detail",
    "budgets:expenditure",
    "budgets:revenue",
    "budgets:cross-tab",
    "budgets:lines",
    "projects:list",
    "projects:timeline",
    "projects:indicators",
    "projects:detail",
    "glossary:list",
    "search",
    "history",
    "compare",
    "facts",
    "fact",
    "document",
    "one-page",
    "reports:list",
    "integrity",
    "accessibility",
}
FIRST_PAGES = (  # that a server looks at before it makes its workers; none that starts a process
    "home",
    "departments:list",
    "budgets:revenue",
    "budgets:expenditure",
    "projects:list",
    "projects:timeline",
    "projects:indicators",
    "glossary:list",
    "search",
)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that every node must reach (core/storage/): in the database, or in an S3-compatible store, whose address, region and credentials boto3
# reads from the environment by itself (AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY …).
FILES_STORE = object_store("FILES_STORE")
STORED_FILES = "core.storage.StoredFileStorage"
STORAGES = {
    "uploads": {"BACKEND": STORED_FILES, "OPTIONS": {"folder": "uploads"}},  # of the finance system
    "prepared": {"BACKEND": STORED_FILES, "OPTIONS": {"folder": "prepared"}},  # documents made ahead
    "published": {"BACKEND": STORED_FILES, "OPTIONS": {"folder": "published"}},
    "import_export": {"BACKEND": STORED_FILES, "OPTIONS": {"folder": "previews"}},  # until they are confirmed
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.MediaStorage"
IMPORT_EXPORT_IMPORT_PERMISSION_CODE, IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "import", "export"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# What core refers to, as Django does to its user
ORGANISATION_UNIT_MODEL = "departments.Department"

# Sign-in
AUTH_USER_MODEL = "departments.User"
ROLES = "seoul_digital.roles.ROLES"  # who may do what
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "core.access.backends.StaffBackend"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "seoul_digital.hashers.QueuedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "departments.accounts.passwords.ContextWordValidator"},
    {"NAME": "departments.accounts.passwords.PastPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = ["username"]
# Locked until an administrator unlocks it, unless minutes are given.
AXES_COOLOFF_TIME = float(os.environ.get("LOCK_MINUTES") or 0) / 60 or None
# departments/accounts/locks.py resets: a right password with a wrong code is no success.
AXES_RESET_ON_SUCCESS = False
AXES_SENSITIVE_PARAMETERS = [
    "code",
    "sealed",
    "old_password",
    "new_password1",
    "new_password2",
    "csrfmiddlewaretoken",
]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_ENABLE_ADMIN = False  # departments/accounts/sign_ins_admin.py
AXES_VERBOSE = False
AXES_CLIENT_STR_CALLABLE = "seoul_digital.logs.sign_in"
SILENCED_SYSTEM_CHECKS = [
    "axes.W006"
]  # it wants the address counted too, but five failures lock a name from any address

# Who may not go without a second factor. Where nobody but this machine reaches the site, an administrator may put it off.
SECOND_FACTOR = os.environ.get("SECOND_FACTOR") or "administrators"
if SECOND_FACTOR not in ("administrators", "editors", "none") or TLS and SECOND_FACTOR == "none":
    raise ImproperlyConfigured(
        "SECOND_FACTOR에는 administrators(관리자)나 editors(고칠 수 있는 모두)를 적으십시오. none(아무도 아님)은 TLS를 켜지 않은 시험에만 씁니다."
    )
BOUND_TO = os.environ.get("BIND") or "127.0.0.1"
IS_LOCAL = not TLS and {BOUND_TO.rpartition(":")[0] or BOUND_TO, *ALLOWED_HOSTS} <= set(LOOPBACK.split(","))
# A browser keeps readers' pages and asks whether they still hold, where a sign-out can clear them (Clear-Site-Data wants TLS or this machine).
BROWSERS_KEEP_PAGES = TLS or IS_LOCAL

SESSION_ENGINE = "departments.accounts.session_store"
# Session limits in seconds; SessionLimitMiddleware keeps them.
SESSION_IDLE_LIMIT = session_limit("SESSION_IDLE_MINUTES", "120", 60)
SESSION_COOKIE_AGE = session_limit("SESSION_HOURS", "12", 3600)
CSRF_COOKIE_HTTPONLY = True

# What browsers are told
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if TLS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [
        r"^(healthz|metrics)$"
    ]  # asked by machines beside it, which speak to the node itself
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# E-mail: to the console until EMAIL_HOST names a server.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    os.environ.get("EMAIL_HOST_USER", ""),
    os.environ.get("EMAIL_HOST_PASSWORD", ""),
)
EMAIL_USE_TLS, EMAIL_USE_SSL = flag("EMAIL_USE_TLS"), flag("EMAIL_USE_SSL")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured(
        "EMAIL_USE_TLS와 EMAIL_USE_SSL은 함께 켤 수 없습니다. 메일 서버가 587번 포트(STARTTLS)이면 EMAIL_USE_TLS만, 465번이면 EMAIL_USE_SSL만 켜십시오."
    )
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "업무보고 <noreply@localhost>"
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")  # how people reach the site, for links in e-mail
# Every morning the worker reminds those of editions that have so many days left, or whose deadline is past; empty: nobody.
REMIND_DAYS = days("REMIND_DAYS")
if REMIND_DAYS is not None and not SITE_URL:
    raise ImproperlyConfigured("REMIND_DAYS를 적었으면 메일에 적을 이 시스템의 주소 SITE_URL도 적으십시오.")

# The pages whose forms answer themselves, at the field, where something was sent that is no character (request_validation.py); admin has its own.
FORM_PAGES = {"login", "password_change", "download_reason", "reports:new", "reports:edit", "budgets:imports"}
LARGEST_UPLOAD = 101 << 20  # bytes: a file of 100 MB in its form

# Where the copies of all data (core/backup/) before a migration lie.
BACKUP_FOLDER = Path(os.environ.get("BACKUP_FOLDER") or BASE_DIR / "var" / "backups")
BACKUP_BEFORE_MIGRATE = os.environ.get("BACKUP_BEFORE_MIGRATE", "1").strip() != "0"

# The access log: kept for more than a year. Files may be asked a reason for; it stands in the log with each.
ACCESS_LOG = os.environ.get("ACCESS_LOG") or "file"
if ACCESS_LOG not in {"file", "stdout"}:
    raise ImproperlyConfigured(f"ACCESS_LOG는 file이나 stdout이어야 합니다. 지금은 ‘{ACCESS_LOG}’입니다.")
LOG_FOLDER = Path(os.environ.get("LOG_FOLDER") or BASE_DIR / "var" / "log")
LOG_DAYS = max(366, int(os.environ.get("LOG_DAYS") or 400))
EXPORT_REASON_REQUIRED = flag("EXPORT_REASON_REQUIRED")
TRUSTED_PROXIES = listed("FORWARDED_ALLOW_IPS", "127.0.0.1")
METRICS_FROM = networks("METRICS_FROM")  # who may ask for /metrics

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "seoul_digital.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        },
        "json": {"()": "seoul_digital.logs.JsonFormatter", "format": "{message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "access": (
            {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}
            if ACCESS_LOG == "stdout"
            else {"class": "seoul_digital.logs.DailyFileHandler", "formatter": "line", "name": "access"}
        ),
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL") or "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "botocore": {"level": "WARNING"},  # it says at each start where it found its settings
        "access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "axes": {
            "handlers": ["access", "stderr"],
            "level": "INFO",
            "propagate": False,
        },  # sign-ins, failed ones and locks
    },
}

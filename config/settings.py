"""Settings of the site. Every answer comes from the environment (see ``config.environment``)."""

from pathlib import Path

from csp.constants import NONE, SELF

from config.environment import load

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = load(BASE_DIR)
read = ENVIRONMENT.read
VAR_DIR = ENVIRONMENT.var_dir

INSTALLATION = ENVIRONMENT.installation
SECRET_KEY = ENVIRONMENT.secret_key()
# Former keys: what they signed is still read, and nothing new is signed with them.
SECRET_KEY_FALLBACKS = read.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = read.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "testserver"])
# The name under which the container's own health check asks; no browser can reach it.
HEALTH_HOST = "health-check.internal"
ALLOWED_HOSTS.append(HEALTH_HOST)
SITE_URL = ENVIRONMENT.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_filters",
    "accounts",
    "principles",
    "providers",
    "commissioning",
    "scorecards",
    "config",
]

MIDDLEWARE = [
    "accounts.middleware.health_host",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.middleware.request_id",
    "accounts.middleware.response_headers",
    "accounts.middleware.storable_text",
    "accounts.middleware.Session",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.session_limit",
    "accounts.middleware.acting_person",
    "accounts.middleware.kept_text",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.Door",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "accounts.context.acting_person",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_TEMPLATE_PACK = "govuk"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": read.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHES = {"default": read.cache("CACHE_URL", default="locmemcache://")}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.path("STATIC_DIR", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static" / "src", BASE_DIR / "static" / "build"]
if not ENVIRONMENT.is_production:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = ENVIRONMENT.path("MEDIA_DIR", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "config.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if ENVIRONMENT.is_production
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not ENVIRONMENT.is_production

# One file of evidence. The limit of a file of notices stands with its reader.
EVIDENCE_MAX_BYTES = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
# What one organisation may keep: bytes of files and of their pictures, and files.
EVIDENCE_QUOTA_BYTES = read.int("EVIDENCE_QUOTA_MB", default=2048) * 1024 * 1024
EVIDENCE_QUOTA_FILES = read.int("EVIDENCE_QUOTA_FILES", default=5000)
# A command that is given a file's path and exits 0 (clean) or 1 (malware). Blank: not scanned.
SCANNER_COMMAND = ENVIRONMENT.scanner_command()
# Where readers of uploaded files take their turns: on the volume that all processes share.
READER_LOCKS_DIR = MEDIA_ROOT / ".readers"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.GuessablePassword"},
]
# Words of this installation that no password may be built from: names of its bodies and services.
PASSWORD_WORDS = read.list("PASSWORD_WORDS", default=[])
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.ChosenPasswordForm",
    "change_password": "accounts.forms.NewPasswordForm",
    "reauthenticate": "accounts.forms.SamePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Failed passwords: of one account from one address, of one account from anywhere, and from one
# address for any account: an office behind one address has many people.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,30/h/key",
    "login_failed_here": "5/5m/key",
    "reset_password": "60/m/ip,5/m/key",
}
# Words for the next page may name what somebody works on: they stay on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# How many proxies of ours stand in front. Each adds the address that it saw to X-Forwarded-For, so
# the entry of the outermost one counts, from the right; what a client wrote further left is noise.
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies()
# How long ago a code or a password may have been given where a page asks for it again.
RECENT_CODE_SECONDS = 15 * 60
ACCOUNT_REAUTHENTICATION_TIMEOUT = RECENT_CODE_SECONDS
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.AuthenticatorForm",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
# Codes of the half minutes before and after this one pass too: telephones' clocks differ.
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Commissioning ethics assurance"
# A session ends ten hours after the last thing that was done in it, twelve hours after it began,
# or with the browser.
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_LIMIT_SECONDS = 12 * 60 * 60
# Its last use is written down at most this often: a page that changes nothing writes no session.
SESSION_USE_WRITTEN_EVERY_SECONDS = 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accounts.views.errors.csrf_failure"

vars().update(read.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("DEFAULT_FROM_EMAIL", "assurance@demonstration.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if ENVIRONMENT.is_production:
    SECURE_SSL_REDIRECT = read.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = read.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers take a cookie with such a name from this very host only, and over TLS only.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    if read.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS: list[str] = []

# Bids are sealed until two openers open them (docs/threat-model.md). What each guess of an opener's
# passphrase costs is a matter of seconds and megabytes; the demonstration's are no secret.
SEALING_KEY = ENVIRONMENT.sealing_key()
SEALING_KEY_FALLBACKS = ENVIRONMENT.sealing_key_fallbacks()
OPENER_COST = "quick" if ENVIRONMENT.installation == "demonstration" else "moderate"

# The key that signs reports. The demonstration makes its own; retired certificates stay here so
# that what they signed can still be checked.
SIGNING_KEY_FILE = ENVIRONMENT.path("SIGNING_KEY_FILE", VAR_DIR / "signing" / "key.pem")
SIGNING_CERTIFICATE_FILE = ENVIRONMENT.path(
    "SIGNING_CERTIFICATE_FILE", VAR_DIR / "signing" / "certificate.pem"
)

# Who gets each signed head of the audit trail, to keep it where nobody here can change it.
TRAIL_HEADS_TO = read.list("TRAIL_HEADS_TO", default=[])
# The database role that the application runs under, where the owner of the tables is another.
RUNTIME_ROLE = ENVIRONMENT.text("RUNTIME_ROLE", "")

CELERY_BROKER_URL = ENVIRONMENT.text("CELERY_BROKER_URL", "filesystem://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if CELERY_BROKER_URL.startswith("filesystem"):
    QUEUE_DIR, CONTROL_DIR = VAR_DIR / "broker" / "queue", VAR_DIR / "broker" / "control"
    QUEUE_DIR.mkdir(parents=True, exist_ok=True)
    CONTROL_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(CONTROL_DIR),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "chain the trail": {"task": "config.chain_trail", "schedule": 60.0},
    "sign the head of the trail": {"task": "config.sign_trail_head", "schedule": 60 * 60.0},
    "queue unfinished jobs again": {"task": "accounts.sweep_jobs", "schedule": 60.0},
    "scan and draw the files that wait": {"task": "providers.look_after_files", "schedule": 600.0},
    "sweep parts of files": {"task": "config.sweep_parts", "schedule": 6 * 60 * 60.0},
    "remind people of what is due": {
        "task": "commissioning.remind_of_due_requests",
        "schedule": 6 * 60 * 60.0,
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.line_formatter", "as_json": ENVIRONMENT.is_production},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # The embedded broker has no host, and kombu says so each time.
    "loggers": {"kombu": {"level": "ERROR"}},
    "root": {
        "handlers": ["console"],
        "level": ENVIRONMENT.text("LOG_LEVEL", "INFO" if ENVIRONMENT.is_production else "WARNING"),
    },
}

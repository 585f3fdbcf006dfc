"""Settings are read once at start, so each case starts a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = {
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "DEBUG",
    "TLS",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SESSION_HOURS",
    "SESSION_IDLE_MINUTES",
    "SECOND_FACTOR",
    "BIND",
}


def started(code, **environment):
    """The finished process that ran `code` with `settings` at hand and only these variables of ours set."""
    program = f"from seoul_digital import settings\n{code}"
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=kept | environment, capture_output=True, text=True
    )


def printed(expression, **environment):
    process = started(f"print({expression})", SECRET_KEY="k" * 60, **environment)
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_without_a_secret_key_the_start_stops_with_a_sentence(tmp_path):
    process = started("", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert process.returncode != 0
    assert "환경 변수 SECRET_KEY에 50자 이상의 임의 문자열을 넣거나" in process.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["METRICS_FROM", "FILES_STORE", "SESSION_HOURS", "REMIND_DAYS"])
def test_a_wrong_value_stops_a_command(name):
    """Django's commands swallow the error, and go on where somebody has asked for settings meanwhile."""
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    process = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment | {"SECRET_KEY": "k" * 60, name: "아무것"},
        capture_output=True,
        text=True,
    )
    assert process.returncode != 0
    assert f"{name}의 값 ‘아무것’을 쓸 수 없습니다." in process.stderr.splitlines()[-1]


def test_an_empty_secret_key_file_is_none(tmp_path):
    (tmp_path / "empty").write_text("\n")
    assert started("", SECRET_KEY_FILE=str(tmp_path / "empty")).returncode != 0


def test_secret_key_is_read_from_its_file(tmp_path):
    (tmp_path / "key").write_text("a-key-in-a-file\n")
    assert (
        started("print(settings.SECRET_KEY)", SECRET_KEY_FILE=str(tmp_path / "key")).stdout
        == "a-key-in-a-file\n"
    )


def test_debug_is_off_unless_asked_for():
    assert printed("settings.DEBUG") == "False"
    assert printed("settings.DEBUG", DEBUG="0") == "False"
    assert printed("settings.DEBUG", DEBUG="1") == "True"


def test_hosts_and_origins_are_lists():
    assert printed("settings.ALLOWED_HOSTS") == "['localhost', '127.0.0.1', '[::1]']"
    assert (
        printed("settings.ALLOWED_HOSTS", ALLOWED_HOSTS="a.example, b.example,")
        == "['a.example', 'b.example']"
    )
    assert (
        printed("settings.CSRF_TRUSTED_ORIGINS", CSRF_TRUSTED_ORIGINS="https://a.example")
        == "['https://a.example']"
    )


def test_sqlite_queues_writers():
    expression = "settings.DATABASES['default']['OPTIONS']['transaction_mode'], settings.DATABASES['default'].get('ATOMIC_REQUESTS', False)"
    assert printed(expression) == "IMMEDIATE False"


def test_postgresql_by_address():
    url = "postgres://user:secret@db.example:5433/report"
    expression = "[settings.DATABASES['default'][k] for k in ('ENGINE', 'NAME', 'HOST', 'PORT')]"
    assert (
        printed(expression, DATABASE_URL=url)
        == "['django.db.backends.postgresql', 'report', 'db.example', 5433]"
    )


def test_tls_hardens_cookies():
    expression = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE"
    assert printed(expression, TLS="1") == "__Host-sessionid __Host-csrftoken True True"


def test_without_tls_cookies_work_over_plain_http():
    assert (
        printed("hasattr(settings, 'SESSION_COOKIE_SECURE'), hasattr(settings, 'SECURE_SSL_REDIRECT')")
        == "False False"
    )


def test_session_hours_are_configurable():
    assert printed("settings.SESSION_COOKIE_AGE") == "43200"
    assert printed("settings.SESSION_COOKIE_AGE", SESSION_HOURS="8") == "28800"


@pytest.mark.parametrize(
    ("minutes", "seconds"),
    [("3", "180"), ("0.5", "30"), ("0", None), ("-1", None), ("x", None), ("1e999", None)],
)
def test_short_idle_limit_is_taken_and_an_impossible_one_is_named(minutes, seconds):
    if seconds:
        assert printed("settings.SESSION_IDLE_LIMIT", SESSION_IDLE_MINUTES=minutes) == seconds
        return
    process = started("", SECRET_KEY="k" * 60, SESSION_IDLE_MINUTES=minutes)
    assert f"SESSION_IDLE_MINUTES의 값 ‘{minutes}’" in process.stderr.splitlines()[-1]


def test_administrators_need_a_second_factor_unless_said_otherwise():
    assert printed("settings.SECOND_FACTOR") == "administrators"
    assert printed("settings.SECOND_FACTOR", SECOND_FACTOR="editors") == "editors"


@pytest.mark.parametrize("environment", [{"SECOND_FACTOR": "some"}, {"SECOND_FACTOR": "none", "TLS": "1"}])
def test_no_second_factor_is_for_tests_alone(environment):
    process = started("", SECRET_KEY="k" * 60, **environment)
    assert "SECOND_FACTOR에는 administrators(관리자)나" in process.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "True"),
        ({"BIND": "127.0.0.1:9000"}, "True"),
        ({"BIND": "0.0.0.0:8000"}, "False"),
        ({"BIND": "[::]:8000"}, "False"),
        ({"BIND": "unix:/run/report.sock"}, "False"),
        ({"TLS": "1"}, "False"),
        ({"ALLOWED_HOSTS": "localhost,report.example"}, "False"),
    ],
)
def test_enrolment_may_wait_where_only_this_machine_reaches_the_site(environment, expected):
    assert printed("settings.IS_LOCAL", **environment) == expected


def test_both_kinds_of_encrypted_mail_are_refused_at_start():
    process = started("", SECRET_KEY="k" * 60, EMAIL_USE_TLS="1", EMAIL_USE_SSL="1")
    assert process.returncode != 0
    assert "EMAIL_USE_TLS와 EMAIL_USE_SSL은 함께 켤 수 없습니다." in process.stderr.splitlines()[-1]


@pytest.mark.thorough
def test_deployment_behind_tls_has_no_warning():
    code = (
        "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'seoul_digital.settings'; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    key = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    process = started(code, SECRET_KEY=key, TLS="1")
    assert (process.returncode, "no issues" in process.stdout) == (0, True), process.stderr
    assert started(code, SECRET_KEY=key).returncode != 0  # plain HTTP has its warnings


def test_access_log_is_a_file_or_lines_of_json():
    handler = "settings.LOGGING['handlers']['access']"
    assert printed(f"{handler}['class']") == "seoul_digital.logs.DailyFileHandler"
    assert (
        printed(f"{handler}['stream'], {handler}['formatter']", ACCESS_LOG="stdout")
        == "ext://sys.stdout json"
    )
    process = started("", SECRET_KEY="k" * 60, ACCESS_LOG="somewhere")
    assert process.returncode != 0
    assert "ACCESS_LOG는 file이나 stdout이어야 합니다. 지금은 ‘somewhere’입니다." in process.stderr


def test_lag_of_a_replica_is_a_number_of_seconds():
    assert printed("settings.REPLICA_LAG_LIMIT") == "5.0"
    assert printed("settings.REPLICA_LAG_LIMIT", REPLICA_LAG_SECONDS="30") == "30.0"
    for wrong in ("1", "soon", "nan"):
        process = started("", SECRET_KEY="k" * 60, REPLICA_LAG_SECONDS=wrong)
        assert f"REPLICA_LAG_SECONDS의 값 ‘{wrong}’" in process.stderr.splitlines()[-1]
        assert process.stderr.splitlines()[-1].endswith("2초 이상의 시간을 숫자로 적으십시오(예: 5).")

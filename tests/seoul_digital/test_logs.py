import json
import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from seoul_digital import settings as django_settings
from seoul_digital.logs import DailyFileHandler, JsonFormatter, LineFormatter
from seoul_digital.settings import LOG_DAYS

SEOUL = ZoneInfo("Asia/Seoul")


def formatted(message, *arguments, **options):
    return LineFormatter("{levelname} {message}", style="{").format(
        logging.makeLogRecord({"msg": message, "args": arguments, "levelname": "INFO"} | options)
    )


def test_a_newline_in_a_value_forges_no_line():
    assert (
        formatted("sign-in of %s", "kim\r\nINFO sign-in of lee")
        == "INFO sign-in of kim\\r\\nINFO sign-in of lee"
    )


def trace_of(text):
    try:
        raise ValueError(text)
    except ValueError as error:
        return (ValueError, error, error.__traceback__)


def test_a_traceback_keeps_its_lines():
    assert len(formatted("failed", exc_info=trace_of("x")).splitlines()) > 3


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\x85", "\x0b", "\x1b[1A\x1b[2K"])
def test_the_text_of_an_exception_forges_no_line(end):
    first, *inside = formatted("failed", exc_info=trace_of(f"x{end}INFO sign-in of lee")).splitlines()
    assert first == "INFO failed"
    assert all(line.startswith("  | ") for line in inside)
    assert "\x1b" not in "".join(inside)


def test_an_exception_in_a_message_forges_no_line():
    assert formatted("no mail: %s", ValueError("x\nINFO y")) == "INFO no mail: x\\nINFO y"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('GET "/search/?q=900101-1234567"', 'GET "/search/?q=900101-*******"'),
        ("/search/?q=900101%2D1234567&x", "/search/?q=900101-*******&x"),
        ("9001011234567", "900101-*******"),
        ("901301-1234567", "901301-1234567"),  # no month
        ("1900101-1234567", "1900101-1234567"),
    ],
)
def test_no_resident_number_is_kept(text, shown):
    assert formatted("%s", text) == f"INFO {shown}"
    assert shown in formatted("failed", exc_info=trace_of(text))


def test_half_a_character_can_be_written(settings, tmp_path):
    settings.LOG_FOLDER = tmp_path
    handler = DailyFileHandler("access")
    handler.setFormatter(LineFormatter("{message}", style="{"))
    handler.emit(record(datetime(2026, 1, 1, tzinfo=SEOUL), "a\ud800b"))
    handler.close()
    assert (tmp_path / "access-2026-01-01.log").read_text() == "a\\ud800b\n"


def test_every_handler_of_the_settings_has_the_formatter():
    handlers = django_settings.LOGGING["handlers"].values()
    assert {handler["formatter"] for handler in handlers} == {"line"}
    assert django_settings.LOGGING["formatters"]["line"]["()"] == "seoul_digital.logs.LineFormatter"


@pytest.mark.parametrize("forged", ["\x0b", "\x1b[2J", "\x85", "\u2028", "\x9b", "\x00"])
def test_nothing_ends_a_line_or_steers_a_terminal(forged):
    said = formatted("GET %s", f"/x{forged}INFO")
    assert len(said.splitlines()) == 1 and forged not in said


def record(at, message):
    return logging.makeLogRecord({"msg": message, "levelname": "INFO", "created": at.timestamp()})


def test_a_day_has_its_file_and_old_ones_go(settings, tmp_path):
    settings.LOG_FOLDER, settings.LOG_DAYS = tmp_path, 366
    (tmp_path / "other.log").write_text("")
    handler = DailyFileHandler("access")
    for at in (
        datetime(2025, 1, 1, 12, tzinfo=SEOUL),
        datetime(2026, 1, 1, 12, tzinfo=SEOUL),
        datetime(2026, 1, 2, 0, 1, tzinfo=SEOUL),
        datetime(2026, 1, 3, 12, tzinfo=SEOUL),
    ):
        handler.emit(record(at, f"{at:%d} 가"))
    handler.close()
    kept = {path.name: path.read_text() for path in tmp_path.glob("access-*")}
    assert kept == {
        "access-2026-01-01.log": "01 가\n",
        "access-2026-01-02.log": "02 가\n",
        "access-2026-01-03.log": "03 가\n",
    }
    assert (tmp_path / "other.log").exists()


def test_two_processes_add_to_one_file(settings, tmp_path):
    settings.LOG_FOLDER = tmp_path
    one, other = DailyFileHandler("access"), DailyFileHandler("access")
    for handler in (one, other, one):
        handler.emit(record(datetime(2026, 1, 1, tzinfo=SEOUL), "x" * 9_000))
    for handler in (one, other):
        handler.close()
    assert (tmp_path / "access-2026-01-01.log").read_text().splitlines() == ["x" * 9_000] * 3


def test_a_full_disk_stops_nobody(settings, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    settings.LOG_FOLDER = tmp_path / "file"  # no folder can be made here
    DailyFileHandler("access").emit(record(datetime(2026, 1, 1, tzinfo=SEOUL), "lost"))
    assert "Logging error" in capsys.readouterr().err


def test_the_log_is_kept_for_a_year():
    assert LOG_DAYS >= 366


def test_the_time_of_a_line_has_its_offset():
    at = datetime(2026, 11, 26, 15, 4, 5, 678_000, SEOUL)
    line = LineFormatter("{asctime} {message}", style="{").format(record(at, "x"))
    assert line == "2026-11-26T15:04:05.678+09:00 x"


def test_json_is_a_line_that_nobody_can_forge():
    written = record(datetime(2026, 11, 27, 12, tzinfo=SEOUL), "x")
    written.fields = {"user": "kim\n2026", "path": "/search/?q=900101-1234567", "status": 200}
    line = JsonFormatter("{message}", style="{").format(written)
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2026-11-27T12:00:00.000+09:00",
        "level": "INFO",
        "logger": None,
        "user": "kim\\n2026",
        "path": "/search/?q=900101-*******",
        "status": 200,
    }


def test_json_of_what_is_no_request_has_its_message():
    line = JsonFormatter("{message}", style="{").format(
        record(datetime(2026, 11, 27, 12, tzinfo=SEOUL), "locked")
    )
    assert json.loads(line)["message"] == "locked"

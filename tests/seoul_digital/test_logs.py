import logging
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from seoul_digital.logs import DailyFileHandler, LineFormatter
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


def test_a_traceback_keeps_its_lines():
    try:
        raise ValueError("x")
    except ValueError as error:
        text = formatted("failed", exc_info=(ValueError, error, error.__traceback__))
    assert len(text.splitlines()) > 3


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

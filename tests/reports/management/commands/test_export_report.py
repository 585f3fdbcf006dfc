import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.models import Source
from reports.serial import from_json
from tests.factories import make_bureau, make_source

pytestmark = pytest.mark.django_db


def export(path, *arguments):
    out = StringIO()
    call_command("export_report", "--as-of", "2022-08-29", "-o", str(path), *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("pdf", b"%PDF-1.7"),
        ("xlsx", b"PK\x03\x04"),
        ("hwpx", b"PK"),
        ("html", b"<!doctype html>"),
        ("json", b'{"format":'),
    ],
)
def test_each_format_is_written(seeded, tmp_path, name, start):
    path = tmp_path / f"report.{name}"
    said = export(path, "--format", name)
    assert path.read_bytes().startswith(start)
    assert said == f"디지털정책관 2022. 8. 29. 업무보고를 {path}에 썼습니다({path.stat().st_size:,}바이트).\n"


def test_json_is_the_report(seeded, tmp_path):
    export(tmp_path / "report.json", "--format", "json")
    text = (tmp_path / "report.json").read_text()
    assert from_json(text).chapters["staffing"].total.headcount.shown == 258
    assert json.loads(text)["report"]["as_of"] == "2022-08-29"


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ("2022-13-01", "달력에 없는 날짜"),
        ("2019-12-31", "이 기준일에는 자료가 없습니다."),
        ("<b>", "읽을 수 없습니다"),
    ],
)
def test_dates_without_a_report_are_refused(seeded, tmp_path, as_of, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("export_report", "--as-of", as_of, "-o", str(tmp_path / "x.pdf"))
    assert not (tmp_path / "x.pdf").exists()


def test_of_several_bureaus_one_is_chosen(seeded, tmp_path):
    make_source(bureau := make_bureau(), "organisation", "2022-08-29")
    with pytest.raises(CommandError, match=f"디지털정책관, {bureau.name}|{bureau.name}, 디지털정책관"):
        export(tmp_path / "x.json", "--format", "json")
    said = export(tmp_path / "x.json", "--format", "json", "--bureau", bureau.name)
    assert said.startswith("주택정책관 2022. 8. 29.")


def test_a_file_that_cannot_be_written_is_said(seeded, tmp_path):
    with pytest.raises(CommandError, match="쓰지 못했습니다"):
        export(tmp_path / "nowhere" / "x.json", "--format", "json")


def test_without_any_source_there_is_no_report(seeded, tmp_path):
    Source.objects.update(state="withdrawn")
    with pytest.raises(CommandError):
        export(tmp_path / "x.pdf")

"""The files of an edition by command."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.serial import from_json
from tests.reports.editions.conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def run(name, *arguments):
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def export(path, edition, *more):
    return run("export_report", "--edition", edition, "-o", path, *more)


def test_a_published_edition_is_written_as_it_was_handed_out(reviewed, planner, quick_formats, tmp_path):
    published = publish(reviewed, planner)
    path = tmp_path / "report.html"
    assert export(path, reviewed.pk, "--format", "html").startswith(
        "2022년 11월 업무보고 (2022. 11. 1.) 업무보고를"
    )
    assert path.read_bytes() == published.files.get(extension="html").bytes


def test_a_format_that_was_not_handed_out_is_not_made_up(reviewed, planner, quick_formats, tmp_path):
    publish(reviewed, planner)
    with pytest.raises(CommandError, match="pdf 파일 없이 발행했습니다"):
        export(tmp_path / "x", reviewed.pk, "--format", "pdf")


def test_a_draft_is_written_as_it_stands(edition, tmp_path):
    path = tmp_path / "report.json"
    assert "초안" in export(path, edition.pk, "--format", "json")
    assert from_json(path.read_text()).title == "2022년 11월 업무보고"


def test_what_cannot_be_written_is_said(edition, tmp_path):
    with pytest.raises(CommandError, match="999번 회차가 없습니다"):
        export(tmp_path / "x", 999)
    with pytest.raises(CommandError, match="함께 쓰지 않습니다"):
        export(tmp_path / "x", edition.pk, "--as-of", "2022-08-29")

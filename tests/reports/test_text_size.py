"""How much text documents are made of: at most so much that no format takes a worker five seconds."""

import time
from dataclasses import replace

import pytest
from django.db import models

from projects.models import Brief
from reports.chapters.projects.data import ProjectsData
from reports.comparison.compare import compare
from reports.document import document_of
from reports.formats import FORMATS
from reports.text_size import MOST, ReportTooLargeError, TextSize, size_of, texts_of_report

ITEM = "ㅇ (추진배경) 시민이 이용하는 공공와이파이를 ’22. 12.까지 설치함"
ROW = "| 구분 | 2021 | 2022 | 비고 | 계획 | 실적 | 단가 | 수량 |"


def test_size_counts_characters_lines_and_cells():
    assert size_of(["가나다", "ㅇ 가\nㅇ 나", "| 가 | 나 |\n| 1 | 2 |", "가\t나\t다"]) == TextSize(34, 4, 7)
    assert str(TextSize(1_234, 5, 6)) == "1,234자, 5줄, 표 6칸"


def filled(report, lines, rows):
    """The report with so many lines and rows of tables more, parted among its projects."""
    data = report.get(ProjectsData)
    many, turn = [], 0
    for project in data.projects:
        texts = []
        for _ in range(2):
            items = [f"{ITEM} {turn + place}" for place in range(lines // (2 * len(data.projects)))]
            table = [ROW] * (rows // (2 * len(data.projects)))
            texts.append("\n".join([*items, *table]))
            turn += len(items)
        many.append(replace(project, overview=texts[0], achievements=texts[1]))
    chapters = {**report.chapters, "projects": replace(data, projects=tuple(many))}
    return replace(report, chapters=chapters)


@pytest.fixture
def august(seeded_reports):
    return seeded_reports[0]


@pytest.mark.thorough
def test_the_fullest_report_takes_no_format_five_seconds(august):
    report = filled(august, 3_900, 440)
    size = size_of(texts_of_report(report))
    assert size.within(MOST)
    assert size.characters > 0.8 * MOST.characters
    assert size.lines > 0.85 * MOST.lines
    assert size.cells > 0.85 * MOST.cells
    took = {}
    for name, kind in FORMATS.items():
        begun = time.process_time()
        kind.write(report, august)
        took[name] = time.process_time() - begun
    begun = time.process_time()
    compare(august, report)
    took["compare"] = time.process_time() - begun
    assert max(took.values()) < 5, took


@pytest.mark.parametrize("do", [document_of, compare, FORMATS["xlsx"].write])
def test_more_is_refused_before_anything_is_done(august, do):
    report = filled(august, 6_000, 0)
    begun = time.process_time()
    with pytest.raises(ReportTooLargeError, match="사업과 용어의 글과 표를 줄여 주십시오"):
        do(august, report)
    assert time.process_time() - begun < 0.5


@pytest.mark.django_db
def test_who_writes_too_much_is_told_and_nothing_is_lost(manager_client, seeded):
    text = "ㅇ " + "가" * 15_000
    models.QuerySet(Brief).update(overview=text, achievements=text)
    for address in (
        "/document/",
        "/document/?format=pdf",
        "/document/?format=xlsx",
        "/compare/?from=2020-01-31",
    ):
        page = manager_client.get(address)
        assert page.status_code == 422, address
        assert "문서는 250,000자, 5,000줄, 표 4,000칸까지 만듭니다." in page.content.decode()
    assert "사업과 용어의 글은 모두 250,000자" in manager_client.get("/integrity/").content.decode()
    assert Brief.objects.filter(overview=text).exists()

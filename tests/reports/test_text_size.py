"""How much text documents are made of: at most so much that no format takes a worker five seconds."""

import time
from dataclasses import replace

import pytest
from django.db import models

from projects.models import Brief
from reports.chapters.duties.data import DutiesData
from reports.chapters.glossary.data import GlossaryData
from reports.chapters.organisation.data import OrganisationData
from reports.chapters.projects.data import ProjectsData
from reports.comparison.compare import compare
from reports.document import document_of
from reports.formats import FORMATS
from reports.text_size import (
    MOST,
    ReportTooLargeError,
    TextSize,
    size_of,
    size_of_report,
    too_large,
)

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
    size = size_of_report(report)
    assert size.within(MOST)
    assert size.characters > 0.8 * MOST.characters
    assert size.lines > 0.85 * MOST.lines
    assert size.cells > 0.85 * MOST.cells
    took = seconds_of(report, august)
    assert max(took.values()) < 5, took


def seconds_of(report, before):
    """Of a worker, by format, and for the comparison."""
    took = {}
    writers = {name: kind.write for name, kind in FORMATS.items()} | {"compare": compare}
    for name, write in writers.items():
        begun = time.process_time()
        write(report, before)
        took[name] = time.process_time() - begun
    return took


def with_rows(report, duties=0, terms=0, units=0):
    """The report with so many rows more, which say next to nothing."""
    chapters = dict(report.chapters)
    own = {key: chapters[key] for key in ("duties", "glossary", "organisation")}
    first = own["duties"].units[0]
    charged = replace(first, texts=(*first.texts, *(f"업무 {place}" for place in range(duties))))
    chapters["duties"] = DutiesData((charged, *own["duties"].units[1:]))
    term = replace(own["glossary"].terms[0], heading="제", text="뜻")
    more = (
        replace(term, slug=f"term-{place}", name=f"용어{place}", forms=(f"용어{place}",))
        for place in range(terms)
    )
    chapters["glossary"] = GlossaryData((*own["glossary"].terms, *more))
    unit = own["organisation"].units[-1]
    added = (replace(unit, slug=f"unit-{place}", name=f"{place}과") for place in range(units))
    chapters["organisation"] = replace(own["organisation"], units=(*own["organisation"].units, *added))
    assert isinstance(chapters["organisation"], OrganisationData)
    return replace(report, chapters=chapters)


@pytest.mark.parametrize(
    ("more", "rows", "units"),
    [({"duties": 4_200}, 4_924, 28), ({"terms": 2_100}, 4_924, 28), ({"units": 470}, 1_194, 498)],
    ids=["duties", "terms", "units"],
)
@pytest.mark.thorough
def test_the_most_rows_take_no_format_five_seconds(august, more, rows, units):
    report = with_rows(august, **more)
    size = size_of_report(report)
    assert (size.rows, size.units, size.within(MOST)) == (rows, units, True)
    took = seconds_of(report, august)
    assert max(took.values()) < 5, took


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"duties": 5_000}, "업무, 일정, 지표, 용어 같은 자료의 수를 줄여 주십시오."),
        ({"terms": 2_500}, "업무, 일정, 지표, 용어 같은 자료의 수를 줄여 주십시오."),
        ({"units": 473}, "조직도의 부서를 줄여 주십시오."),
    ],
    ids=["duties", "terms", "units"],
)
def test_more_rows_are_refused_with_what_is_to_be_less(august, more, words):
    report = with_rows(august, **more)
    begun = time.process_time()
    assert words in too_large(report)
    with pytest.raises(ReportTooLargeError, match=words):
        document_of(report, august)
    assert time.process_time() - begun < 0.5


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
        assert (
            "문서는 250,000자, 5,000줄, 표 4,000칸, 자료 5,000건(부서 500곳)까지 만듭니다."
            in page.content.decode()
        )
    assert "사업과 용어의 글은 모두 250,000자" in manager_client.get("/integrity/").content.decode()
    assert Brief.objects.filter(overview=text).exists()

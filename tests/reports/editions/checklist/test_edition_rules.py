"""Rules on the edition by themselves; test_rules.py trips each in a whole edition."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import timezone

from reports.editions.checklist import edition_rules
from reports.models import Edition

AS_OF = date(2022, 11, 1)


def words(rule, **fields):
    edition = Edition(pk=3, as_of=AS_OF, **fields)
    return [item.words for item in rule(SimpleNamespace(edition=edition))]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2022년 11월 업무보고", []),
        ("2022년 업무보고", []),
        ("2021년 업무보고", ["제목에는 ‘2021년’, 기준일은 2022. 11. 1.입니다"]),
        ("2022 년 8 월 업무보고", ["제목에는 ‘2022 년 8 월’, 기준일은 2022. 11. 1.입니다"]),
        ("제314회 임시회", []),
    ],
)
def test_title_of_another_time(title, found):
    assert words(edition_rules.title_of_another_time, title=title) == found


@pytest.mark.parametrize(("session", "found"), [("제314회", 0), ("", 1)])
def test_session_missing(session, found):
    assert (
        words(edition_rules.session_missing, council_session=session)
        == ["표지에 인쇄할 의회 회기가 없습니다"] * found
    )


@pytest.mark.parametrize(("today", "found"), [(date(2022, 10, 31), 1), (AS_OF, 0)])
def test_date_to_come(monkeypatch, today, found):
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    assert len(words(edition_rules.date_to_come)) == found


def test_items_lead_to_where_it_is_mended():
    (item,) = edition_rules.session_missing(SimpleNamespace(edition=Edition(pk=3)))
    assert item.url == "/reports/3/edit/"


def test_unit_unsettled_until_somebody_says_that_it_is_right():
    def draft(document, objection, accepted=""):
        file = SimpleNamespace(pk=5, report={"objection": objection}, options={"accepted_unit": accepted})
        return SimpleNamespace(document=document, budget_import=file)

    drafts = [draft("가", "천 배"), draft("나", "천 배", "맞음"), draft("다", ""), SimpleNamespace()]
    found = list(edition_rules.unit_unsettled(SimpleNamespace(drafts=drafts)))
    assert [item.words[:14] for item in found] == ["예산 파일 ‘가’의 단위를"]
    assert found[0].url == "/budgets/import/5/"

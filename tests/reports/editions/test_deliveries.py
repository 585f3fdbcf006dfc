"""Budget files that come while an edition is open: what they speak for gives way, the rest stays, and nothing is counted twice."""

from datetime import date

import pytest
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetLine
from core.models import Source
from departments.models import Department
from reports.editions.opening import open_edition
from reports.editions.parts import lacking_words
from reports.editions.snapshot import reports_of, snapshot_of
from tests.factories import make_expenditure
from tests.reports.editions.conftest import DEADLINE
from tests.reports.editions.drafts import drafts_of
from tests.samples import each

pytestmark = pytest.mark.django_db

AS_OF = date(2022, 11, 1)


def open_new(bureau, planner):
    return open_edition(bureau=bureau, title="x", as_of=AS_OF, deadline=DEADLINE, user=planner)[0]


def deliver(bureau, as_of="2022-10-31", **limits):
    """A file as it is confirmed: the budgets of 29 August and 1,000원 more a line, half of each executed."""
    source = make_expenditure(bureau, as_of, state="draft", document="집행현황.xlsx", **limits)
    known = BudgetFigure.objects.filter(source__as_of="2022-08-29", source__fiscal_year=2022)
    if source.department:
        known = known.filter(line__department=source.department)
    if source.account:
        known = known.filter(line__account_kind=source.account)
    for figure in known:
        current = figure.current + 1_000
        BudgetFigure.objects.create(source=source, line=figure.line, current=current, committed=current // 2)
    source.state, source.received_at = "in_force", timezone.now()
    source.save()
    return source


def told(edition):
    """The whole budget, what was executed of it by division, and who has not delivered."""
    snapshot = snapshot_of(edition)
    data = reports_of(edition, snapshot)[0].chapters["expenditure"]
    whole, *rows = data.rows
    units = {row.slug: (row.current.computed, row.executed.computed) for row in rows if not row.account}
    assert sum(current for current, _ in units.values()) == whole.current.computed
    return whole.current.computed, units, lacking_words(snapshot)


@pytest.fixture
def august(seeded):
    """By division and account."""
    found: dict[tuple[str, str], int] = {}
    rows = BudgetFigure.objects.filter(source__as_of="2022-08-29", source__fiscal_year=2022)
    for unit, account, current in rows.values_list("line__department__slug", "line__account_kind", "current"):
        found[unit, account] = found.get((unit, account), 0) + current
    return found


CASES = ["whole", "general", "division"]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("case", each(2, CASES))
def test_a_file_gives_the_budgets_that_it_speaks_for(bureau, planner, august, case, is_first):
    center = Department.objects.get(slug="data-center")
    limits = {"whole": {}, "general": {"account": "general"}, "division": {"department": center}}[case]
    if is_first:
        deliver(bureau, **limits)
        edition = open_new(bureau, planner)
    else:
        edition = open_new(bureau, planner)
        deliver(bureau, **limits)
    lines = BudgetLine.objects.filter(figures__source__as_of="2022-08-29", fiscal_year=2022)
    named = {
        "whole": lines,
        "general": lines.filter(account_kind="general"),
        "division": lines.filter(department=center),
    }
    whole, units, lacking = told(edition)
    assert whole == sum(august.values()) + 1_000 * named[case].distinct().count()
    known = {unit for unit, (_, executed) in units.items() if executed is not None}
    # 정보통신보안 has a special account too, and is not known by its general one alone.
    assert (
        known == {"whole": {unit for unit, _ in august}, "general": set(), "division": {"data-center"}}[case]
    )
    names = lacking[0].removeprefix("집행액 미제출") if lacking else ""
    assert (len(lacking), "정보통신보안담당관" in names, "데이터센터" in names) == {
        "whole": (0, False, False), "general": (1, False, False), "division": (1, True, False),  # general: by nobody
    }[case]  # fmt: skip


def test_an_account_of_a_division_is_known_by_itself(bureau, planner):
    edition = open_new(bureau, planner)
    deliver(bureau, account="general")
    rows = reports_of(edition, snapshot_of(edition))[0].chapters["expenditure"].rows
    assert {row.account: row.executed.computed is not None for row in rows if row.account} == {
        "general": True, "special": False,
    }  # fmt: skip


def test_a_withdrawn_file_takes_its_budgets_back(bureau, planner, august):
    edition = open_new(bureau, planner)
    file = deliver(bureau, department=Department.objects.get(slug="data-center"))
    assert [source.department for source in drafts_of(edition) if source.department] == [file.department]
    again = deliver(bureau, department=file.department)  # put right: one copy, not two
    assert [source.department for source in drafts_of(edition) if source.department] == [file.department]
    for delivered in (again, file):
        delivered.state = Source.State.WITHDRAWN
        delivered.save()
    assert told(edition)[0] == sum(august.values())
    assert [event.kind for event in edition.events.all()] == ["source"] * 4 + ["opened"]


def test_lines_that_somebody_wrote_in_stay(bureau, planner, august):
    edition = open_new(bureau, planner)
    draft = next(source for source in drafts_of(edition) if source.scope == "expenditure")
    figure = BudgetFigure.objects.of(draft).first()
    figure.current += 5_000
    figure.save()
    deliver(bureau, department=Department.objects.get(slug="data-center"))
    assert told(edition)[0] == sum(august.values()) + 5_000


def test_budgets_that_are_not_taken_over_are_said_before_publishing(planner_client, bureau, planner):
    """Where the carried lines were edited before the file came; not where they gave way to it."""
    edition = open_new(bureau, planner)
    draft = next(source for source in drafts_of(edition) if source.scope == "expenditure")
    page = f"/reports/{edition.pk}/checklist/"
    words = "이 파일의 예산 대신 초안의 예산이 실립니다"
    deliver(bureau, department=Department.objects.get(slug="ict-security"))
    assert words not in planner_client.get(page).content.decode()
    figure = BudgetFigure.objects.of(draft).first()
    figure.current += 1_000
    figure.save()
    assert words not in planner_client.get(page).content.decode()
    deliver(bureau, department=Department.objects.get(slug="data-center"))
    content = planner_client.get(page).content.decode()
    assert content.count(words) == 1
    assert "집행현황.xlsx:" in content

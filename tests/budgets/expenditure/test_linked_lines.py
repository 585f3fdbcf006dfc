from datetime import date

import pytest

from budgets.expenditure.linked_lines import linked_lines, linked_table
from budgets.models import BudgetLine
from tests.factories import make_bureau, make_expenditure, make_unit, snapshot_of, spend

WIFI = {"account": "general", "detailed": "공공와이파이 조성"}


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def unit(db):
    return make_unit("policy", "주택정책담당관")


@pytest.fixture
def august(bureau, unit):
    """Two objects of one programme, and a line of another."""
    source = make_expenditure(bureau, "2022-08-29")
    spend(source, unit, 60, 30, **WIFI, object_name="시설비", order=1, disbursed=20)
    spend(source, unit, 40, 10, **WIFI, object_name="사무관리비", order=2, disbursed=5)
    spend(source, unit, 900, 900, account="general", detailed="기본경비", order=3)
    return source


def of(bureau, *lines, as_of=""):
    return linked_lines(snapshot_of(bureau, as_of), {1: lines})[1]


def lines_of(source):
    return [figure.line for figure in source.budgetfigure_set.order_by("line__order")]


def programme_line(unit):
    """A line without an object, of a file that is coarser than the one in force."""
    named = {"account_kind": "general", "detailed": "공공와이파이 조성"}
    return BudgetLine.objects.create(fiscal_year=2022, department=unit, **named)


def test_a_line_stands_with_its_budget_and_execution(bureau, august):
    linked = of(bureau, lines_of(august)[0])
    assert [(line.name, line.current, line.committed, line.disbursed) for line in linked.lines] == [
        ("공공와이파이 조성 › 시설비", 60_000, 30_000, 20_000)
    ]
    assert (linked.rate, linked.unexecuted, linked.as_of) == (50, 30_000, date(2022, 8, 29))


def test_a_programme_is_the_objects_under_it(bureau, unit, august):
    linked = of(bureau, programme_line(unit))
    assert (linked.current, linked.committed, linked.rate) == (100_000, 40_000, 40)
    assert linked.missing == []


def test_a_programme_of_a_code_keeps_its_objects_under_another_name(bureau, unit):
    now = make_expenditure(bureau, "2022-08-29")
    spend(now, unit, 70, 7, account="general", detailed="새 이름", detailed_code="A1", object_name="시설비")
    spend(now, unit, 5, 1, account="general", detailed="옛 이름", detailed_code="B2", object_name="시설비")
    before = make_expenditure(bureau, "2022-03-31")
    coded = spend(before, unit, 9, account="general", detailed="옛 이름", detailed_code="A1").line
    assert of(bureau, coded).current == 70_000


def test_what_two_lines_name_counts_once(bureau, unit, august):
    linked = of(bureau, programme_line(unit), *lines_of(august)[:2])
    assert [line.current for line in linked.lines] == [100_000, 60_000, 40_000]
    assert linked.current == 100_000


def test_an_unknown_execution_stays_unknown(bureau, unit):
    source = make_expenditure(bureau, "2022-08-29", kind="book")
    known, unknown = (
        spend(source, unit, 60, 30, detailed="가").line,
        spend(source, unit, 40, detailed="나").line,
    )
    linked = of(bureau, known, unknown)
    assert (linked.current, linked.committed, linked.rate, linked.unexecuted) == (100_000, None, None, None)
    assert [line.committed for line in linked.lines] == [30_000, None]


def test_the_last_known_execution_stands_with_its_day(bureau, unit, august):
    line = lines_of(august)[0]
    later = make_expenditure(bureau, "2022-09-30")
    spend(later, unit, 80, **WIFI, object_name="시설비")
    linked = of(bureau, line)
    assert (linked.current, linked.committed, linked.rate) == (80_000, 30_000, 50)
    assert linked.days == "2022. 9. 30. 기준, 집행액은 2022. 8. 29. 기준"
    assert linked_table(linked).notes == [
        "※ 집행액과 집행률은 2022. 8. 29. 기준이고, 그 뒤의 집행액은 미제출입니다."
    ]


def test_a_line_that_is_not_in_force_is_named(bureau, unit, august):
    gone = spend(make_expenditure(bureau, "2022-03-31"), unit, 99, 9, detailed="없어진 사업").line
    linked = of(bureau, lines_of(august)[0], gone)
    assert linked.current == 60_000
    assert linked_table(linked).notes == ["※ ‘없어진 사업’ 줄은 이 기준일의 예산자료에 없습니다."]


def test_a_line_of_another_year_is_left_out(bureau, unit, august):
    """Where one of this year is linked beside it, and of a programme that this year has not."""
    book = make_expenditure(bureau, "2021-12-31", 2021, "book")
    last, gone = (
        spend(book, unit, 99, **WIFI | {"detailed": name}).line for name in (WIFI["detailed"], "끝난 사업")
    )
    own = lines_of(august)[0]
    assert [line.line for line in of(bureau, last, own).lines] == [own]
    assert of(bureau, gone).lines == ()
    assert of(bureau, gone).current is None


def test_several_lines_have_their_sum_first(bureau, august):
    table = linked_table(of(bureau, *lines_of(august)[:2]), lambda line: f"/{line.object_name}")
    assert [row.cells[2:5] for row in table.rows] == [
        [100_000, 40_000, 40],
        [60_000, 30_000, 50],
        [40_000, 10_000, 25],
    ]
    assert (table.rows[1].cells[0].href, table.unit) == ("/시설비", "천원, %")


def test_no_lines_ask_nothing(bureau, django_assert_num_queries):
    snapshot = snapshot_of(bureau)
    with django_assert_num_queries(0):
        assert linked_lines(snapshot, {1: []})[1].lines == ()

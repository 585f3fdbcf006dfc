"""A budget without execution never hides what was executed: readers see the last known, with its own day."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from django.db.models import F

from budgets.expenditure import execution, sentences
from budgets.expenditure.filters import ExpenditureChoice
from budgets.expenditure.last_execution import executed_figures
from budgets.models import BudgetFigure
from core import integrity
from core.copying import copy_source
from core.models import ControlTotal, Source
from departments.models import Department
from tests.factories import make_expenditure, make_member, snapshot_of, spend

pytestmark = pytest.mark.django_db

NOTE = "※ 집행액과 집행률은 2022. 8. 29. 기준이고, 그 뒤의 집행액은 미제출입니다."


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")


@pytest.fixture
def without(bureau):
    """The lines of the report as of 2022-11-01, in force, without what was executed."""
    seeded = Source.objects.get(scope="expenditure", fiscal_year=2022)
    copy = copy_source(seeded, date(2022, 11, 1), None)
    BudgetFigure.objects.of(copy).update(committed=None)
    copy.controltotal_set.all().delete()
    Source.objects.filter(pk=copy.pk).update(state="in_force")
    return copy


def summary(bureau, **values):
    return execution.summary(replace(snapshot_of(bureau), **values))


@pytest.mark.engine
def test_the_last_known_execution_stands_with_its_own_day(bureau, without):
    found = summary(bureau)
    assert (found.as_of, found.executed_on) == (date(2022, 11, 1), date(2022, 8, 29))
    assert (found.total.committed, found.pace) == (95_839_631_000, Fraction(241, 365))
    center = found.department("data-center")
    assert (center.committed, center.executed_on) == (25_640_449_000, date(2022, 8, 29))
    assert NOTE in found.notes


def test_the_rate_is_of_the_budget_of_that_day(bureau, without):
    row = BudgetFigure.objects.of(without).filter(line__department__slug="data-center").first()
    row.current += 10_000_000_000
    row.save()
    before = execution.summary(snapshot_of(bureau, "2022-08-29")).department("data-center")
    after = summary(bureau).department("data-center")
    assert after.current - before.current == 10_000_000_000
    assert (after.rate, after.unexecuted) == (before.rate, before.unexecuted)


def test_execution_is_within_the_budget_of_its_own_day(bureau, without):
    """A budget that was cut since then is no reason to doubt it."""
    BudgetFigure.objects.of(without).filter(line__department__slug="data-center").update(current=1_000)
    found = {
        finding.id: finding for finding in integrity.run(snapshot_of(bureau), ["revenue", "expenditure"])
    }
    assert found["expenditure.within/data-center"].level is integrity.Level.HOLDS


def test_each_row_is_held_against_the_pace_of_its_own_day(bureau, without):
    """66.9% of August is ahead of its 66.0%, though not of November's 83.6%."""
    center = BudgetFigure.objects.of(without).filter(line__department__slug="data-center")
    center.update(committed=F("current"))
    found = summary(bureau)
    behind = [row.label for row in found.departments if found.is_behind(row)]
    assert found.pace == Fraction(305, 365)
    assert behind == ["정보통신보안담당관"]
    assert "8개 부서 가운데 7곳이 진도선 이상이고" in sentences.table_sentence(found)
    shown = ExpenditureChoice(pace="behind").narrow(found)
    assert [row.label for row in shown.departments] == behind


def test_two_deliveries_of_one_day_tell_their_own_divisions(bureau, without):
    units = [Department.objects.get(slug=slug) for slug in ("data-center", "big-data")]
    for committed, unit in enumerate(units, 1):
        source = make_expenditure(bureau, "2022-10-01", department=unit)
        spend(source, unit, 100, committed, detailed="새 사업")
    found, snapshot = summary(bureau), snapshot_of(bureau)
    for committed, unit in enumerate(units, 1):
        own = BudgetFigure.objects.of(without).filter(line__department=unit)
        figures = executed_figures(found.department(unit.slug), own, execution.told_earlier(snapshot), {})
        assert [figure.committed for figure in figures] == [committed * 1_000]


@pytest.fixture
def both(bureau):
    """Two deliveries of one division and day: the later received has the budget of three lines and the execution of the first, the
    earlier that of both that it has."""
    unit = Department.objects.get(slug="data-center")
    for received, figures in (
        ("2022-09-30", {"가": (100, 40), "나": (100, 30)}),
        ("2022-10-01", {"가": (120, 50), "나": (130, None), "다": (50, None)}),
    ):
        source = make_expenditure(bureau, "2022-09-30", department=unit, received=received)
        for name, (current, committed) in figures.items():
            spend(source, unit, current, committed, policy=name, account="general")
    return source


def test_of_two_deliveries_of_one_day_every_page_tells_one_execution(manager_client, bureau, both):
    """That of the earlier received, for all of the account: the later does not know all of it. Nothing is called of an earlier day."""
    found = summary(bureau).department("data-center")
    assert (found.current, found.committed, found.budget_executed) == (300_000, 70_000, 200_000)
    page = manager_client.get("/budgets/expenditure/data-center/")
    values = {
        name: [[getattr(cell, "value", cell) for cell in row.cells] for row in table.rows]
        for name, table in page.context["tables"].items()
    }
    assert [row[:3] for row in values["programmes"]] == [
        ["계", 300_000, 70_000],
        ["가", 120_000, 40_000],
        ["나", 130_000, 30_000],
        ["다", 50_000, None],
    ]
    assert [row[3:5] for row in values["lines"]] == [[120_000, 40_000], [130_000, 30_000], [50_000, None]]
    assert "그 뒤의 집행액은 미제출" not in page.content.decode()
    assert (
        "집행(원인행위)했습니다"
        in manager_client.get(page.request["PATH_INFO"], {"policy": "가"}).context["lead"]
    )
    crossed, _ = cells(manager_client, rows="policy", measure="committed")
    assert [crossed[name][0] for name in "가나다"] == [40_000, 30_000, 0]
    response = manager_client.get(page.request["PATH_INFO"], {"download": "lines", "format": "csv"})
    head, *rows = rows_of(b"".join(response.streaming_content), "csv")
    place = head.index("원인행위액")
    assert [row[place] for row in rows] == ["40", "30", ""]
    content = manager_client.get("/search/?q=가 데이터센터").content.decode()
    assert "예산현액 120천원, 집행액 40천원" in content


def test_of_two_deliveries_of_one_day_the_later_received_counts(staff_client, bureau, both):
    """On every page, where it knows all, too; also where the earlier received was written later."""
    BudgetFigure.objects.of(both).update(committed=10_000)
    Source.objects.filter(pk=both.pk - 1).update(received_at="2022-10-02T00:00Z")
    assert summary(bureau).department("data-center").committed == 70_000
    Source.objects.filter(pk=both.pk - 1).update(received_at="2022-09-30T00:00Z")
    assert summary(bureau).department("data-center").committed == 30_000
    tables = staff_client.get("/budgets/expenditure/data-center/").context["tables"]
    assert [getattr(cell, "value", cell) for cell in tables["programmes"].rows[0].cells[:3]] == [
        "계",
        300_000,
        30_000,
    ]


@pytest.mark.engine
def test_a_report_tells_only_what_was_executed_after_the_one_before(bureau, without):
    found = summary(bureau, executed_after=date(2022, 8, 29))
    assert (found.total.committed, found.total.rate, found.executed_on) == (None, None, None)
    assert found.total.current == 143_204_842_000
    assert NOTE not in found.notes
    alone = summary(bureau, executed_after=date(2022, 8, 1))
    assert alone.total.committed == 95_839_631_000


def test_of_a_division_that_is_filled_the_others_keep_theirs(bureau, without):
    """Amounts of two days are not added up."""
    center = BudgetFigure.objects.of(without).filter(line__department__slug="data-center")
    center.update(committed=1_000)
    found = summary(bureau)
    assert found.department("data-center").executed_on is None
    assert found.department("ict-security").executed_on == date(2022, 8, 29)
    assert (found.total.committed, found.total.rate) == (None, None)
    assert any("미제출입니다(" in note for note in found.notes)
    assert "집행액은 기준일이 달라 더하지 않았습니다" in sentences.lead(found)


@pytest.fixture
def september(bureau):
    """An execution file of one division, a month after the report: 40 % executed."""
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-09-30", department=unit)
    spend(source, unit, 46_706_677, 32_694_674)
    return source


def test_a_division_of_an_older_delivery_keeps_its_own_day_and_pace(bureau, september):
    """70.0% of September is behind its 74.8%, 75.2% of August ahead of its 66.0%."""
    found = summary(bureau)
    rows = {row.slug: row for row in found.departments}
    older = [row.slug for row in found.departments if row.executed_on == date(2022, 8, 29)]
    assert (len(older), rows["data-center"].executed_on) == (7, None)
    assert found.pace_of(rows["data-center"]) == Fraction(273, 365)
    assert found.pace_of(rows["ict-security"]) == Fraction(241, 365)
    assert found.is_behind(rows["data-center"])
    assert "예산과 집행액은 2022. 8. 29. 기준입니다." in "".join(found.notes)


def test_a_sum_of_two_days_says_so_and_is_held_against_no_pace(staff_client, bureau, september):
    found = summary(bureau)
    assert found.total.is_mixed
    assert found.gap(found.total) is None
    assert "기준일이 다른 집행액을 더하면" in sentences.lead(found)
    home = staff_client.get("/").content.decode()
    assert "기준일이 다른 집행액을 더함" in home
    assert "진도차 -" not in home


def test_a_rate_is_coloured_by_the_pace_of_its_own_day(staff_client, bureau, september):
    """A division of August at 70 % stands ahead of its own line, under a page of September's 74.8 %."""
    ahead = BudgetFigure.objects.filter(
        source__as_of=date(2022, 8, 29), line__department__slug="ict-security", line__fiscal_year=2022
    )
    ahead.update(committed=F("current") * 7 / 10)
    ControlTotal.objects.filter(subject__startswith="ict-security").delete()
    table = staff_client.get("/budgets/expenditure/").context["tables"]["expenditure"]
    shown = {row.cells[0].text: row.cells[6] for row in table.body}
    assert "warn" not in shown["정보통신보안담당관"].css
    assert "warn" in shown["데이터센터"].css
    assert "warn" not in shown["계"].css


@pytest.mark.parametrize("address", ["/", "/budgets/expenditure/", "/departments/data-center/"])
def test_readers_pages_say_the_day(staff_client, without, address):
    content = staff_client.get(address).content.decode()
    assert "2022. 8. 29." in content
    assert "미제출" in content
    assert "25,640,449" in content


def test_the_lines_of_a_division_say_the_day(staff_client, bureau):
    """By programme and by line, under a later budget without execution."""
    unit = Department.objects.get(slug="data-center")
    for as_of, committed in (("2022-09-30", 40), ("2022-10-31", None)):
        source = make_expenditure(bureau, as_of, department=unit)
        for name in ("가", "나"):
            spend(source, unit, 100, committed, account="general", policy=name)
    page = staff_client.get("/budgets/expenditure/data-center/")
    tables = page.context["tables"]
    values = [[getattr(cell, "value", cell) for cell in row.cells] for row in tables["lines"].rows]
    assert [row[4:6] for row in values] == [[40_000, 40], [40_000, 40]]
    assert "2022. 9. 30. 기준" in tables["lines"].notes[0]
    values = [[getattr(cell, "value", cell) for cell in row.cells] for row in tables["programmes"].rows]
    assert [row[:3] for row in values] == [
        ["계", 200_000, 80_000],
        ["가", 100_000, 40_000],
        ["나", 100_000, 40_000],
    ]
    drilled = staff_client.get("/budgets/expenditure/data-center/?policy=가").content.decode()
    assert "40.0%" in drilled


def test_a_programme_of_which_a_line_is_unknown_is_unknown(seeded, bureau, client):
    """Not the sum of those that are known."""
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-10-31", department=unit)
    for name, committed in (("시설비", 40), ("사무관리비", None)):
        spend(source, unit, 100, committed, detailed="망 운영", object_name=name)
    rows = list(BudgetFigure.objects.of(source).by_programme())
    assert [(row["total_current"], row["total_committed"]) for row in rows] == [(200_000, None)]
    client.force_login(make_member("열람"))
    content = client.get("/search/?q=망 운영").content.decode()
    assert "예산현액 200천원" in content
    assert "집행액 40천원" not in content


CROSS_TAB = "/budgets/cross-tab/"


def cells(client, **query):
    table = client.get(CROSS_TAB, query).context["tables"]["cross-tab"]
    return {row.cells[0].value: [cell.value for cell in row.cells[1:]] for row in table.rows}, table.notes


@pytest.mark.parametrize("measure", ["committed", "rate", "unexecuted"])
def test_the_cross_tab_has_the_last_known_execution(staff_client, bureau, without, measure):
    """As the expenditure page has it, with its day beside the figures."""
    before, _ = cells(staff_client, measure=measure, as_of="2022-08-29")
    before["계"][0] = {"committed": 95_839_631_000}.get(measure, before["계"][0])  # printed: 1천원 more
    BudgetFigure.objects.of(without).filter(line__department__slug="data-center").update(
        current=F("current") + 1_000_000
    )
    after, notes = cells(staff_client, measure=measure)
    if measure != "rate":  # which the report prints
        assert after == before
    total = execution.summary(snapshot_of(bureau)).total
    wanted = {"committed": total.committed, "rate": total.rate, "unexecuted": total.unexecuted}
    assert after["계"][0] == wanted[measure]
    assert NOTE in notes
    assert "2022. 8. 29. 기준 집행" in staff_client.get(CROSS_TAB, {"measure": measure}).content.decode()


@pytest.mark.engine
def test_the_cross_tab_adds_no_amounts_of_two_days(staff_client, bureau, without):
    center = BudgetFigure.objects.of(without).filter(line__department__slug="data-center")
    center.update(committed=1_000)
    found, notes = cells(staff_client, measure="committed")
    assert found["데이터센터"][0] == 1_000
    assert found["정보통신보안담당관"][0] == 19_056_893_000
    assert found["계"][0] is None
    assert "※ 기준일이 다른 집행액은 더하지 않고 칸과 합계를 비워 두었습니다." in notes


def test_the_cross_tab_says_where_it_adds_two_deliveries(staff_client, september):
    found, notes = cells(staff_client, measure="committed")
    assert found["계"][0] is not None
    assert any("예산과 집행액은 2022. 8. 29. 기준입니다." in note for note in notes)


def test_a_programme_that_is_new_since_takes_nothing_from_the_sum(staff_client, bureau):
    """What an account had executed on the day stays whole, with programmes that are no more and without those that came."""
    unit = Department.objects.get(slug="data-center")
    august = make_expenditure(bureau, "2022-09-30", department=unit)
    for name in ("가", "나"):
        spend(august, unit, 100, 40, policy=name)
    later = make_expenditure(bureau, "2022-10-31", department=unit)
    for name in ("가", "다"):
        spend(later, unit, 200, policy=name)
    found, _ = cells(staff_client, rows="policy", measure="committed")
    assert [found[name][0] for name in "가나다"] == [40_000, 40_000, 0]
    rates, _ = cells(staff_client, rows="policy", measure="rate")
    assert [rates[name][0] for name in "가나다"] == [40, 40, None]


def test_search_tells_the_last_known_execution_with_its_day(client, bureau):
    unit = Department.objects.get(slug="data-center")
    for as_of, committed in (("2022-09-30", 40), ("2022-10-31", None)):
        spend(make_expenditure(bureau, as_of, department=unit), unit, 100, committed, detailed="망 운영")
    client.force_login(make_member("열람"))
    content = client.get("/search/?q=망 운영").content.decode()
    assert "예산현액 100천원, 집행액 40천원(2022. 9. 30. 기준)" in content


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_file_of_all_lines_has_the_last_known_execution(manager_client, bureau, file_format):
    unit = Department.objects.get(slug="data-center")
    for as_of, committed in (("2022-09-30", 40), ("2022-10-31", None)):
        source = make_expenditure(bureau, as_of, department=unit)
        spend(source, unit, 100 if committed else 200, committed, account="general", policy="가")
    query = {"download": "lines", "format": file_format}
    response = manager_client.get("/budgets/expenditure/data-center/", query)
    head, row = rows_of(b"".join(response.streaming_content), file_format)
    found = dict(zip(head, row, strict=True))
    assert [int(found[name]) for name in ("예산현액", "원인행위액")] == [200, 40]
    assert float(found["집행률 (원인행위)"]) == 40
    assert str(found["집행 기준일"]).startswith("2022. 9. 30.")


def rows_of(content, file_format):
    """The head and the rows of a downloaded file, without what stands above them."""
    if file_format == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    first = next(place for place, row in enumerate(rows) if row and "회계" in str(row[0]))
    return [[re.sub(r"\((천원|%)\)$", "", str(name)) for name in rows[first]], *rows[first + 1 :]]

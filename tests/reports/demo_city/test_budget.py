"""Monthly execution and revenue of the demonstration city."""

from django.db.models import Sum

from budgets.models import BudgetFigure, BudgetLine, RevenueFigure
from core.models import ControlTotal, ImportedRows, Source

SLUG = "demonstration-city-001"


def test_each_month_has_every_line(city):
    months = Source.objects.filter(bureau__slug=SLUG, scope="expenditure").order_by("as_of")
    assert [str(source.as_of) for source in months][::11] == ["2022-01-31", "2022-12-31"]
    assert {source.budgetfigure_set.count() for source in months} == {20}
    assert BudgetLine.objects.filter(department__slug__startswith=SLUG).count() == 20


def test_a_line_is_named_down_to_its_object(city):
    line = BudgetLine.objects.filter(department__slug=f"{SLUG}-01").order_by("order")[0]
    assert (line.programme, line.object_name) == (
        "대변인정책 시민 생활 기반 강화 › 대변인정책 기반 확충 › 대변인정책 생활권 개선",
        "사무관리비",
    )


def test_execution_grows_and_the_printed_total_holds(city):
    of_bureau = BudgetFigure.objects.filter(source__bureau__slug=SLUG)
    sums = of_bureau.values("source__as_of").order_by("source__as_of")
    spent = [row["spent"] for row in sums.annotate(spent=Sum("committed"))]
    assert spent == sorted(spent) and len(set(spent)) == 12
    whole = of_bureau.filter(source__as_of="2022-12-31").aggregate(whole=Sum("current"))["whole"]
    total = ControlTotal.objects.get(source__bureau__slug=SLUG, source__as_of="2022-12-31")
    assert total.value == whole and total.printed == f"{whole // 1000:,}"


def test_values_of_each_month_are_kept_as_those_of_a_file(city):
    assert set(ImportedRows.objects.values_list("rows", flat=True)) == {40}  # figures and their lines
    assert ImportedRows.objects.count() == 24


def test_revenue_is_of_this_year_and_the_one_before(city):
    rows = RevenueFigure.objects.filter(source__bureau__slug=SLUG, source__as_of="2022-08-31")
    assert sorted(set(rows.values_list("fiscal_year", flat=True))) == [2021, 2022]
    assert rows.count() == 16

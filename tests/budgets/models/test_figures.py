import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from budgets.models import BudgetFigure, BudgetLine, RevenueFigure, RevenueItem
from budgets.models.querysets import LINE_NAMES
from core.models import Source
from departments.models import Department

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    ("model", "name", "message"),
    [
        (
            RevenueFigure,
            "revenue_once_per_item_and_year",
            "세입액의 자료, 과목 또한 회계연도 은/는 이미 존재합니다.",
        ),
        (
            BudgetLine,
            "budget_line_natural_key",
            "회계연도, 부서와 회계구분부터 통계목까지가 모두 같은 줄이 이미 있습니다.",
        ),
        (
            BudgetFigure,
            "budget_figure_once_per_line",
            "세출 예산액·집행액의 자료 또한 예산 줄 은/는 이미 존재합니다.",
        ),
    ],
)
def test_what_is_unique_holds_in_the_database_and_in_words(seeded, model, name, message):
    row = model.objects.order_by("pk").first()
    row.pk = None
    row._state.adding = True
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with connection.cursor() as cursor:
        assert connection.introspection.get_constraints(cursor, row._meta.db_table)[name]["unique"]


def test_lines_are_told_apart_by_all_of_their_names():
    constraint = next(own for own in BudgetLine._meta.constraints if own.name == "budget_line_natural_key")
    assert sorted(constraint.fields) == sorted(["fiscal_year", "department", *LINE_NAMES])


def test_an_item_is_not_under_itself(seeded):
    item = RevenueItem.objects.get(slug="subsidies")
    item.parent = item
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    assert refused.value.messages == ["과목을 자기 자신의 아래에 둘 수 없습니다."]
    with pytest.raises(IntegrityError, match="revenue_item_not_under_itself"), transaction.atomic():
        item.save()


def test_an_item_is_not_under_one_that_is_under_it(seeded):
    below = RevenueItem.objects.exclude(parent=None).first()
    item = below.parent
    item.parent = below
    with pytest.raises(ValidationError) as refused:
        item.full_clean()
    assert refused.value.messages == ["과목을 자기 자신의 아래에 둘 수 없습니다."]
    RevenueItem.objects.filter(pk=item.pk).update(parent=below)  # past clean
    below.refresh_from_db()
    RevenueItem(slug="new", name="새 과목", parent=below).full_clean()  # no endless walk


@pytest.mark.parametrize("model", [RevenueFigure, BudgetFigure])
def test_figures_belong_to_a_source_of_their_scope(seeded, model):
    figure = model.objects.first()
    figure.source = Source.objects.filter(scope="staffing").first()
    with pytest.raises(ValidationError, match="범위의 자료를 고르십시오"):
        figure.full_clean()


def test_absent_parts_of_a_line_are_empty_and_never_null(seeded):
    unit = Department.objects.get(slug="data-center")
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.create(fiscal_year=2022, department=unit, account_name=None)
    line = BudgetLine.objects.create(fiscal_year=2030, department=unit)
    assert line.natural_key() == (2030, "data-center", "", "", "", "", "", "", "", "")


def test_a_unit_with_a_budget_is_protected(seeded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.get(slug="data-center").delete()


def test_figures_say_what_they_are(seeded):
    figure = BudgetFigure.objects.get(
        line__department__slug="ict-security", line__account_kind="special", line__fiscal_year=2022
    )
    assert str(figure) == "2022 정보통신보안담당관 특별회계 10,764,413,000원"
    assert figure.unexecuted == 8_796_138_000
    assert BudgetFigure(current=1).unexecuted is None
    assert str(RevenueFigure.objects.get(item__slug="subsidies", fiscal_year=2022)) == "보조금 2022"
    assert str(RevenueItem.objects.get(slug="subsidies")) == "보조금"

"""Amounts as people type them, in 천원 or 백만원, and as the database keeps them, in 원."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.models import BudgetFigure
from core.admin.amount_fields import AmountField, shown, written
from core.models import ControlTotal
from projects.models import Brief, Funding
from tests.audit import records_of
from tests.forms import sent

THOUSAND, MILLION = 1_000, 1_000_000


@pytest.mark.parametrize(
    ("typed", "unit", "won"),
    [
        ("1,234", THOUSAND, 1_234_000),
        ("△1,234", THOUSAND, -1_234_000),
        ("(1,234)", THOUSAND, -1_234_000),
        ("-1,234", THOUSAND, -1_234_000),
        ("１,２３４", THOUSAND, 1_234_000),
        ("0", THOUSAND, 0),
        ("-", THOUSAND, 0),
        ("", THOUSAND, None),
        ("8,617", MILLION, 8_617_000_000),
        ("8,617.001", MILLION, 8_617_001_000),
        ("0.001", THOUSAND, 1),
        ("9,223,372,036,854,775.807", THOUSAND, 9_223_372_036_854_775_807),
    ],
)
def test_what_is_typed_becomes_won(typed, unit, won):
    assert AmountField(unit=unit, required=False).clean(typed) == won


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("천만", "‘천만’은 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."),
        ("▲12", "▲는 증가인지 감소인지 알 수 없습니다. 감소는 △로, 증가는 기호 없이 적어 주세요."),
        ("1,2345", "‘1,2345’는 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."),
        ("0.0001", "1원보다 작은 값은 적을 수 없습니다."),
        ("9,223,372,036,854,775.808", "금액이 너무 큽니다. 단위를 확인해 주세요."),
        ("NaN", "‘NaN’은 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed, told):
    with pytest.raises(ValidationError) as refused:
        AmountField(unit=THOUSAND).clean(typed)
    assert refused.value.messages == [told]


@pytest.mark.parametrize(
    ("won", "unit", "text"),
    [
        (143_204_842_000, THOUSAND, "143,204,842"),
        (-1_234_000, THOUSAND, "△1,234"),
        (8_617_001_000, MILLION, "8,617.001"),
        (0, THOUSAND, "0"),
        (1, THOUSAND, "0.001"),
        (Decimal("66.90"), 1, "66.9"),
        (Decimal("100.00"), 1, "100"),
    ],
)
def test_every_digit_is_shown_to_be_edited(won, unit, text):
    assert written(won, unit) == text
    assert AmountField(unit=unit, decimals=2).clean(text) == won


def test_lists_show_it_rounded_as_tables_do():
    assert shown(8_617_501_000, MILLION) == "8,618"
    assert shown(-8_617_501_000, MILLION) == "△8,618"
    assert shown(0, THOUSAND) == shown(None, THOUSAND) == "-"


def test_what_is_sent_back_as_it_was_is_no_change():
    field = AmountField(unit=MILLION)
    assert not field.has_changed(8_617_001_000, "8,617.001")
    assert field.has_changed(8_617_001_000, "8,617.002")
    assert not AmountField(unit=THOUSAND, required=False).has_changed(None, "")


def form_of(client, instance):
    response = client.get(
        f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/change/"
    )
    return response, response.context["adminform"].form


def test_forms_show_the_unit_of_their_tables(admin_client, seeded):
    brief, line = (
        Brief.objects.get(number=1),
        BudgetFigure.objects.get(line__department__slug="data-center", line__fiscal_year=2022),
    )
    for instance, name, text, unit in (
        (brief, "budget", "8,617", "백만원"),
        (line, "current", "46,706,677", "천원"),
    ):
        _, form = form_of(admin_client, instance)
        assert f'value="{text}"' in str(form[name])
        assert f'<span class="unit">{unit}</span>' in str(form[name])
    assert form.fields["current"].label == "예산현액(최종예산)"


def test_an_amount_is_saved_in_won_and_refused_at_its_field(admin_client, seeded):
    funding = Funding.objects.first()
    address = f"/admin/projects/funding/{funding.pk}/change/"
    sent = {
        "brief": funding.brief_id,
        "order": funding.order,
        "name": funding.name,
        "printed": funding.printed,
    }
    _, form = form_of(admin_client, funding)
    response = admin_client.post(address, sent | {"amount": "△1,234.5"})
    assert response.status_code == 302
    funding.refresh_from_db()
    assert funding.amount == -1_234_500_000
    refused = admin_client.post(address, sent | {"amount": "약 12"})
    assert refused.context["adminform"].form.errors == {
        "amount": ["‘약 12’는 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."]
    }


@pytest.mark.parametrize(
    ("measure", "subject", "text", "unit", "listed"),
    [
        ("current_budget", "temporary-non-tax-revenue", "954,794", "천원", "954,794천원"),
        ("authorized", "", "266", "명", "266명"),
        ("variance", "", "△8", "명", "△8명"),
        ("teams", "", "27", "팀", "27팀"),
    ],
)
def test_a_printed_total_is_typed_in_the_unit_of_its_measure(
    admin_client, seeded, measure, subject, text, unit, listed
):
    total = (
        ControlTotal.objects.filter(measure=measure, subject=subject, source__as_of="2022-08-29")
        .order_by("-fiscal_year")
        .first()
    )
    _, form = form_of(admin_client, total)
    assert f'value="{text}"' in str(form["value"])
    assert f'<span class="unit">{unit}</span>' in str(form["value"])
    page = admin_client.get(f"/admin/core/controltotal/?measure__exact={measure}&q=").content.decode()
    assert f">{listed}</td>" in page


def test_figures_are_edited_in_the_list(admin_client, seeded):
    address = "/admin/budgets/budgetfigure/"
    page = admin_client.get(address)
    figure = BudgetFigure.objects.get(line__department__slug="data-center", line__fiscal_year=2022)
    row = next(form for form in page.context["cl"].formset if form.instance.pk == figure.pk)
    data = sent(page, "changelist-form")
    assert data[row.add_prefix("current")] == ["46,706,677"]
    admin_client.post(address, data | {row.add_prefix("current"): "46,706,678", "_save": "저장"})
    figure.refresh_from_db()
    assert (figure.current, figure.committed, figure.disbursed) == (46_706_678_000, 25_640_449_000, None)
    assert records_of(BudgetFigure).filter(kind="changed").count() == 1  # the other rows are left alone

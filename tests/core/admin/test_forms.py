"""Every form of admin: what it shows, sent back as it is, changes nothing; the parts in it are of a bounded number and cost."""

from decimal import Decimal

import pytest

from core.admin.sources import MOST_ROWS
from core.models import Source
from departments.models import Placement, Staffing
from projects.models import Brief, Indicator, Measurement, Milestone
from tests.audit import RESTORABLE, records_of
from tests.factories import make_member
from tests.forms import plain, sent
from tests.samples import each

MODELS = [model for model in RESTORABLE if model._meta.label_lower != "departments.user"]


def address(instance):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/change/"


def histories():
    return {model._meta.label: records_of(model).count() for model in RESTORABLE}


@pytest.mark.parametrize("model", each(4, MODELS), ids=lambda model: model._meta.label_lower)
def test_a_form_sent_back_as_it_is_changes_nothing(admin_client, seeded, model):
    before = histories()
    for instance in model.objects.order_by("pk")[:2]:
        page = admin_client.get(address(instance))
        response = admin_client.post(address(instance), sent(page, f"{model._meta.model_name}_form"))
        assert response.status_code == 302, response.context["errors"]
    assert histories() == before


@pytest.mark.parametrize("scope", each(2, Source.Scope))
def test_a_source_shows_its_facts_and_none_of_another_scope(admin_client, seeded, scope):
    source = Source.objects.filter(scope=scope).order_by("-as_of").first()
    page = admin_client.get(address(source))
    shown = {formset.formset.model._meta.model_name for formset in page.context["inline_admin_formsets"]}
    expected = {
        "organisation": {"placement", "foundationprofile", "controltotal"},
        "duties": {"duty", "controltotal"},
        "staffing": {"staffing", "controltotal"},
        "revenue": {"revenuefigure", "controltotal"},
        "expenditure": {"budgetfigure", "controltotal"},
    }
    assert shown == expected.get(scope, {"controltotal"})


def test_too_many_facts_for_a_form_are_a_list(admin_client, seeded):
    source = Source.objects.get(scope="duties")
    unit = Staffing.objects.first().department
    source.duty_set.model.objects.bulk_create(
        [
            source.duty_set.model(source=source, department=unit, order=1000 + number, text="늘어난 업무")
            for number in range(MOST_ROWS)
        ]
    )
    page = admin_client.get(address(source))
    assert "duty" not in {
        formset.formset.model._meta.model_name for formset in page.context["inline_admin_formsets"]
    }
    assert (
        f'<a href="/admin/departments/duty/?source__id__exact={source.pk}">주요업무 135건</a>'
        in page.content.decode()
    )


def test_a_source_of_many_facts_costs_no_query_a_row(admin_client, seeded, django_assert_max_num_queries):
    source = Source.objects.get(scope="organisation", as_of="2022-08-29")
    assert Placement.objects.of(source).count() == 28
    with django_assert_max_num_queries(54):  # 21 of them for the facts that its texts speak of
        admin_client.get(address(source))


def test_a_brief_is_edited_with_its_people_money_and_milestones(
    admin_client, seeded, django_assert_max_num_queries
):
    brief = Brief.objects.get(number=1)
    with django_assert_max_num_queries(54):  # 22 of them for the facts that its texts speak of
        page = admin_client.get(address(brief))
    data = sent(page, "brief_form")
    assert data["milestones-TOTAL_FORMS"] == [str(brief.milestones.count())]
    first = brief.milestones.first()
    admin_client.post(address(brief), data | {"milestones-0-title": "고친 제목", "change_reason": "오기"})
    newest = records_of(Milestone).first()
    assert (newest.object_id, newest.after["title"], newest.reason) == (first.pk, "고친 제목", "오기")


def test_an_indicator_has_its_measurements(admin_client, seeded):
    indicator = Indicator.objects.filter(measurements__isnull=False).first()
    page = admin_client.get(address(indicator))
    assert [formset.formset.model._meta.model_name for formset in page.context["inline_admin_formsets"]] == [
        "measurement",
        "target",
    ]


def test_the_state_of_a_source_is_not_typed(admin_client, seeded):
    source = Source.objects.get(scope="glossary")
    page = admin_client.get(address(source))
    data = sent(page, "source_form")
    assert "state" not in data
    admin_client.post(address(source), data | {"state": "withdrawn"})
    source.refresh_from_db()
    assert source.state == Source.State.IN_FORCE


@pytest.mark.parametrize(
    ("typed", "kept"), [("28,006", "28006"), ("△1.5", "-1.5"), ("(1,234)", "-1234"), ("0.1234", "0.1234")]
)
def test_a_measurement_is_typed_as_amounts_are(admin_client, seeded, typed, kept):
    measurement = Measurement.objects.get(printed="28,006대")
    address = f"/admin/projects/measurement/{measurement.pk}/change/"
    form = plain(sent(admin_client.get(address), "measurement_form"))
    assert form["value"] == "28,006"
    assert admin_client.post(address, form | {"value": typed}).status_code == 302
    measurement.refresh_from_db()
    assert measurement.value == Decimal(kept)


@pytest.mark.parametrize("typed", ["1.23456", "많음", "1" * 17])
def test_what_is_no_such_number_is_refused(admin_client, seeded, typed):
    measurement = Measurement.objects.get(printed="28,006대")
    address = f"/admin/projects/measurement/{measurement.pk}/change/"
    response = admin_client.post(
        address, plain(sent(admin_client.get(address), "measurement_form")) | {"value": typed}
    )
    assert response.status_code == 200 and response.context["adminform"].form.errors["value"]


def test_a_list_that_is_edited_in_place_takes_a_reason(admin_client, seeded):
    address = "/admin/departments/staffing/"
    form = plain(sent(admin_client.get(address), "changelist-form"))
    row = Staffing.objects.get(pk=form["form-0-id"])
    admin_client.post(
        address, form | {"form-0-authorized": row.authorized + 1, "change_reason": "정원 조정", "_save": "1"}
    )
    assert records_of(Staffing).filter(object_id=row.pk).first().reason == "정원 조정"


def test_a_source_counts_what_one_may_see(client, seeded):
    client.force_login(make_member("부서 담당", unit="digital-policy"))
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    assert "인력 1건" in client.get(f"/admin/core/source/{source.pk}/change/").content.decode()

"""Improbable values are asked about once, saved on confirmation, and told of in files."""

import pytest

from core.plausibility.rules import doubts
from departments.models import Staffing
from projects.models import Contact, Measurement, Target
from tests.core.import_export.test_resources import bring
from tests.factories import make_member, series_field
from tests.forms import plain, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client, seeded):
    client.force_login(make_member("기획 담당", unit="digital-policy-bureau"))
    return client


def staffing():
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


def heads(row):
    return sum(row.counts.values_list("count", flat=True))


def test_improbable_heads_are_asked_about_and_saved_on_confirmation(planner):
    page, field = f"/admin/departments/staffing/{staffing().pk}/change/", series_field("일반직")
    fields = plain(sent(planner.get(page), "staffing_form")) | {field: "500"}
    asked = planner.post(page, fields)
    assert asked.status_code == 200
    assert "정원은 69명입니다." in asked.content.decode()
    assert heads(staffing()) < 100
    again = plain(sent(asked, "staffing_form"))
    assert "confirmed_doubts" not in again
    (box,) = [asked.context["request"].page_doubts.token]
    assert planner.post(page, again | {"confirmed_doubts": box}).status_code == 302
    assert heads(staffing()) >= 500


def test_confirmation_of_one_doubt_is_not_one_of_another(planner):
    page, field = f"/admin/departments/staffing/{staffing().pk}/change/", series_field("일반직")
    fields = plain(sent(planner.get(page), "staffing_form")) | {field: "500"}
    box = planner.post(page, fields).context["request"].page_doubts.token
    assert planner.post(page, fields | {field: "5000", "confirmed_doubts": box}).status_code == 200


def test_row_of_an_inline_is_asked_about(planner):
    contact = Contact.objects.filter(brief__source__state="in_force").first()
    page = f"/admin/projects/brief/{contact.brief_id}/change/"
    fields = plain(sent(planner.get(page), "brief_form")) | {"contacts-0-phone": "나중에"}
    asked = planner.post(page, fields)
    assert "전화 ‘나중에’는 전화번호로 보이지 않습니다." in asked.content.decode()
    box = asked.context["request"].page_doubts.token
    assert planner.post(page, fields | {"confirmed_doubts": box}).status_code == 302
    assert Contact.objects.filter(brief=contact.brief_id, phone="나중에").count() == 1


def test_what_nobody_touched_is_not_asked_about(planner):
    target = Target.objects.filter(source__state="in_force").first()
    Target.objects.filter(pk=target.pk).update(due="1999")
    page = f"/admin/projects/target/{target.pk}/change/"
    fields = plain(sent(planner.get(page), "target_form"))
    assert planner.post(page, fields).status_code == 302
    assert "보다 앞섭니다" in planner.post(page, fields | {"place": "다른 곳"}).content.decode()


def test_file_tells_of_improbable_rows_and_takes_them(seeded):
    row = staffing()
    result = bring(Staffing, ["자료", "부서", "정원"], [row.source.slug, "data-center", 6900])
    assert result.problems == []
    assert result.doubts == [
        f"2행: 정원이 6,900명인데 현원은 {heads(row):,}명입니다.",
        "2행: 정원 6,900명: 지난 보고(2020. 1. 31.)에는 64명입니다. 자릿수가 틀린 것이 아닌지 확인하십시오.",
    ]
    assert staffing().authorized == 6900


def test_seeded_report_is_plausible_but_for_two_dates_of_its_own(seeded):
    said = {
        sentence
        for model in (Staffing, Contact, Measurement, Target)
        for row in model.objects.all()
        for sentence in doubts(row)
    }
    assert said == {
        "값의 때(2022. 8. 31.)가 자료의 기준일(2022. 8. 29.)보다 뒤입니다.",
        "값의 때(2022. 9. 27.)가 자료의 기준일(2022. 8. 29.)보다 뒤입니다.",
    }

import pytest

from core.models import ControlTotal
from departments.models import Staffing

pytestmark = pytest.mark.django_db


def save(client, instance, **values):
    from django.forms import model_to_dict

    form = {name: value for name, value in {**model_to_dict(instance), **values}.items() if value is not None}
    url = f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/change/"
    response = client.post(url, form, follow=True)
    assert response.redirect_chain, response.context["adminform"].form.errors
    return [str(message) for message in response.context["messages"]]


def test_a_save_says_what_it_broke_and_what_it_mended(admin_client, seeded):
    row = Staffing.objects.get(
        source__slug="digital-policy/2022-08-29/staffing", department__slug="data-center"
    )
    told = save(admin_client, row, authorized=70)
    assert sorted(text for text in told if "맞지 않는 값" in text) == [
        '맞지 않는 값이 있습니다. 과부족 계: 과부족 계 = 부서 8곳의 합 <a href="/integrity/?as_of=2022-08-29&amp;bureau=digital-policy-bureau">자료 점검</a>',
        '맞지 않는 값이 있습니다. 데이터센터: 과부족 = 현원 − 정원 <a href="/integrity/?as_of=2022-08-29&amp;bureau=digital-policy-bureau">자료 점검</a>',
        '맞지 않는 값이 있습니다. 정원 계: 정원 계 = 부서 8곳의 합 <a href="/integrity/?as_of=2022-08-29&amp;bureau=digital-policy-bureau">자료 점검</a>',
    ]
    told = save(admin_client, Staffing.objects.get(pk=row.pk), authorized=69)
    assert "맞지 않던 값 3건이 풀렸습니다." in told


def test_a_printed_total_is_held_against_the_facts_of_every_app(admin_client, seeded):
    total = ControlTotal.objects.get(
        source__slug="digital-policy/2022-08-29/staffing", measure="authorized", subject=""
    )
    messages = save(admin_client, total, printed="267", value="267")
    assert [text.partition(":")[0] for text in messages if "맞지 않" in text] == [
        "맞지 않는 값이 있습니다. 정원 계"
    ]


def test_known_errors_are_not_repeated(admin_client, seeded):
    total = ControlTotal.objects.get(
        subject="temporary-non-tax-revenue", measure="current_budget", fiscal_year=2022
    )
    told = save(admin_client, total, printed="954,794 ", value="954,794")
    assert not [text for text in told if "맞지 않" in text]

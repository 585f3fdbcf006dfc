"""Searching in lists of admin: as on the site, on either engine."""

import time

import pytest

from departments.models import Duty


def found(client, address):
    return [str(row) for row in client.get(address).context["cl"].result_list]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/admin/departments/department/?q=ㄷㅇㅌㅅㅌ", ["데이터센터"]),
        ("/admin/departments/department/?q=데이터 센터를", ["데이터센터"]),
        ("/admin/projects/project/?q=공공 와이파이", ["공공와이파이 확충 및 시민 이용편의 제고"]),
        ("/admin/departments/department/?q=없는부서", []),
        ("/admin/departments/department/?q=!!", []),
        ("/admin/departments/department/?q=(", []),
        ("/admin/departments/department/?q=[가-힣]*", []),
    ],
)
def test_a_list_is_searched_as_the_site_is(admin_client, seeded, address, names):
    assert found(admin_client, address) == names


def test_all_words_must_be_found_in_any_of_the_fields(admin_client, seeded):
    assert len(found(admin_client, "/admin/departments/duty/?q=데이터센터")) > 1
    assert found(admin_client, "/admin/departments/duty/?q=데이터센터 없는말") == []


def test_an_autocomplete_finds_by_initials(admin_client, seeded):
    query = "app_label=departments&model_name=staffing&field_name=department&term=ㄷㅇㅌㅅㅌ"
    results = admin_client.get(f"/admin/autocomplete/?{query}").json()["results"]
    assert [one["text"] for one in results] == ["데이터센터"]


@pytest.mark.parametrize("sign", "éЖ漢あ")
@pytest.mark.engine
def test_signs_of_any_script_stop_no_worker(admin_client, seeded, sign):
    """An expression of them was exponential on SQLite, where Python looks."""
    Duty.objects.filter(pk=Duty.objects.first().pk).update(text=sign * 40)
    begun = time.process_time()
    assert found(admin_client, f"/admin/departments/duty/?q={sign * 10}zz") == []
    assert len(found(admin_client, f"/admin/departments/duty/?q={sign * 40}")) == 1
    assert time.process_time() - begun < 5

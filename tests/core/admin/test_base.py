import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from tests.audit import RESTORABLE
from tests.samples import each

MODELS = RESTORABLE


@pytest.fixture
def admin_client(client, seeded, django_user_model):
    """Signed in without a password, whose hashing would take most of the time."""
    client.force_login(django_user_model.objects.create(username="manager", is_superuser=True))
    return client


def name_of(model):
    return model._meta.label_lower


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_model_is_registered(model):
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", each(3, MODELS), ids=name_of)
def test_its_list_search_and_forms_open(admin_client, model):
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    addresses = [base, f"{base}?q=가", f"{base}add/"]
    if first := model.objects.first():
        addresses.append(f"{base}{first.pk}/change/")
    assert [admin_client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize("model", each(3, MODELS), ids=name_of)
def test_a_list_has_no_query_a_row(admin_client, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        admin_client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")


def test_the_admin_speaks_korean(admin_client):
    assert "업무보고 관리" in admin_client.get("/admin/").content.decode()


def test_a_reader_may_not_enter(staff_client):
    assert staff_client.get("/admin/core/source/").status_code == 302


@pytest.mark.parametrize("model", list(admin.site._registry), ids=name_of)
def test_every_list_is_named_and_headed_in_korean(admin_client, model):
    """Axes' too, which has no Korean of its own."""
    page = admin_client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").content.decode()
    title = re.search(r"<h1>(.*?)</h1>", page)[1]
    path = re.search(r'<div class="breadcrumbs">(.*?)</div>', page, re.DOTALL)[1]
    assert re.fullmatch("[가-힣·\\- ]+", title)
    assert not re.search("[A-Za-z]{3}", unescape(re.sub(r"<[^>]+>", "", path)))
    headings = re.findall(r'<th scope="col".*?<div class="text">(.*?)</div>', page, re.DOTALL)
    assert [one for one in headings if re.search("[A-Za-z]{3}", re.sub(r"<[^>]+>", "", one))] == []


def test_the_sign_in_of_admin_is_the_sites(client, db):
    response = client.get("/admin/core/source/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/core/source/"


def test_a_role_says_what_it_may_do(admin_client):
    page = admin_client.get(
        f"/admin/auth/group/{Group.objects.get(name='부서 담당').pk}/change/"
    ).content.decode()
    assert "<p>자기 부서와 그 아래 부서의 것만</p>" in page
    assert "<li>인력: 보기, 추가, 수정, 삭제, 가져오기, 내보내기</li>" in page
    assert "<li>사업: 보기</li>" in page
    assert "세입액" not in page.partition('class="readonly"')[2].partition("submit-row")[0]


def test_a_group_of_ones_own_has_permissions(admin_client):
    group = Group.objects.create(name="우리 모임")
    assert 'name="permissions"' in admin_client.get(f"/admin/auth/group/{group.pk}/change/").content.decode()

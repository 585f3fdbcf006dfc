import pytest
from django.contrib import admin

from departments.history import tracked_models

MODELS = tracked_models()


@pytest.fixture
def admin_client(client, seeded, django_user_model):
    """Signed in without a password, whose hashing would take most of the time."""
    client.force_login(django_user_model.objects.create(username="manager", is_staff=True, is_superuser=True))
    return client


def name_of(model):
    return model._meta.label_lower


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_every_model_is_registered(model):
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_its_list_search_and_forms_open(admin_client, model):
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    addresses = [base, f"{base}?q=가", f"{base}add/"]
    if first := model.objects.first():
        addresses.append(f"{base}{first.pk}/change/")
    assert [admin_client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize("model", MODELS, ids=name_of)
def test_a_list_has_no_query_a_row(admin_client, model, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        admin_client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/")


def test_the_admin_speaks_korean(admin_client):
    assert "업무보고 관리" in admin_client.get("/admin/").content.decode()


def test_a_reader_may_not_enter(staff_client):
    assert staff_client.get("/admin/departments/source/").status_code == 302

"""Nobody is asked for a key: the system makes one from the Korean name."""

import pytest
from django.contrib import admin

from core.models import Source
from departments.models import Department, User
from projects.models import Project

KEYS = {"slug", "key"}


@pytest.fixture
def root_request(rf, db):
    request = rf.get("/")
    request.user = User.objects.create(username="root", is_superuser=True)
    return request


def test_add_forms_ask_for_no_key(root_request):
    asked, forms = [], 0
    for model, model_admin in admin.site._registry.items():
        if not model_admin.has_add_permission(root_request):
            continue
        inlines = [inline for _, inline in model_admin.get_formsets_with_inlines(root_request)]
        names = [field for _, part in model_admin.get_fieldsets(root_request) for field in part["fields"]]
        names += [name for inline in inlines for name in inline.get_fields(root_request)]
        asked += [(model.__name__, name) for name in names if name in KEYS]
        asked += [
            (model.__name__, name) for name in model_admin.get_list_display(root_request) if name in KEYS
        ]
        forms += 1
    assert (asked, forms > 20) == ([], True)


def test_unit_added_by_form_has_a_key_made_from_its_name(admin_client, db):
    for _ in range(2):
        admin_client.post("/admin/departments/department/add/", {"name": "청년정보과", "kind": "division"})
    assert list(
        Department.objects.filter(name="청년정보과").order_by("pk").values_list("slug", flat=True)
    ) == [
        "cheongnyeonjeongbogwa",
        "cheongnyeonjeongbogwa-2",
    ]


def test_source_added_by_form_has_a_key_of_its_bureau_scope_and_day(admin_client, db):
    bureau = Department.objects.create(name="경제실", kind="bureau")
    values = {"bureau": bureau.pk, "scope": "duties", "as_of": "22.8.29.", "received_at_0": "2022-08-30"}
    response = admin_client.post("/admin/core/source/add/", {**values, "received_at_1": "10:00"})
    assert response.status_code == 302, response.context["errors"]
    assert Source.objects.get(bureau=bureau).slug == "gyeongjesil-juyoeopmu-2022-08-29"


def test_key_stays_when_the_name_changes(db):
    project = Project.objects.create(name="공공와이파이")
    project.name = "공공 와이파이 확대"
    project.save()
    project.refresh_from_db()
    assert project.slug == "gonggongwaipai"


@pytest.mark.parametrize(
    ("name", "key"), [("5G 시범운영", "5g-sibeomunyeong"), ("…", "project"), ("가" * 80, "ga" * 25)]
)
def test_key_is_made_of_latin_letters(db, name, key):
    assert Project.objects.create(name=name).slug == key

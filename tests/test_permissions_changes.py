"""Permissions where rows change: files, history, users and the roles themselves."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Source
from departments.models import Department, Duty, Staffing, User
from tests.audit import records_of
from tests.core.access.test_scope import OTHER, OWN, address, fields_of, member, own, staffing_of, text_of  # noqa: F401 (fixtures)
from tests.factories import make_bureau, make_edition, make_member

# Files


def exported(client, model="staffing"):
    content = client.post(f"/admin/departments/{model}/export/", {"format": "csv"}).content.decode(
        "utf-8-sig"
    )
    return list(csv.reader(io.StringIO(content)))


def upload(client, rows, model="staffing"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return client.post(
        f"/admin/departments/{model}/import/",
        {
            "resource": "0",
            "import_file": SimpleUploadedFile("staff.csv", text.getvalue().encode("utf-8-sig")),
        },
    )


@pytest.fixture
def file_of_all(client, seeded):
    """The staffing of every unit, as a planner exports it."""
    client.force_login(make_member("기획 담당", username="planner"))
    return exported(client)


def changed(rows, slug, header, value):
    head, *others = rows
    place = head.index(header)
    unit = next(number for number, name in enumerate(head) if name.startswith("부서"))
    named = Department.objects.get(slug=slug).name
    return [head, *([*row[:place], value, *row[place + 1 :]] for row in others if row[unit] == named)]


def test_a_file_changes_ones_own(client, file_of_all, member):  # noqa: F811
    client.force_login(member)
    response = upload(client, changed(file_of_all, OWN, "정원", "41"))
    assert response.status_code == 200
    assert response.context["result"].totals["update"] == 1


@pytest.mark.parametrize("authorized", ["41", None])
def test_a_file_does_not_touch_anothers(client, file_of_all, member, authorized):  # noqa: F811
    """Not even to find out whether a value is right."""
    client.force_login(member)
    theirs = staffing_of(OTHER)
    response = upload(client, changed(file_of_all, OTHER, "정원", authorized or str(theirs.authorized)))
    assert response.status_code == 400
    assert "이 자료를 바꿀 권한이 없습니다" in text_of(response)
    assert staffing_of(OTHER).authorized == theirs.authorized


def test_a_file_gives_nothing_to_another(client, file_of_all, member):  # noqa: F811
    """A row for a unit that has none yet, in a source that may not be chosen."""
    client.force_login(member)
    rows = changed(file_of_all, OWN, "정원", "41")
    unit = next(number for number, name in enumerate(rows[0]) if name.startswith("부서"))
    rows[1][unit] = Department.objects.get(slug="smart-city").name
    assert upload(client, rows).status_code == 400
    assert not Staffing.objects.filter(department__slug="smart-city", source__as_of="2022-08-29").exists()


@pytest.fixture
def viewer(client, seeded):
    """May see staffing, by hand, and no more: what django-import-export takes for enough to overwrite it."""
    user = User.objects.create(username="viewer", department=Department.objects.get(slug=OWN))
    user.user_permissions.add(Permission.objects.get(codename="view_staffing"))
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["import/", "import/template/", "process_import/", "export/"])
def test_seeing_is_not_importing_or_exporting(client, viewer, page):
    assert client.get("/admin/departments/staffing/").status_code == 200
    refused = 405 if page == "process_import/" else 403
    assert client.get(f"/admin/departments/staffing/{page}").status_code == refused
    assert client.post(f"/admin/departments/staffing/{page}").status_code == 403


@pytest.mark.parametrize("missing", ["import", "add", "change"])
def test_a_file_needs_every_permission_that_it_may_use(client, viewer, missing):
    names = {f"{action}_staffing" for action in ("import", "add", "change") if action != missing}
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=names))
    assert client.get("/admin/departments/staffing/import/").status_code == 403
    viewer.user_permissions.add(Permission.objects.get(codename=f"{missing}_staffing"))
    assert client.get("/admin/departments/staffing/import/").status_code == 200


# History


def test_history_shows_what_is_ones_own(own):  # noqa: F811
    for slug in (OWN, OTHER):
        row = staffing_of(slug)
        row.authorized += 1
        row.save()
    models = {
        (entry.change.model, entry.change.name.split()[0])
        for entry in own.get("/history/?model=departments.staffing").context["entries"]
    }
    assert models == {(Staffing, "디지털정책담당관")}
    choice = own.get("/history/").context["choice"]
    models = next(dict(one.options) for one in choice.filters if one.name == "model")
    assert "departments.staffing" in models
    assert {"departments.user", "departments.placement", "budgets.revenuefigure"}.isdisjoint(models)
    assert own.get(f"/history/?department={OTHER}&model=departments.staffing").context["entries"] == []


def test_history_of_budgets_is_for_budget_keepers(client, seeded):
    client.force_login(make_member("예산 담당"))
    found = {entry.change.model._meta.label_lower for entry in client.get("/history/").context["entries"]}
    assert found
    assert {label for label in found if not label.startswith("budgets.")} <= {
        "core.source", "core.controltotal", "departments.department",
    }  # fmt: skip


def test_history_of_editions_is_of_ones_own_bureau(client, seeded):
    client.force_login(make_member("부서 담당", unit=OWN))
    for edition in (make_edition(), make_edition(bureau=make_bureau().slug)):
        edition.title += " 고침"
        edition.save()
    entries = client.get("/history/?model=reports.edition").context["entries"]
    bureau = Source.objects.first().bureau
    assert {entry.change.instance.bureau_id for entry in entries} == {bureau.pk}
    assert {entry.admin_url for entry in entries} == {""}


def restore_address(model, key, row):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{key}/history/{row.pk}/restore/"


@pytest.mark.parametrize(("slug", "status"), [(OWN, 302), (OTHER, 403)])
def test_what_was_deleted_comes_back_to_its_own_unit(own, slug, status):  # noqa: F811
    duty = Duty.objects.filter(department__slug=slug).first()
    key = duty.pk
    duty.delete()
    newest = records_of(Duty).filter(object_id=key).first()
    assert own.post(restore_address(Duty, key, newest)).status_code == status
    assert own.get(f"/admin/departments/duty/{key}/history/").status_code == (200 if status == 302 else 403)
    assert Duty.objects.filter(pk=key).exists() == (status == 302)


def test_nobody_goes_back_to_when_it_was_anothers(own):  # noqa: F811
    duty = Duty.objects.filter(department__slug=OTHER).last()
    duty.department, duty.order = Department.objects.get(slug=OWN), 99
    duty.save()
    first = records_of(Duty).filter(object_id=duty.pk).last()
    assert "이 값으로 되돌리기" not in text_of(own.get(address(duty, "history/")))
    assert own.post(restore_address(Duty, duty.pk, first)).status_code == 403


# Users


@pytest.mark.parametrize("page", ["/", "/admin/", "/admin/departments/staffing/"])
def test_who_is_deactivated_is_out_at_once(own, member, page):  # noqa: F811
    assert own.get(page).status_code == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert own.get(page).status_code == 302


# The roles themselves


def test_a_source_is_confirmed_by_who_may_change_it(client, seeded):
    draft = Source.objects.filter(scope="revenue").first()
    Source.objects.filter(pk=draft.pk).update(state="draft")
    client.force_login(make_member("예산 담당"))
    client.post(f"/admin/sources/confirm/?pk={draft.pk}")
    draft.refresh_from_db()
    assert draft.state == "in_force"


def test_saving_ones_own_works_as_before(own):  # noqa: F811
    mine = staffing_of(OWN)
    assert own.post(address(mine), fields_of(mine, authorized=mine.authorized + 1)).status_code == 302
    assert staffing_of(OWN).authorized == mine.authorized + 1


def test_of_a_draft_a_unit_hears_of_its_own_figures_alone(own, seeded):  # noqa: F811
    """One person more and the printed total of the whole no longer holds: planners are told."""
    source = Source.objects.get(scope="staffing", as_of="2022-08-29")
    Source.objects.filter(pk=source.pk).update(state="draft")
    mine = staffing_of(OWN)
    fields = fields_of(mine, authorized=mine.authorized + 1)
    assert "정원 계" not in text_of(own.post(address(mine), fields, follow=True))
    own.force_login(make_member("기획 담당", username="planner"))
    assert "정원 계" in text_of(
        own.post(address(mine), fields_of(mine, authorized=mine.authorized + 2), follow=True)
    )

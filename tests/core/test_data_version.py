"""The data version changes with whatever a snapshot reads, by whatever way it was written, and with nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from budgets.models import BudgetFigure
from core import data_version as data_version_module
from core.data_version import Revisions, data_version, revisions_read_once, versions_by_bureau
from core.models import Source
from core.snapshot import with_source
from departments.models import Department, Duty, Placement, User
from reports.models import Explanation
from tests.core.conftest import version_of
from tests.factories import make_bureau, make_source, make_unit

pytestmark = pytest.mark.engine


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_data_version_reading_nothing_written_stays(raises):
    assert not raises(lambda: list(Duty.objects.all()))


def test_data_version_save_without_change_stays(raises):
    assert not raises(lambda: Duty.objects.first().save())


def test_data_version_edited_draft_changes_no_published_snapshot(raises):
    source = Source.objects.get(scope="duties")
    draft = make_source(source.bureau, "duties", "2022-11-01", state="draft")
    for duty in Duty.objects.filter(source=source)[:3]:
        duty.pk, duty.source = None, draft
        assert not raises(duty.save)
    assert not raises(lambda: Duty.objects.filter(source=draft).update(text="초안"))


def test_data_version_rolled_back_stays(raises):
    def act():
        with transaction.atomic():
            Duty.objects.update(text="되돌릴 것")
            transaction.set_rollback(True)

    assert not raises(act)


def test_data_version_after_rollback_does_not_come_again(seeded):
    seen = set()
    for text in ("하나", "둘"):
        with transaction.atomic():
            Duty.objects.update(text=text)
            seen.add(version_of("duties"))
            transaction.set_rollback(True)
    assert len(seen) == 2


def test_data_version_users_stay_out_of_it(client, raises):
    """Nothing that is remembered speaks of them: else each new member of staff would empty the memory."""
    user = User.objects.create(username="lee", department=Department.objects.get(slug="data-center"))
    assert not raises(lambda: user.groups.add(Group.objects.get(name="간부")))
    assert not raises(lambda: client.force_login(user))


def test_data_version_explanation_stays_out_of_it(raises):
    """What people say of findings is read beside the findings that are remembered."""
    bureau, user = Source.objects.first().bureau, User.objects.create(username="lee")
    assert not raises(
        lambda: Explanation.objects.create(
            bureau=bureau, finding="x", fingerprint="x", reason="x", explained_by=user
        )
    )


def test_data_version_other_bureau_stays(raises):
    bureau, unit = make_bureau(), make_unit("housing-division", "주택과")
    tree = make_source(bureau, "organisation", "2022-08-29")
    assert not raises(lambda: Placement.objects.create(source=tree, department=unit))
    assert raises(
        lambda: Department.objects.filter(pk=unit.pk).update(name="새 이름")
    )  # it may stand anywhere


def test_data_version_many_rows_raise_once(seeded, django_assert_max_num_queries):
    figure = BudgetFigure.objects.first()
    before = version_of("expenditure")
    with django_assert_max_num_queries(1):
        execute("UPDATE budgets_budgetfigure SET disbursed = 1 WHERE source_id = %s", figure.source_id)
    assert version_of("expenditure") != before


def test_data_version_is_one_query(seeded, django_assert_num_queries):
    snapshot = with_source(Source.objects.get(scope="duties"))
    with django_assert_num_queries(1):
        data_version(snapshot)


def test_data_version_is_read_once_where_nothing_is_written(seeded, django_assert_num_queries):
    snapshot = with_source(Source.objects.get(slug="digital-policy/2022-08-29/projects"))
    other = snapshot.anew()
    with django_assert_num_queries(1), revisions_read_once(snapshot):
        inside = {data_version(snapshot), data_version(snapshot)}
    with django_assert_num_queries(2), revisions_read_once(snapshot):
        data_version(other)  # another snapshot asks for itself
    Duty.objects.first().delete()
    assert len(inside) == 1 and data_version(snapshot) not in inside


def test_data_version_withdrawn_source_changes(raises):
    source = Source.objects.filter(scope="staffing").latest("as_of")
    before = data_version(with_source(Source.objects.get(scope="duties")))
    Source.objects.filter(pk=source.pk).update(state="withdrawn")
    assert data_version(with_source(Source.objects.get(scope="duties"))) != before


def test_versions_by_bureau_change_with_the_bureau_alone(seeded):
    bureau, other = Source.objects.get(scope="duties").bureau, make_bureau()
    make_source(other, "duties", "2022-08-29")
    before = versions_by_bureau()
    assert {bureau.pk, other.pk} <= before.keys()
    Duty.objects.update(text="바뀐 업무")
    after = versions_by_bureau()
    assert (before[bureau.pk] == after[bureau.pk], before[other.pk] == after[other.pk]) == (False, True)


def test_versions_by_bureau_change_with_what_all_share(seeded):
    make_source(make_bureau(), "duties", "2022-08-29")
    before = versions_by_bureau()
    Department.objects.filter(slug="data-center").update(name="새 이름")
    assert all(before[bureau] != version for bureau, version in versions_by_bureau().items())


@pytest.fixture
def much(seeded, monkeypatch):
    """More sources than are read one by one."""
    query = data_version_module._few_of_all
    query.__dict__.pop("_sql", None)
    query.__dict__.pop("_query", None)
    monkeypatch.setattr(data_version_module, "MOST_WHOLE", 3)
    yield
    query.__dict__.pop("_sql", None)
    query.__dict__.pop("_query", None)


def test_revisions_of_much_are_one_of_each_scope(much, django_assert_num_queries):
    with django_assert_num_queries(2):
        before = Revisions.read(with_drafts=True)
    scopes = [scope for kind, _, _, scope in before.rows if kind == "source"]
    assert sorted(scopes) == sorted(set(scopes)) and "duties" in scopes
    assert Revisions.read(with_drafts=True) == before
    draft = make_source(Department.objects.get(slug="digital-policy-bureau"), "duties", "2022-12-01", "draft")
    Duty.objects.create(
        source=draft, department=Department.objects.get(slug="data-center"), order=1, text="ㄱ"
    )
    between = Revisions.read(with_drafts=True)
    Duty.objects.filter(source=draft).update(text="ㄴ")
    after = Revisions.read(with_drafts=True)
    assert between.version(["duties"]) != after.version(["duties"])
    assert between.version(["staffing"]) == after.version(["staffing"])
    assert after.scopes_of({draft.pk}) == {"duties"}

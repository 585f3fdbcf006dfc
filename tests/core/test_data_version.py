"""The data version changes with whatever a snapshot reads, by whatever way it was written, and with nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction

from budgets.models import BudgetFigure, BudgetLine
from core.data_version import data_version
from core.models import Source
from core.snapshot import with_source
from departments.models import Department, Duty, Placement, Succession, User
from glossary.models import Term
from projects.models import Milestone, Project
from reports.models import Explanation
from tests.factories import make_bureau, make_source, make_unit

pytestmark = pytest.mark.engine


def version_of(scope):
    return data_version(with_source(Source.objects.filter(scope=scope, state="in_force").latest("as_of")))


@pytest.fixture
def raises(seeded):
    """A function that tells whether an act gives the snapshot another version."""

    def told(act, scope="duties"):
        before = version_of(scope)
        act()
        return version_of(scope) != before

    return told


def execute(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def new_duties(number=1):
    source, unit = Source.objects.get(scope="duties"), Department.objects.get(slug="data-center")
    return [Duty(source=source, department=unit, order=90 + place, text="새 업무") for place in range(number)]


def test_data_version_reading_nothing_written_stays(raises):
    assert not raises(lambda: list(Duty.objects.all()))


@pytest.mark.parametrize(
    "act",
    [
        lambda: new_duties()[0].save(),
        lambda: Duty.objects.bulk_create(new_duties(3)),
        lambda: Duty.objects.filter(order=1).update(text="고친 업무"),
        lambda: Duty.objects.first().delete(),
        lambda: execute("UPDATE departments_duty SET text = 'x' WHERE id = %s", Duty.objects.first().pk),
        lambda: execute("DELETE FROM departments_duty WHERE id = %s", Duty.objects.first().pk),
        lambda: Duty.objects.all()._raw_delete("default"),
        lambda: Source.objects.filter(scope="duties").update(heading="다른 표제"),
    ],
    ids=[
        "save",
        "bulk_create",
        "update",
        "delete",
        "raw_update",
        "raw_delete",
        "unsignalled_delete",
        "source",
    ],
)
def test_data_version_fact_written_changes(raises, act):
    assert raises(act)


def test_data_version_raw_insert_changes(raises):
    duty = Duty.objects.first()
    columns = 'source_id, department_id, text, "order", mentions'
    assert raises(
        lambda: execute(
            f"INSERT INTO departments_duty ({columns}) VALUES (%s, %s, 'x', 99, '[]')",
            duty.source_id,
            duty.department_id,
        )
    )


def test_data_version_save_without_change_stays(raises):
    assert not raises(lambda: Duty.objects.first().save())


def test_data_version_fact_moved_changes_both_sources(raises):
    duty = Duty.objects.first()
    draft = make_source(duty.source.bureau, "duties", "2022-11-01", state="draft")
    before = data_version(with_source(draft))
    assert raises(lambda: Duty.objects.filter(pk=duty.pk).update(source=draft, order=99))
    assert data_version(with_source(draft)) != before


def test_data_version_part_of_a_fact_changes_its_source(raises):
    """A milestone has no source of its own: its brief has."""
    milestone = Milestone.objects.first()
    assert raises(lambda: Milestone.objects.filter(pk=milestone.pk).update(title="다른 제목"), "projects")
    assert raises(lambda: milestone.delete(), "projects")


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


@pytest.mark.parametrize(
    ("act", "scope"),
    [
        (lambda: Project.objects.filter(slug="public-wifi").update(name="다른 이름"), "projects"),
        (lambda: Department.objects.filter(slug="data-center").update(name="다른 이름"), "duties"),
        (lambda: Department.objects.filter(kind="bureau").update(name="다른 이름"), "duties"),
        (lambda: Term.objects.update(english="other"), "glossary"),
        (lambda: BudgetLine.objects.filter(figures__isnull=False).update(order=999), "expenditure"),
        (lambda: Project.objects.first().budget_lines.add(BudgetLine.objects.first()), "projects"),
    ],
    ids=["project", "unit", "bureau", "term", "line", "links"],
)
def test_data_version_identity_written_changes_its_bureau(raises, act, scope):
    assert raises(act, scope)


def test_data_version_identity_that_no_source_names_stays(raises):
    assert not raises(lambda: Project.objects.create(slug="planned", name="새 사업"), "projects")


def test_data_version_succession_changes(raises):
    first, second = Department.objects.filter(placements__isnull=False).distinct()[:2]
    assert raises(lambda: Succession.objects.create(predecessor=first, successor=second, kind="moved"))


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
    assert not raises(lambda: Department.objects.filter(pk=unit.pk).update(name="새 이름"))


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


def test_data_version_withdrawn_source_changes(raises):
    source = Source.objects.filter(scope="staffing").latest("as_of")
    before = data_version(with_source(Source.objects.get(scope="duties")))
    Source.objects.filter(pk=source.pk).update(state="withdrawn")
    assert data_version(with_source(Source.objects.get(scope="duties"))) != before

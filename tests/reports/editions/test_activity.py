"""What history tells of who works on a part."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetImport
from core.audit.context import acting
from core.copying import copy_source
from core.management.commands.shell import Operator
from core.models import Source
from departments.models import Department, Staffing
from projects.models import Brief, Milestone
from reports.editions.sources import take_in
from tests.audit import records_of
from tests.factories import make_expenditure, spend
from tests.reports.editions.test_collection import cell_of

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_who_changes_a_figure_is_writing(edition, draft, member):
    staffing = draft(Staffing, department__slug="data-center")
    staffing.authorized += 1
    staffing.save()
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"  # a command's work is nobody's
    with acting(lambda: member):
        staffing.save()
    cell = cell_of(edition, "data-center", "staffing")
    assert (cell.state, cell.word, cell.changed_by) == ("drafting", "작성 중", member)
    assert cell_of(edition, "ict-security", "staffing").state == "not_begun"


def test_who_writes_by_the_servers_shell_is_writing_too(edition, draft):
    with acting(lambda: Operator("kim (서버 셸)")):
        draft(Staffing, department__slug="data-center").save()
    cell = cell_of(edition, "data-center", "staffing")
    assert (cell.state, cell.changed_by, cell.change.user_name) == ("drafting", None, "kim (서버 셸)")


def test_what_hangs_on_a_project_is_its_part(edition, draft, member):
    brief = draft(Brief, project__slug="public-wifi")
    with acting(lambda: member):
        brief.milestones.first().delete()
    assert cell_of(edition, "ict-security", "projects", "public-wifi").state == "drafting"
    assert cell_of(edition, "ict-security", "projects", "intelligent-cctv").state == "not_begun"
    with acting(lambda: member):
        Milestone.objects.filter(brief=draft(Brief, project__slug="intelligent-cctv")).update(note="")
    assert cell_of(edition, "ict-security", "projects", "intelligent-cctv").state == "drafting"


@pytest.mark.parametrize(
    ("scope", "part"),
    [
        ("organisation", "organisation"),
        ("revenue", "revenue"),
        ("vision", "vision"),
        ("glossary", "glossary"),
    ],
)
def test_the_bureaus_own_parts(edition, planner, scope, part):
    model = {
        "organisation": "placement",
        "revenue": "revenuefigure",
        "vision": "vision",
        "glossary": "definition",
    }[scope]
    source = Source.objects.get(scope=scope, as_of="2022-11-01")
    with acting(lambda: planner):
        getattr(source, f"{model}_set").first().save()
    assert cell_of(edition, "digital-policy-bureau", part).state == "drafting"


def test_a_change_of_what_is_in_force_elsewhere_does_not_count(edition, member):
    with acting(lambda: member):
        Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29").save()
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"


def test_copying_alone_is_not_writing(edition, planner):
    with acting(lambda: planner):
        copy_source(Source.objects.get(scope="staffing", as_of="2022-08-29"), date(2022, 11, 1), planner)
    assert cell_of(edition, "data-center", "staffing").state == "not_begun"


def test_a_budget_file_is_its_uploaders_work(edition, bureau, planner):
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-11-01", state="draft", received="2022-11-02")
    spend(source, unit, 50_000_000)
    given = {
        "bureau": bureau,
        "file_name": "x.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": source,
        "uploader": planner,
    }
    BudgetImport.objects.create(state="staged", **given)
    assert cell_of(edition, "data-center", "expenditure").state == "not_begun"  # it is outside the edition
    take_in(edition, source, user=planner)
    cell = cell_of(edition, "data-center", "expenditure")
    assert (cell.state, cell.changed_by) == ("drafting", planner)
    assert records_of(BudgetFigure).filter(source=source).exclude(user=None).count() == 0


def test_opened_yesterday_or_not_is_all_the_same(edition, member, draft):
    """Nothing but the deadline is told by today's clock."""
    edition.created_at = timezone.now() - timedelta(days=400)
    edition.save()
    with acting(lambda: member):
        draft(Staffing, department__slug="data-center").save()
    assert cell_of(edition, "data-center", "staffing").state == "drafting"

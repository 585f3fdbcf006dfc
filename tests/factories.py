"""Small parts of a database for tests. Amounts are in 천원, as reports print them; dates are ISO text."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from budgets.models import (
    BudgetFigure,
    BudgetLine,
    ColumnMapping,
    DepartmentAlias,
    RevenueFigure,
    RevenueItem,
)
from core.models import ControlTotal, Source
from core.snapshot import Snapshot
from departments.models import (
    Department,
    JobSeries,
    Placement,
    Staffing,
    StaffingCount,
    Succession,
    User,
)
from reports.models import Edition, PublishedFile

SERIES = ("일반직", "임기제", "관리운영직")  # of the report
NOBODY = SimpleNamespace(department_id=None, bureau_id=None)


def make_member(*roles, unit="", username="member"):
    """A user with roles (names of groups), of a unit (slug); without one, of the whole city."""
    department = Department.objects.get(slug=unit) if unit else None
    user = User.objects.create(username=username, department=department, is_city_wide=not unit)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_unit(slug, name="", kind="division"):
    return Department.objects.create(slug=slug, name=name or slug, kind=kind)


def make_bureau(slug="housing-bureau", name="주택정책관"):
    return make_unit(slug, name, "bureau")


def make_source(bureau, scope, as_of, state="in_force", received="2022-01-01", **fields):
    """A source; `received` is the day on which it came, for which one of two of the same base date wins."""
    return Source.objects.create(
        slug=fields.pop("slug", f"{bureau.slug}/{scope}/{Source.objects.count()}"),
        bureau=bureau,
        scope=scope,
        as_of=date.fromisoformat(as_of),
        state=state,
        received_at=datetime.combine(date.fromisoformat(received), datetime.min.time(), UTC),
        **fields,
    )


def make_staffing(source, department, authorized, *counts, **fields):
    """Staff of a unit; `counts` in the order of SERIES."""
    row = Staffing.objects.create(source=source, department=department, authorized=authorized, **fields)
    for name, count in zip(SERIES, counts, strict=False):
        series, _ = JobSeries.objects.get_or_create(name=name)
        StaffingCount.objects.create(staffing=row, series=series, count=count)
    return row


def plain_staffing(department, authorized, *counts):
    """Staff of a unit that is in no database; `counts` of series with the keys 1, 2 …"""
    row = Staffing(pk=department.pk or 1, department=department, authorized=authorized)
    counted = [StaffingCount(series_id=key, count=count) for key, count in enumerate(counts, 1)]
    row._prefetched_objects_cache = {"counts": counted}
    return row


def counts_of(staffing):
    """By name of the job series."""
    return dict(staffing.counts.order_by("series__order").values_list("series__name", "count"))


def series_field(name):
    """The field of a job series in the forms of staffing."""
    return JobSeries.objects.get(name=name).form_field


def count_fields(staffing):
    """What the form of a unit's staffing sends of the job series that there are."""
    counts = dict(staffing.counts.values_list("series", "count")) if staffing else {}
    return {one.form_field: counts.get(one.pk, "") for one in JobSeries.objects.all()}


def make_expenditure(bureau, as_of, year=2022, kind="execution", **fields):
    return make_source(bureau, "expenditure", as_of, fiscal_year=year, budget_kind=kind, **fields)


def succeed(predecessor, successor):
    return Succession.objects.create(predecessor=predecessor, successor=successor, kind="renamed")


def place(source, unit, parent=None):
    return Placement.objects.create(source=source, department=unit, parent=parent)


def spend(source, unit, /, current, committed=None, account="", **line):
    """A budget figure of the source's fiscal year. `line`: further parts of the line; `disbursed` belongs to the figure."""
    disbursed = line.pop("disbursed", None)
    found, _ = BudgetLine.objects.get_or_create(
        fiscal_year=source.fiscal_year, department=unit, account_kind=account, **line
    )
    return BudgetFigure.objects.create(
        source=source,
        line=found,
        current=current * 1000,
        committed=in_won(committed),
        disbursed=in_won(disbursed),
    )


def spend_lines(source, unit, number):
    """Lines ‘사업 000’ and on of 1,000원, which are all spent: written at once, for one after the other takes seconds."""
    given = {"fiscal_year": source.fiscal_year, "department": unit}
    lines = [BudgetLine(detailed=f"사업 {place:03}", order=place + 10, **given) for place in range(number)]
    BudgetLine.objects.bulk_create(lines)
    BudgetFigure.objects.bulk_create(
        BudgetFigure(source=source, line=line, current=1_000, committed=1_000) for line in lines
    )


def in_won(thousands):
    return None if thousands is None else thousands * 1000


def earn(source, name, amounts, parent=None):
    """An item of revenue with its amount by fiscal year."""
    item, _ = RevenueItem.objects.get_or_create(
        slug=name, defaults={"name": name, "parent": parent, "order": 99}
    )
    for year, amount in amounts.items():
        RevenueFigure.objects.create(
            source=source, item=item, fiscal_year=year, current_budget=in_won(amount)
        )
    return item


def explain_names():
    """What names in files of the finance system mean; the report has none."""
    DepartmentAlias.objects.create(name="전산센터", department=Department.objects.first())
    ColumnMapping.objects.create(label="집행액", field="committed")


def print_total(source, measure, value, printed, subject="", year=0):
    return ControlTotal.objects.create(
        source=source, measure=measure, value=value, printed=printed, subject=subject, fiscal_year=year
    )


def make_edition(as_of="2022-11-01", state="open", bureau="digital-policy-bureau", **fields):
    """An edition without copied drafts."""
    given = {
        "title": "2022년 11월 업무보고",
        "deadline": date(2022, 11, 8),
        "created_at": datetime(2022, 10, 20, tzinfo=UTC),
    } | fields
    return Edition.objects.create(
        bureau=Department.objects.get(slug=bureau), as_of=date.fromisoformat(as_of), state=state, **given
    )


def snapshot_of(bureau, as_of=""):
    """What a member of staff without a unit reads of the bureau."""
    return Snapshot.from_query(NOBODY, {"bureau": bureau.slug, "as_of": as_of})


def publish_file(report, content, **values):
    """A published file of a report, its content sealed as publishing does."""
    store = storages["published"]
    stored = store.seal(store.save("", ContentFile(content)))
    given = {"content_type": "application/octet-stream", "size": stored.size, "sha256": stored.sha256}
    return PublishedFile.objects.create(published_report=report, stored_file=stored, **given | values)

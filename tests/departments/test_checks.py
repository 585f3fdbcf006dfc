"""Integrity of organisation and staffing: each formula where it holds and where it does not."""

import pytest

from core import integrity
from core.integrity import Level
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate
from tests.factories import (
    make_bureau,
    make_source,
    make_staffing,
    make_unit,
    place,
    print_total,
    snapshot_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def staff(bureau):
    """Of one unit: ten posts, six and two people."""
    source = make_source(bureau, "staffing", "2022-03-31")
    make_staffing(source, make_unit("roofs", "지붕과"), 10, 6, 2)
    return source


def found(bureau):
    findings = integrity.run(snapshot_of(bureau), ["organisation", "staffing", "duties"])
    return {
        finding.id: (finding.level, finding.printed, finding.computed)
        for finding in findings
        # Of every total and source alike: that it says what its words do, that its table is whole, that its day is the report's.
        if not finding.id.startswith(("control.printed/", "control.gap/", "source.date/"))
    }


def test_unit_without_a_printed_figure_has_no_finding(bureau, staff):
    assert found(bureau) == {}


def test_unit_adds_up_its_series(bureau, staff):
    print_total(staff, "headcount", 8, "8", "roofs")
    print_total(staff, "variance", -3, "△3", "roofs")
    assert found(bureau) == {
        "staffing.headcount/roofs": (Level.HOLDS, 8, 8),
        "staffing.variance/roofs": (Level.ERROR, -3, -2),
    }


def test_whole_adds_up_its_units(bureau, staff):
    make_staffing(staff, make_unit("lakes", "호수과"), 5, 5)
    print_total(staff, "authorized", 15, "15")
    print_total(staff, "headcount", 12, "12")
    levels = {key: values[0] for key, values in found(bureau).items()}
    assert levels == {"staffing.total/authorized": Level.HOLDS, "staffing.total/headcount": Level.ERROR}


def test_printed_series_add_up_to_the_printed_headcount(bureau, staff):
    for name, value in (("일반직", 6), ("임기제", 3)):
        print_total(staff, "headcount", value, str(value), f"/{name}")
    print_total(staff, "headcount", 8, "8")
    assert found(bureau)["staffing.total-series"] == (Level.ERROR, 8, 9)


def test_total_of_a_series_that_nobody_knows_is_a_warning(bureau, staff):
    print_total(staff, "headcount", 4, "4", "/별정직")
    assert found(bureau) == {"staffing.series//별정직": (Level.WARNING, None, None)}


def test_units_of_a_kind_are_counted(bureau):
    tree = make_source(bureau, "organisation", "2022-03-31")
    place(tree, bureau)
    place(tree, make_unit("roofs"), bureau)
    print_total(tree, "divisions", 2, "2담당관")
    print_total(tree, "teams", 9, "9팀")  # a report need not name every team
    levels = {key: values[0] for key, values in found(bureau).items()}
    assert levels["organisation.count/divisions"] is Level.ERROR
    assert levels.get("organisation.count/teams") in (None, Level.HOLDS, Level.INFO)


def test_report_of_2022_has_only_findings_that_hold(seeded):
    (snapshot,) = snapshots_at(AskedDate(None))
    found = {
        finding.id
        for finding in integrity.run(snapshot, ["organisation", "staffing", "duties"])
        if finding.level != Level.HOLDS
    }
    assert found == {"text.former/smart-city-bureau"}  # the report itself names the bureau by its former name

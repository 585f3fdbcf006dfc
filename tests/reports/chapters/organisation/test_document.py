"""The chart of the organisation, by the report of 2022-08-29 and by small reports."""

import pytest

from reports.chapters.organisation.data import UnitCount, UnitRow
from reports.document import document_of
from reports.render.blocks import OrganisationChart
from tests.reports.plain import of_kind, park_report

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_organisation_chart_leaves_out_kinds_that_are_not_all_named(document):
    (chart,) = of_kind(document, OrganisationChart)
    assert chart.root.name == "디지털정책관"
    assert [unit.name for unit in chart.root.below][-2:] == ["데이터센터", "서울기록원"]
    assert [unit.name for unit in chart.root.below[-1].below] == ["기록정책과", "보존서비스과", "운영지원과"]
    assert all(not unit.below for unit in chart.root.below[:-2])  # 10 of 27 teams are known by name
    assert chart.root.below[0].lines == ("디지털정책", "담당관")


def test_kinds_that_are_all_named_stand_in_the_chart():
    units = (UnitRow("b", "공원국", "bureau", "국"), UnitRow("t", "나무팀", "team", "팀", 1, "b"))
    named = document_of(park_report(units=units, unit_counts=(UnitCount("team", "팀", 1, "1팀"),)))
    unnamed = document_of(park_report(units=units, unit_counts=(UnitCount("team", "팀", 2, "2팀"),)))
    assert [unit.name for unit in of_kind(named, OrganisationChart)[0].root.below] == ["나무팀"]
    assert of_kind(unnamed, OrganisationChart)[0].root.below == ()

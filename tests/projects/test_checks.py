"""Whom a finding is for: the unit that leads the project."""

from core import integrity
from core.snapshot import Snapshot
from projects.models import Measurement
from tests.factories import NOBODY


def test_an_indicators_findings_stand_with_the_unit_that_leads_its_project(seeded):
    row = Measurement.objects.filter(
        indicator__project__slug="public-wifi", source__as_of="2022-08-29"
    ).first()
    Measurement.objects.filter(pk=row.pk).update(value=row.value + 1)
    found = [
        one for one in integrity.run(Snapshot.from_query(NOBODY, {})) if one.level != integrity.Level.HOLDS
    ]
    of_wifi = {one.id.partition("/")[0]: one.department for one in found if row.indicator.slug in one.id}
    assert of_wifi["indicator.printed"] == "ict-security"
    assert set(of_wifi.values()) == {"ict-security"}


def test_every_finding_on_a_project_names_a_unit(seeded):
    found = integrity.run(Snapshot.from_query(NOBODY, {}), ["vision", "projects", "indicators"])
    on_projects = [one for one in found if one.url.startswith("/projects/")]
    assert {one.url for one in on_projects if not one.department} == {"/projects/indicators/", "/projects/"}

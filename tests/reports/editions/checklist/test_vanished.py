"""Checks that could be made of the last report and cannot of the one that is written."""

import pytest

from core.integrity import Level
from projects.models import Brief, Measurement
from reports.editions.snapshot import snapshot_of
from reports.findings import findings_of
from tests.reports.editions.conftest import *  # noqa: F403

pytestmark = pytest.mark.django_db


def vanished(edition):
    found = (row.finding for row in findings_of(snapshot_of(edition)))
    return {
        finding.id: (finding.subject, finding.printed, finding.hint)
        for finding in found
        if finding.id.startswith("checks.vanished/") and finding.level is Level.WARNING
    }


def test_totals_that_are_rightly_not_carried_are_no_cause(edition):
    assert vanished(edition) == {}


def test_an_indicator_that_was_dropped_is_one_cause(edition):
    Measurement.objects.filter(source__as_of="2022-11-01", indicator__slug="public-wifi-ap-fixed").delete()
    assert vanished(edition) == {
        "checks.vanished/public-wifi-ap-fixed": (
            "고정형 (지표의 값)", 5, "점검 5개가 사라졌습니다. 자료나 줄이 빠졌는지 확인하십시오.",
        )
    }  # fmt: skip


def test_a_project_that_was_dropped_is_one_cause(edition):
    Brief.objects.get(source__as_of="2022-11-01", project__slug="metaverse-seoul").delete()
    found = vanished(edition)
    assert list(found) == ["checks.vanished/metaverse-seoul"]
    assert found["checks.vanished/metaverse-seoul"][0].startswith("메타버스")


def test_a_scope_without_facts_is_one_cause(edition):
    Brief.objects.filter(source__as_of="2022-11-01").delete()
    found = vanished(edition)
    assert [name for name in found if "scope" in name] == ["checks.vanished/scope/projects"]
    assert not [name for name in found if "metaverse" in name]

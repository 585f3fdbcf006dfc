"""Values of an earlier day in a draft: by project, until each is kept as it stands. On the pages: tests/reports/editions."""

from dataclasses import replace
from datetime import date

import pytest

from core.copying import copy_source
from core.models import Source
from core.snapshot import with_source
from projects.models import Measurement
from reports.chapters.projects.past_values import past_values
from reports.models import KeptValue
from seoul_digital.lib.query_params import AskedDate
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(seeded):
    """The seeded indicators, carried forward to 1 November."""
    return copy_source(Source.objects.get(scope="indicators", as_of="2022-08-29"), date(2022, 11, 1), None)


@pytest.fixture
def total(copied):
    """28,006 devices on 1 July."""
    return Measurement.objects.of(copied).get(
        indicator__name="공공와이파이 운영현황(AP대수)", place="추진실적"
    )


def keys(source):
    return {value.measurement.pk for values in past_values(with_source(source)).values() for value in values}


def test_value_stands_with_its_project(copied, total):
    found = past_values(with_source(copied))[total.indicator.project_id]
    (value,) = [value for value in found if value.measurement == total]
    assert (value.name, value.day, value.text) == (
        "공공와이파이 운영현황(AP대수)", "2022. 7. 1.", "28006 28,006대 (2022-07-01)",
    )  # fmt: skip


def test_name_leads_down_to_the_indicator(copied):
    names = {value.name for values in past_values(with_source(copied)).values() for value in values}
    assert "공공와이파이 운영현황(AP대수) › 고정형 › 주요거리" in names


@pytest.mark.parametrize(
    ("text", "is_past"), [("28006 28,006대 (2022-07-01)", False), ("28005 28,005대 (2022-07-01)", True)]
)
def test_value_is_kept_as_it_stands(copied, total, text, is_past):
    KeptValue.objects.create(edition=make_edition(), measurement=total, value=text)
    assert (total.pk in keys(copied)) is is_past


def test_newer_value_renews_the_older(copied, total):
    assert total.pk in keys(copied)
    Measurement.objects.filter(pk=total.pk).update(measured_on="2022-10")
    assert total.pk not in keys(copied)


def test_without_indicators_of_the_day_there_are_none(copied):
    snapshot = replace(with_source(copied), asked=AskedDate(date(2022, 11, 2)), _cache={})
    assert past_values(snapshot) == {}

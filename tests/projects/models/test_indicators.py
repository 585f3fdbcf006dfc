"""Measurements and targets by their indicators, and an indicator that is not under itself."""

import pytest
from django.db import IntegrityError, transaction

from core.models import Source
from projects.models import Indicator, Measurement, Project, Target

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_statements_of_a_project_in_the_order_of_their_indicators(seeded, django_assert_num_queries):
    sources = Source.objects.filter(scope="indicators", state="in_force")
    project = Project.objects.get(slug="public-wifi")
    rows = Measurement.objects.of_sources(sources).of_project(project).with_indicators()
    with django_assert_num_queries(1):
        names = [row.indicator.slug for row in rows if row.indicator.project.slug == "public-wifi"]
    assert names[0] == "public-wifi-ap"
    assert "public-wifi-ap-fixed" in names


def test_indicator_is_not_under_itself(seeded):
    indicator = Indicator.objects.get(slug="public-wifi-ap")
    indicator.parent = indicator
    with pytest.raises(IntegrityError), transaction.atomic():
        indicator.save()


def test_statement_names_indicator_figure_and_time():
    indicator = Indicator(name="공공와이파이 운영현황")
    measured = Measurement(indicator=indicator, printed="28,006대", measured_on="2022-07-01")
    assert str(measured) == "공공와이파이 운영현황 28,006대 (2022. 7. 1.)"
    assert str(Target(indicator=indicator, printed="3만대")) == "공공와이파이 운영현황 3만대"

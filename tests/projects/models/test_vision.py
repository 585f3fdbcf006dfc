"""The vision, its values and its strategies."""

import pytest
from django.db import IntegrityError, transaction

from projects.models import Vision, VisionStrategy

pytestmark = pytest.mark.engine


def test_vision_reads_on_one_line():
    assert str(Vision(statement="시민과 함께\n만드는 도시")) == "시민과 함께 만드는 도시"


def test_vision_stands_once_in_a_source(seeded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Vision.objects.create(source=Vision.objects.first().source, statement="둘째")


def test_strategy_stands_once_under_a_vision(seeded):
    place = VisionStrategy.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisionStrategy.objects.create(vision=place.vision, strategy=place.strategy, order=99)


def test_strategy_is_told_with_its_number(seeded):
    place = VisionStrategy.objects.select_related("strategy").first()
    assert str(place) == f"1. {place.strategy.name}"

"""A value that somebody keeps for an edition."""

import pytest
from django.db import IntegrityError, transaction

from projects.models import Measurement
from reports.models import KeptValue
from tests.factories import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

TEXT = "28006 28,006대 (2022-07-01)"


@pytest.fixture
def kept(seeded):
    return KeptValue.objects.create(
        edition=make_edition(), measurement=Measurement.objects.first(), value=TEXT
    )


def test_kept_value_reads_as_what_was_kept(kept):
    assert str(kept) == TEXT


def test_value_is_kept_once(kept):
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptValue.objects.create(edition=kept.edition, measurement=kept.measurement, value="x")
    assert KeptValue.objects.get() == kept


@pytest.mark.parametrize("owner", ["edition", "measurement"])
def test_kept_value_goes_with_what_it_is_of(kept, owner):
    getattr(kept, owner).delete()
    assert not KeptValue.objects.exists()

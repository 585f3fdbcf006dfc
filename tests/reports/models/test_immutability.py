"""What was published the database keeps."""

import pytest
from django.db import IntegrityError, transaction

from reports.models import Edition
from tests.factories import make_bureau, make_edition

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def test_published_edition_stays_as_it_is():
    edition = make_edition(state="published", bureau=make_bureau().slug)
    for act in (lambda rows: rows.update(title="다른 제목"), lambda rows: rows._raw_delete("default")):
        with (
            pytest.raises(IntegrityError, match="발행한 회차는 고치거나 지울 수 없습니다"),
            transaction.atomic(),
        ):
            act(Edition.objects.filter(pk=edition.pk))
    assert Edition.objects.get().title == edition.title


def test_edition_that_is_being_written_is_changed():
    edition = make_edition(bureau=make_bureau().slug)
    Edition.objects.filter(pk=edition.pk).update(title="다른 제목")
    assert Edition.objects.get().title == "다른 제목"

"""`flush` empties the immutable tables too."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.models import ChangeRecord
from departments.models import Department

pytestmark = pytest.mark.engine


@pytest.mark.django_db(transaction=True)
def test_immutable_records_flush_empties_and_guards_again():
    call_command("flush", interactive=False, verbosity=0)
    assert set(ChangeRecord.objects.values_list("model", "reason")) == {
        ("core.threshold", "처음 정한 점검 기준")
    }
    Department.objects.create(slug="new-team", name="새 팀", kind="team")
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRecord.objects.all()._raw_delete("default")

"""A database with what was published moves to another as a file."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core.audit import seals
from core.audit.immutability import missing_triggers
from reports.models import Edition, PublishedReport
from tests.core.audit.test_recording import OURS
from tests.reports.editions.conftest import publish
from tests.tampering import found

pytestmark = [pytest.mark.usefixtures("quick_formats"), pytest.mark.engine]


@pytest.mark.thorough
def test_what_was_published_moves_and_is_guarded_again(reviewed, planner, tmp_path):
    publish(reviewed, planner)
    dump, head = tmp_path / "all.yaml", seals.link()
    call_command("dumpdata", "auth.group", *OURS, format="yaml", output=str(dump), verbosity=0)
    connection.check_constraints()  # PostgreSQL empties no table that waits for it
    call_command("flush", interactive=False, verbosity=0)
    assert not Edition.objects.exists()
    call_command("loaddata", str(dump), with_history=True, verbosity=0)
    assert missing_triggers() == found() == []
    assert seals.link() == head
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedReport.objects.update(sha256="x")

"""What a task of ours says of itself, and how many may wait."""

import pytest
from django.db import transaction

from core.tasks.backend import QueueFull
from core.tasks.leases import claim
from tests.core.tasks.works import patient, plain

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_no_more_wait_than_may(tmp_path):
    for _ in range(3):
        plain.enqueue("notes")
    with pytest.raises(QueueFull, match="plain"):
        plain.enqueue("notes")
    patient.enqueue("notes")  # another kind
    claim("worker", ["patient"])
    plain.enqueue("notes")  # for one is being run


def test_unfinished_runs_are_told_by_their_arguments():
    plain.enqueue("a"), plain.enqueue("b")
    assert [row.args_kwargs["args"] for row in plain.unfinished()] == [["a"], ["b"]]
    assert [row.args_kwargs["args"] for row in plain.unfinished("b")] == [["b"]]
    assert not plain.unfinished("c").exists()


def test_what_is_rolled_back_is_not_enqueued():
    with pytest.raises(ValueError), transaction.atomic():
        plain.enqueue("a")
        raise ValueError
    assert not plain.unfinished().exists()

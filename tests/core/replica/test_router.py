"""Who may do what is asked of the primary; what a page shows, of the replica."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from core.models import ChangeRecord, Source, SourceRevision
from core.replica import router as replica_router
from core.replica.router import ReplicaRouter, is_of_primary, reading_replica
from departments.models import Department, Duty, User, UserSession

DATA = [Source, SourceRevision, ChangeRecord, Department, Duty]


@pytest.fixture(autouse=True)
def primary(monkeypatch):
    """The primary's connection, of which only that is asked whether it is in a transaction."""
    found = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(replica_router, "connections", {"default": found})
    monkeypatch.setattr(replica_router.transaction, "atomic", lambda using: nullcontext())
    return found


def in_use(*models):
    return {ReplicaRouter().db_for_read(model) for model in models}


def test_everything_is_read_from_the_primary_outside():
    assert in_use(*DATA, User, Group) == {"default"}


def test_data_is_read_from_the_replica_and_rights_from_the_primary():
    with reading_replica():
        assert in_use(*DATA) == {"replica"}
        assert in_use(User, Group, Permission, UserSession, AccessAttempt, User.groups.through) == {"default"}
    assert in_use(*DATA) == {"default"}


def test_what_is_read_after_a_write_is_read_where_it_was_written():
    with reading_replica():
        assert in_use(Duty) == {"replica"}
        assert ReplicaRouter().db_for_write(Duty) == "default"
        assert in_use(Duty) == {"default"}


def test_inside_a_transaction_everything_is_read_from_the_primary(primary):
    with reading_replica():
        primary.in_atomic_block = True
        assert in_use(*DATA) == {"default"}


def test_only_the_primary_is_migrated():
    assert [ReplicaRouter().allow_migrate(name, "core") for name in ("default", "replica")] == [True, False]
    assert ReplicaRouter().allow_relation(None, None) is True


def test_every_table_of_accounts_is_of_the_primary():
    modules = {f"departments.models.{name}" for name in ("users", "second_factors", "sign_ins")}
    of_accounts = [
        model for model in apps.get_models(include_auto_created=True) if model.__module__ in modules
    ]
    assert len(of_accounts) == 7
    assert all(map(is_of_primary, of_accounts))

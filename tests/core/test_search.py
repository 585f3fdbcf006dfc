import pytest
from django.db import connection

from core import search
from core.data_version import Revisions, read_after
from core.models import Source
from core.remembered.parts import Making
from core.search import SearchEntry, remembered_entries, search_entries
from core.snapshot import Snapshot
from departments.models import Duty, User
from projects.models import Project

pytestmark = pytest.mark.engine


@pytest.fixture
def snapshot(seeded):
    return Snapshot.from_query(User(), {})


@pytest.fixture
def providers(monkeypatch):
    """An empty registry."""
    monkeypatch.setattr(search, "_providers", [])
    return search._providers


def test_texts_come_in_the_order_in_which_the_apps_registered(providers):
    search.register_search_entries()(lambda snapshot: iter([SearchEntry("부서", snapshot, "/a/")]))
    search.register_search_entries()(lambda snapshot: iter([SearchEntry("용어", "5G", "/b/", "뜻")]))
    assert list(search.search_entries("D")) == [
        SearchEntry("부서", "D", "/a/", ""),
        SearchEntry("용어", "5G", "/b/", "뜻"),
    ]


def test_a_provider_registers_once_and_stays_a_function(providers):
    def provider(snapshot):
        yield SearchEntry("사업", "x", "/")

    assert search.register_search_entries("projects")(provider) is provider
    search.register_search_entries("glossary")(provider)
    assert providers == [search.RegisteredProvider(provider, frozenset({"projects"}))]


def test_nobody_registered(providers):
    assert list(search.search_entries(None)) == []


@pytest.mark.parametrize(
    ("url", "query", "address"),
    [
        ("/glossary/", {}, "/glossary/"),
        ("/glossary/#5g", {"as_of": "2022-08-29"}, "/glossary/?as_of=2022-08-29#5g"),
        ("/glossary/?q=x#5g", {"bureau": "a&b"}, "/glossary/?q=x&bureau=a%26b#5g"),
    ],
)
def test_the_address_keeps_what_the_reader_asked_for(url, query, address):
    assert SearchEntry("용어", "5G", url).url_with(query) == address


def test_every_app_offers_its_texts():
    from django.apps import apps

    assert apps.ready
    modules = {provider.entries.__module__.split(".")[0] for provider in search._providers}
    assert modules == {"departments", "budgets", "projects", "glossary"}


def scopes_read(provider, snapshot):
    """Of the sources whose rows a provider reads while a page is made."""
    making = Making("/", "2022-08-29", Revisions.read(with_drafts=False))
    with connection.execute_wrapper(making.note), making.begun():
        list(provider.entries(snapshot))
    return making.reads.scopes(making.revisions)


def test_every_provider_says_which_scopes_it_reads(snapshot):
    """Else a change would not be found."""
    for provider in search._providers:
        assert scopes_read(provider, snapshot.anew()) <= provider.reads < set(Source.Scope.values), provider


def test_remembered_texts_are_those_that_are_read(snapshot):
    assert remembered_entries(snapshot) == search_entries(snapshot.anew())


def test_after_a_change_those_are_read_anew_that_may_have_changed(snapshot, django_assert_max_num_queries):
    remembered_entries(snapshot)
    with django_assert_max_num_queries(1):
        remembered_entries(snapshot.anew())
    Duty.objects.filter(pk=Duty.objects.of(snapshot.source("duties")).first().pk).update(text="처음 보는 말")
    with django_assert_max_num_queries(8):
        found = remembered_entries(snapshot.anew())
    assert [entry.kind for entry in found if "처음 보는 말" in entry.body] == ["부서"]
    assert found == search_entries(snapshot.anew())


def test_a_name_that_all_bureaus_share_is_read_anew(snapshot):
    remembered_entries(snapshot)
    Project.objects.filter(slug="public-wifi").update(name="새 이름")
    assert remembered_entries(snapshot.anew()) == search_entries(snapshot.anew())


def test_texts_are_read_where_a_change_comes_between_two_looks(snapshot, monkeypatch):
    """No version tells then what the snapshot holds."""
    duties = Duty.objects.filter(pk=Duty.objects.of(snapshot.source("duties")).first().pk)
    remembered_entries(snapshot)
    duties.update(text="처음 보는 말")

    def read_and_changed(snapshot, version):
        fresh = read_after(snapshot, version)
        duties.update(text="그다음 말")
        return fresh

    monkeypatch.setattr(search, "read_after", read_and_changed)
    assert [entry.kind for entry in remembered_entries(snapshot) if "그다음 말" in entry.body] == ["부서"]

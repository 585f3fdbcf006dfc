import pytest

from core import search
from core.search import SearchEntry

pytestmark = pytest.mark.engine


@pytest.fixture
def providers(monkeypatch):
    """An empty registry."""
    monkeypatch.setattr(search, "_providers", [])
    return search._providers


def test_texts_come_in_the_order_in_which_the_apps_registered(providers):
    search.register_search_entries(lambda snapshot: iter([SearchEntry("부서", snapshot, "/a/")]))
    search.register_search_entries(lambda snapshot: iter([SearchEntry("용어", "5G", "/b/", "뜻")]))
    assert list(search.search_entries("D")) == [
        SearchEntry("부서", "D", "/a/", ""),
        SearchEntry("용어", "5G", "/b/", "뜻"),
    ]


def test_a_provider_registers_once_and_stays_a_function(providers):
    def provider(snapshot):
        yield SearchEntry("사업", "x", "/")

    assert search.register_search_entries(provider) is provider
    search.register_search_entries(provider)
    assert providers == [provider]


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
    modules = {provider.__module__.split(".")[0] for provider in search._providers}
    assert modules == {"departments", "budgets", "projects", "glossary"}

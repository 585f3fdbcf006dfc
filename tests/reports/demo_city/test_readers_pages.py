"""Pages of one bureau in a city: what is said of the others neither changes them nor makes them anew."""

import re

import pytest

from budgets.models import BudgetFigure
from core import data_version
from core.audit.recording import tracked_models
from core.audit.revisions import source_path
from core.models import Source
from core.remembered import pages as remembered_pages
from core.remembered.page_cache import PageCache
from core.remembered.queries import RememberedQuery
from departments.models import Department, Duty, User
from tests.factories import make_bureau, make_member, make_source
from tests.test_queries_of_pages import MOST, nothing_known, queries_of

pytestmark = pytest.mark.engine
OWN, OTHER = "digital-policy-bureau", "demonstration-city-001"
ADDRESSES = [
    "/", "/departments/", f"/departments/{OWN}/", "/departments/data-center/", "/budgets/revenue/", "/budgets/expenditure/",
    "/budgets/expenditure/data-center/", "/budgets/cross-tab/", "/projects/", "/projects/timeline/", "/projects/indicators/",
    "/projects/public-wifi/", "/glossary/", "/glossary/?q=디지털", "/?as_of=2020-01-31", f"/departments/?bureau={OWN}",
]  # fmt: skip


@pytest.fixture(autouse=True)
def narrow(monkeypatch):
    """As in a city of many sources; pages are kept by a memory of the test's own."""
    monkeypatch.undo()  # pages are remembered although queries are counted
    monkeypatch.setattr(data_version, "MOST_WHOLE", 10)
    monkeypatch.setattr(data_version, "_chosen", {})
    whole = RememberedQuery(data_version._few_in_force.make)  # whose limit is put into its SQL once
    monkeypatch.setattr(data_version, "_few_in_force", whole)
    monkeypatch.setattr(remembered_pages, "_remembered", PageCache(1 << 22))


@pytest.fixture
def reader(city, client):
    """Of the seeded bureau."""
    unit = Department.objects.get(slug="data-center")
    client.force_login(User.objects.create(username="reader", department=unit))
    return client


def is_kept(client, address="/departments/"):
    """Whether the page that a browser has still holds."""
    first = client.get(address)

    def asked():
        return client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    assert asked()
    return asked


def text_of(response):
    """But for how long the sign-in lasts, and its tokens."""
    return re.sub('data-left="[0-9]+"|value="[A-Za-z0-9]{64}"', "", response.content.decode())


def delete_facts_of_others():
    for model in reversed(tracked_models()):  # what belongs to another row first
        if (path := source_path(model)) and model is not Source:
            model._base_manager.filter(
                **{f"{path}__bureau__slug__startswith": "demonstration-city"}
            )._raw_delete("default")


def test_nothing_on_the_pages_of_a_bureau_is_said_by_others(reader, monkeypatch):
    monkeypatch.setattr(remembered_pages, "may_be_remembered", lambda request: False)
    before = {address: text_of(reader.get(address)) for address in ADDRESSES}
    delete_facts_of_others()
    assert not BudgetFigure.objects.exclude(source__bureau__slug=OWN).exists()
    for address, page in before.items():
        assert text_of(reader.get(address)) == page, address


def test_a_page_asks_no_more_of_the_database_than_alone(reader, django_assert_num_queries):
    reader.get("/departments/")
    with django_assert_num_queries(2):  # session with user, the bureau's versions with what it follows from
        reader.get("/departments/")


FIRST_IN_CITY = {
    "/": 13,
    "/departments/": 12,
    "/departments/data-center/": 11,
    "/budgets/expenditure/": 9,
    "/budgets/expenditure/data-center/": 13,
    "/budgets/revenue/": 9,
    "/projects/public-wifi/": 11,
    "/document/": 11,
    "/integrity/": 13,
    "/glossary/": 12,
}


@pytest.mark.parametrize(
    ("unit", "asked", "fewer"),
    [("", f"?bureau={OWN}", 1), ("data-center", f"?bureau={OWN}", 0), ("data-center", "", 0)],
)
def test_a_first_view_in_a_city_asks_so_often(city, client, unit, asked, fewer):
    """Among them which bureaus there are, and the versions of the one that is shown; of who has no unit not, in whose tree it stands.
    Where nodes share pages by a table two more (`tests/test_queries_of_pages.py`): 15 at most."""
    client.force_login(make_member(unit=unit))
    addresses = list(FIRST_IN_CITY)[:: 1 if unit and asked else 4]
    found = {}
    for address in addresses:
        with nothing_known():
            found[address] = queries_of(client, f"{address}{asked}")
    assert found == {address: FIRST_IN_CITY[address] - fewer for address in addresses}
    assert max(FIRST_IN_CITY.values()) + 2 <= MOST


def test_a_change_of_another_bureau_leaves_the_page(reader):
    holds = is_kept(reader)
    Duty.objects.filter(source__bureau__slug=OTHER).update(text="바뀐 업무")
    assert holds()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Duty.objects.filter(source__bureau__slug=OWN).update(text="바뀐 업무"),
        lambda: Department.objects.filter(slug=OTHER).update(name="새 이름국"),
        lambda: make_source(make_bureau(), "duties", "2022-08-29"),
        lambda: Source.objects.filter(bureau__slug=OTHER).update(state="withdrawn"),
        lambda: User.objects.filter(username="reader").update(
            department=Department.objects.get(slug=f"{OTHER}-01")
        ),
    ],
)
def test_what_a_page_says_makes_it_anew(reader, change):
    holds = is_kept(reader)
    change()
    assert not holds()


def test_who_has_no_unit_sees_the_first_bureau_and_its_changes(city, client):
    client.force_login(User.objects.create(username="guest"))
    holds = is_kept(client)
    Duty.objects.filter(source__bureau__slug=OWN).update(text="다른 국의 업무")
    assert holds()
    Duty.objects.filter(source__bureau__slug=OTHER).update(text="바뀐 업무")
    assert not holds()


def test_another_bureau_that_is_asked_for_is_read_by_its_own_versions(reader):
    holds = is_kept(reader, f"/departments/?bureau={OTHER}")
    Duty.objects.filter(source__bureau__slug=OWN).update(text="다른 국의 업무")
    assert holds()
    Duty.objects.filter(source__bureau__slug=OTHER).update(text="바뀐 업무")
    assert not holds()


def test_a_unit_that_other_bureaus_place_is_not_kept(reader):
    first = reader.get(f"/departments/{OTHER}-01/")
    assert (first.status_code, "ETag" in first.headers) == (200, False)

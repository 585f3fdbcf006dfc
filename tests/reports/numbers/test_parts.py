"""What is asked about the numbers of an edition, by part: on the part's page, in the grid, when it is handed in."""

import pytest

from core.page_links import numbers_url
from core.snapshot import snapshot_with
from projects.models import Brief
from reports.editions.collection import collection_of
from reports.models import Edition
from reports.numbers.page import asked_count
from reports.numbers.parts import asked_by_part
from tests.databases import kept_for_tests
from tests.factories import make_member
from tests.reports.editions.conftest import in_state, open_new

pytestmark = pytest.mark.django_db
PART = "parts/ict-security/projects/public-wifi/"


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker):
    """The key of an edition that is opened once for the tests of this module."""
    yield from kept_for_tests(django_db_blocker, open_new)


@pytest.fixture
def edition(opened, seeded):
    return in_state(Edition.objects.get(pk=opened), "collecting")


@pytest.fixture
def brief(edition):
    """The draft of the first project, with two numbers that nobody has accounted for."""
    row = Brief.objects.get(number=1, source__as_of="2022-11-01")
    row.achievements, row.mentions = "ㅇ 안내판 77개와 88개 설치", []
    row.save()
    return row


@pytest.fixture
def own(client, brief):
    client.force_login(make_member("부서 담당", unit="ict-security", username="duri"))
    return client


def test_what_is_asked_is_of_the_projects_part(edition, brief):
    asked = asked_by_part(collection_of(edition))
    counts = {key[1:]: asked_count(texts) for key, texts in asked.items()}
    assert counts[("projects", brief.project_id)] == 2


def test_the_parts_page_asks_and_saves(own, edition, brief):
    url = f"/reports/{edition.pk}/{PART}"
    page = own.get(url)
    content = page.content.decode()
    assert "정할 숫자 2개" in content and "이대로 제출할 수 있습니다" in content
    (row,) = page.context["numbers"]
    view = row.texts[0]
    form = {"text": view.name, "form_versions": view.versions, "action": "only_here_all"}
    answer = own.post(f"/reports/{edition.pk}/numbers/?next={url}", form)
    assert answer.url == f"{url}#{view.name}"
    assert own.get(url).context["numbers"] == []


def test_the_grid_counts_what_is_asked(own, edition):
    assert "정할 숫자 2개" in own.get(f"/reports/{edition.pk}/").content.decode()


def test_a_part_with_numbers_to_decide_is_handed_in_with_a_word(own, edition):
    url = f"/reports/{edition.pk}/{PART}"
    token = own.get(url).context["cell"].version_token
    page = own.post(url, {"action": "submit", "version_token": token}, follow=True)
    assert [str(message) for message in page.context["messages"]][-1] == (
        "본문의 숫자 2개가 무엇을 뜻하는지 아직 정하지 않았습니다. 발행하기 전에 정해 주십시오."
    )


def test_a_draft_is_read_with_the_others_of_its_edition(edition, brief):
    assert {source.as_of.isoformat() for source in snapshot_with(brief.source).in_force} >= {"2022-11-01"}
    assert snapshot_with(brief.source).source("indicators").as_of.isoformat() == "2022-11-01"
    assert numbers_url(brief.source, brief) == (
        f"/reports/{edition.pk}/numbers/?state=asked&row=projects.brief.{brief.pk}"
    )


def test_a_unit_that_hands_in_all_its_parts_is_told_too(own, edition):
    cells = own.get(f"/reports/{edition.pk}/").context["rows"]
    picks = [part.pick for unit in cells if unit.is_own for part in unit.submittable]
    page = own.post(f"/reports/{edition.pk}/units/ict-security/submit/", {"part": picks}, follow=True)
    assert "본문의 숫자 2개가 무엇을 뜻하는지" in str(list(page.context["messages"])[0])

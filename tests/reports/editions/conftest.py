"""An edition of 2022-11-01, opened from the seeded report, and the people who work on it."""

from copy import copy
from datetime import date

import pytest

from departments.models import Department, Staffing, User
from reports.editions import publishing
from reports.editions.checklist import checklist as checklists
from reports.editions.collection import collection_of
from reports.editions.opening import open_edition
from reports.editions.snapshot import snapshot_of
from reports.findings import errors_left, findings_of
from reports.models import Edition, Explanation, Submission
from tests.databases import kept_for_tests
from tests.factories import make_member

CENTER = "data-center"
AS_OF, DEADLINE = date(2022, 11, 1), date(2022, 11, 8)


@pytest.fixture
def bureau(seeded):
    return Department.objects.get(slug="digital-policy-bureau")


@pytest.fixture
def planner(seeded):
    return User.objects.filter(username="planner").first() or make_planner()


def make_planner():
    return make_member("기획 담당", unit="digital-policy", username="planner")


@pytest.fixture
def member(seeded):
    """Of 데이터센터."""
    user = make_member("부서 담당", unit=CENTER, username="hana")
    user.last_name, user.first_name, user.email = "김", "하나", "hana@example.org"
    user.save()
    return user


def open_new():
    given = {
        "title": "2022년 11월 업무보고",
        "council_session": "제315회 정례회",
        "as_of": AS_OF,
        "deadline": DEADLINE,
    }
    bureau = Department.objects.get(slug="digital-policy-bureau")
    planner = User.objects.filter(username="planner").first() or make_planner()
    opened, _ = open_edition(bureau=bureau, user=planner, **given)
    return opened.pk


def open_and_settle():
    """The key of a new edition, and what would explain its errors and confirm its parts."""
    edition = Edition.objects.get(pk=open_new())
    return edition.pk, (explanations_of(edition), confirmations_of(edition))


@pytest.fixture(scope="module")
def opened_and_settled(django_db_setup, django_db_blocker):
    yield from kept_for_tests(django_db_blocker, open_and_settle)


@pytest.fixture(scope="module")
def opened(opened_and_settled):
    """The key of an edition that is opened once for the tests of a module."""
    return opened_and_settled[0]


@pytest.fixture
def edition(opened, seeded):
    return Edition.objects.get(pk=opened)


@pytest.fixture
def collecting(edition):
    return in_state(edition, Edition.State.COLLECTING)


@pytest.fixture(scope="module")
def settled(opened_and_settled):
    """What `reviewed` writes, worked out once for the edition as it was opened."""
    return opened_and_settled[1]


@pytest.fixture
def reviewed(edition, planner, settled):
    return make_reviewed(edition, settled)


def make_reviewed(edition, settled):
    """Ready to be published: what the report misprints is explained, every part confirmed."""
    for model, rows in zip((Explanation, Submission), settled, strict=True):
        model.objects.bulk_create(map(copy, rows))
    return in_state(edition, Edition.State.REVIEW)


def confirm_all(edition):
    """Every part as it now stands."""
    edition.submissions.all().delete()
    Submission.objects.bulk_create(confirmations_of(edition))


def confirmations_of(edition):
    return [
        Submission(
            edition=edition,
            department=cell.place.department,
            part=cell.place.part,
            project=cell.place.project,
            state="confirmed",
            version=cell.version,
        )
        for cell in collection_of(edition).cells
    ]


def explain_errors(edition):
    Explanation.objects.bulk_create(explanations_of(edition))


def explanations_of(edition):
    return [
        Explanation(
            bureau=edition.bureau,
            finding=error.finding.id,
            fingerprint=error.finding.fingerprint,
            reason="원문의 오기",
            explained_by=User.objects.get(username="planner"),
        )
        for error in errors_left(findings_of(snapshot_of(edition)))
    ]


@pytest.fixture
def draft(edition):
    """Of a model, the row of the edition's drafts that fits."""

    def found(model, **where):
        return model.objects.filter(source__as_of="2022-11-01", **where).first()

    return found


def in_state(edition, state):
    edition.state = state
    edition.save(update_fields=["state"])
    return edition


@pytest.fixture
def planner_client(client, planner):
    client.force_login(planner)
    return client


@pytest.fixture
def quick_formats(monkeypatch):
    """The faces that take no time; test_publishers.py has all of them."""
    monkeypatch.setattr(publishing, "FORMATS", quick())


def quick():
    return {extension: publishing.FORMATS[extension] for extension in ("html", "json")}


def one_post_more():
    """데이터센터's part is another."""
    row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
    row.authorized += 1
    row.save()


def sign(edition, user):
    """As on the page of the checklist, where there is anything to sign."""
    checklist = publishing.prepare(edition).checklist
    if not (checklist.stops or checklist.is_signed):
        checklists.sign(edition, checklist, user=user, version_token=checklist.version_token)


def publish(edition, user, version_token=None):
    """As on its page, signed."""
    if edition.state == Edition.State.REVIEW:
        sign(edition, user)
    token = version_token or publishing.proposal(edition).version_token
    return publishing.publish(edition, user=user, version_token=token)

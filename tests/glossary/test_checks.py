"""Integrity of the glossary: pages, and terms that no other text uses."""

import pytest

from core import integrity
from core.integrity import Level
from glossary.models import Definition, Term
from tests.factories import make_bureau, make_source, snapshot_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(db):
    return make_bureau()


def define(bureau, slug="ap", page=9, page_printed="업무보고 p.9"):
    source = make_source(bureau, "glossary", "2022-03-31")
    term = Term.objects.create(slug=slug, name="AP")
    return Definition.objects.create(
        source=source,
        term=term,
        heading="AP",
        text="▪ 무선 접속 장치",
        page=page,
        page_printed=page_printed,
        order=1,
    )


def levels(bureau):
    found = integrity.run(snapshot_of(bureau), ["glossary"])
    return {finding.id: finding.level for finding in found if finding.id.startswith("term.")}


def test_page_that_is_as_printed_holds(bureau):
    define(bureau)
    assert levels(bureau) == {
        "term.page/ap": Level.HOLDS,
        "term.page-printed/ap": Level.HOLDS,
        "term.heading/ap": Level.HOLDS,
        "term.used/ap": Level.WARNING,  # no other text says it
    }


def test_page_that_is_printed_otherwise_is_an_error(bureau):
    define(bureau, page=10)
    assert levels(bureau)["term.page-printed/ap"] is Level.ERROR


@pytest.mark.parametrize("values", [{"name": "AD"}, {"english": "Access Point"}, {"abbreviation": "에이피"}])
def test_a_heading_without_a_name_of_its_term_is_told(bureau, values):
    define(bureau)
    Term.objects.update(**values)
    assert levels(bureau)["term.heading/ap"] is Level.WARNING


def test_a_letter_too_many_in_a_heading_is_told(bureau):
    define(bureau)
    Definition.objects.update(heading="AP x")
    assert levels(bureau)["term.heading/ap"] is Level.WARNING


def test_term_without_a_page_is_a_warning(bureau):
    define(bureau, page=None, page_printed="")
    found = levels(bureau)
    assert found["term.page/ap"] is Level.WARNING
    assert "term.page-printed/ap" not in found


def test_every_term_of_the_report_has_its_page_and_is_used(seeded):
    from departments.models import Department

    bureau = Department.objects.get(slug="digital-policy-bureau")
    found = levels(bureau)
    assert sum(key.startswith("term.used/") for key in found) == 21
    assert set(found.values()) == {Level.HOLDS}

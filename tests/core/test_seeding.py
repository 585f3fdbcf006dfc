from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers.base import DeserializationError

from core.models import Source
from core.seeding import fixture_files, seed
from departments.models import Department, Duty, Staffing
from tests.audit import RESTORABLE

FIXTURES = settings.BASE_DIR / "fixtures"
REPORT = "digital-policy/2022-08-29"


def counts():
    return {model._meta.label: model.objects.count() for model in RESTORABLE}


def seed_report():
    return seed(fixture_files(FIXTURES))


@pytest.fixture
def fixture_file(tmp_path):
    """Writes a fixture file in YAML."""

    def write(text, name="10-new.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


SOURCE = """
- model: core.source
  fields: {slug: new/duties, bureau: [digital-policy-bureau], scope: duties, as_of: 2022-11-01, state: draft}
"""
DUTY = """
- model: departments.duty
  fields: {source: [new/duties], department: [data-center], order: 1, text: 백업센터 운영}
"""


def test_the_reports_files_are_found_in_their_order():
    names = [path.relative_to(FIXTURES).as_posix() for path in fixture_files(FIXTURES)]
    assert names[0] == "00-departments.yaml"
    assert names[-19:-17] == ["2022-08-29/11-sources.yaml", "2022-08-29/12-organisation.yaml"]
    assert names[-1] == "2022-08-29/70-glossary.yaml"


def test_seeding_twice_adds_nothing(seeded):
    before = counts()
    again = seed_report()
    assert (again.total, again.added) == (0, {})
    assert counts() == before


def test_a_fresh_database_gets_the_whole_report(seeded):
    before = counts()
    for source in Source.objects.filter(slug__startswith=REPORT):
        source.delete()
    seeded_again = seed_report()
    assert counts() == before
    assert seeded_again.added["자료"] == 10
    assert seeded_again.added["주요업무"] == 55
    assert seeded_again.added["인력"] == 8
    assert "부서" not in seeded_again.added  # units last, whatever becomes of a source


def test_what_a_person_changed_is_kept(seeded):
    Department.objects.filter(slug="data-center").update(name="데이터센터(개명)")
    staffing = Staffing.objects.filter(source__slug=f"{REPORT}/staffing", department__slug="data-center")
    staffing.update(authorized=70)
    Source.objects.filter(scope="vision").update(state="withdrawn")
    Duty.objects.filter(department__slug="data-center").delete()
    before = counts()
    assert seed_report().total == 0
    assert counts() == before
    assert Department.objects.get(slug="data-center").name == "데이터센터(개명)"
    assert staffing.get().authorized == 70
    assert Source.objects.get(scope="vision").state == "withdrawn"


def test_a_new_source_comes_with_its_facts_beside_the_known_ones(seeded, fixture_file):
    added = seed([fixture_file(SOURCE + DUTY)]).added
    assert added == {"자료": 1, "주요업무": 1}
    source = Source.objects.get(slug="new/duties")
    assert source.as_of == date(2022, 11, 1)
    assert [duty.text for duty in Duty.objects.of(source)] == ["백업센터 운영"]
    assert Duty.objects.count() == 56


def test_a_known_source_gets_no_further_facts(seeded, fixture_file):
    seed([fixture_file(SOURCE)])
    assert seed([fixture_file(SOURCE + DUTY)]).total == 0
    assert not Duty.objects.filter(source__slug="new/duties").exists()


def test_a_source_and_its_facts_may_stand_in_two_files(seeded, fixture_file):
    assert seed([fixture_file(SOURCE, "1.yaml"), fixture_file(DUTY, "2.yaml")]).total == 2


def test_what_lasts_is_added_where_it_is_unknown(seeded, fixture_file):
    units = """
- {model: departments.department, fields: {slug: data-center, name: 다른 이름, kind: office}}
- {model: departments.department, fields: {slug: new-team, name: 새 팀, kind: team}}
"""
    assert seed([fixture_file(units)]).added == {"부서": 1}
    assert Department.objects.get(slug="data-center").name == "데이터센터"
    assert Department.objects.get(slug="new-team").name == "새 팀"


@pytest.mark.parametrize(
    "broken",
    [
        "- {model: departments.duty, fields: {source: [new/duties], department: [no-such-unit], order: 2, text: x}}",
        "- {model: departments.duty, fields: {source: [new/duties], department: [data-center], order: many, text: x}}",
        "- {model: departments.nothing, fields: {}}",
        "- model: [",
    ],
)
def test_a_broken_file_takes_everything_back(seeded, fixture_file, broken):
    before = counts()
    files = [fixture_file(SOURCE + DUTY, "1.yaml"), fixture_file(broken, "2.yaml")]
    with pytest.raises(DeserializationError):
        seed(files)
    assert counts() == before


@pytest.mark.parametrize("load", [lambda path: seed([path]), lambda path: call_command("loaddata", path)])
def test_a_text_beyond_its_limit_is_refused(seeded, fixture_file, load):
    path = fixture_file(f"{SOURCE.rstrip().removesuffix('}')}, notes: {'가' * 4_001}}}\n")
    with pytest.raises((ValidationError, DeserializationError), match="4,000자까지 적을 수 있습니다"):
        load(path)
    assert not Source.objects.filter(slug="new/duties").exists()

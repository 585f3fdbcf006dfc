"""The linker in every template."""

from types import SimpleNamespace

from departments.models import Department
from glossary.context import linker
from tests.factories import snapshot_of


def test_linker_asks_nothing_until_it_is_used(seeded, django_assert_num_queries):
    request = SimpleNamespace(snapshot=snapshot_of(Department.objects.get(slug="digital-policy-bureau")))
    with django_assert_num_queries(0):
        found = linker(request)["linker"]
    assert 'href="#term-metaverse"' in str(found.section("").link("메타버스 서울"))

from decimal import Decimal

from core.stated_facts import stated_facts
from departments.models import Department
from tests.factories import snapshot_of


def test_how_many_terms_there_are(seeded):
    fact = stated_facts(snapshot_of(Department.objects.get(slug="digital-policy-bureau")), "terms")[
        "terms:all"
    ]
    assert (fact.value, fact.unit, fact.url) == (Decimal(21), "개", "/glossary/")

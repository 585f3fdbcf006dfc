"""Terms and their definitions."""

import pytest
from django.db import IntegrityError, transaction

from glossary.models import Definition, Term

pytestmark = pytest.mark.engine


def test_term_written_forms_longest_first_each_once():
    term = Term(name="와이파이", abbreviation="Wi-Fi", spellings="WiFi\n와이파이\n\n공공 와이파이")
    assert term.written_forms == ("공공 와이파이", "Wi-Fi", "WiFi", "와이파이")


def test_definition_stands_once_for_a_term(seeded):
    told = Definition.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Definition.objects.create(source=told.source, term=told.term, order=99, heading="둘째", text="▪ 뜻")

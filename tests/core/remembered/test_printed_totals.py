import pytest

from core.models import ControlTotal, Source
from core.remembered.printed_totals import totals_printed
from core.snapshot import Snapshot
from tests.factories import NOBODY


@pytest.mark.engine
def test_totals_come_by_source_with_their_sources_in_one_query(seeded, django_assert_num_queries):
    snapshot = Snapshot.from_query(NOBODY, {})
    staffing, revenue = snapshot.source(Source.Scope.STAFFING), snapshot.source(Source.Scope.REVENUE)
    with django_assert_num_queries(1):
        totals = totals_printed(snapshot, [revenue, None, staffing])
    assert [total.source for total in totals[:1] + totals[-1:]] == [revenue, staffing]
    of_revenue, of_staff = (
        ControlTotal.objects.filter(source=source).count() for source in (revenue, staffing)
    )
    assert len(totals) == of_revenue + of_staff
    keys = [total.pk for total in totals]
    assert keys[:of_revenue] == sorted(keys[:of_revenue]) and keys[of_revenue:] == sorted(keys[of_revenue:])
    assert totals_printed(snapshot, [None]) == []

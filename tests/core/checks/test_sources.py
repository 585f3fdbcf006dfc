from datetime import date

import pytest

from core.checks import sources
from core.integrity import Level
from core.models import ControlTotal, Source
from departments.models import Duty
from projects.models import Contact, VisionStrategy
from tests.slips import change, found_by

pytestmark = pytest.mark.django_db
CHECKS = (sources.base_dates, sources.scopes, sources.numbering, sources.gaps)


@pytest.mark.parametrize("check", CHECKS)
def test_the_report_holds(seeded, check):
    assert found_by(check) == {}


def test_a_source_of_another_day_is_information(seeded):
    change(Source.objects.filter(scope="indicators"), as_of=date(2022, 9, 29))
    assert found_by(sources.base_dates) == {"source.date/digital-policy/2022-08-29/indicators": Level.INFO}


def test_a_subject_that_a_whole_report_lacks_is_told(seeded):
    change(Source.objects.filter(scope="vision"), state="withdrawn")
    assert found_by(sources.scopes) == {"source.missing": Level.WARNING}


def test_a_report_of_two_subjects_lacks_none(seeded):
    Source.objects.exclude(scope__in=("organisation", "staffing")).update(state="withdrawn")
    assert found_by(sources.scopes) == {}


def test_a_number_left_out_is_told_as_loud_as_people_read_it(seeded):
    Duty.objects.get(department__slug="big-data", order=3).delete()
    Contact.objects.get(brief__project__slug="public-wifi", order=2).delete()
    VisionStrategy.objects.get(order=1).delete()
    assert found_by(sources.numbering) == {
        "row.numbering/duty/big-data": Level.WARNING,
        "row.numbering/contact/public-wifi": Level.INFO,
        "row.numbering/visionstrategy": Level.WARNING,
    }


def test_the_last_row_leaves_no_hole(seeded):
    Duty.objects.get(department__slug="big-data", order=6).delete()
    assert found_by(sources.numbering) == {}


def test_a_total_that_most_rows_print_is_missed(seeded):
    ControlTotal.objects.get(measure="execution_rate", subject="big-data").delete()
    assert found_by(sources.gaps) == {
        "control.gap/digital-policy/2022-08-29/expenditure-2022/execution_rate/2022": Level.WARNING
    }


def test_a_total_that_few_rows_print_is_missed_nowhere(seeded):
    ControlTotal.objects.get(measure="committed", subject="ict-security").delete()
    assert found_by(sources.gaps) == {}

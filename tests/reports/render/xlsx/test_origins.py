"""The sheet of sources, by the report of 2022-08-29."""

import pytest

from reports.formats import FORMATS
from tests.reports.books import row_of, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_sources_and_the_hash_of_the_report(values, seeded_reports):
    from hashlib import sha256

    sheet = values["자료"]
    assert row_of(sheet, "SHA-256")[1].value == sha256(FORMATS["json"].write(*seeded_reports)).hexdigest()
    assert words(row_of(sheet, "인력"))[1:5] == [
        "2022. 8. 29.",
        "디지털정책관 업무보고, Ⅰ. 일반현황",
        "인력",
        "명",
    ]

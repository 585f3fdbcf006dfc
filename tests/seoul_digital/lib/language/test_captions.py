from datetime import date

import pytest
from django.utils import translation

from seoul_digital.lib.language import captions

D = date(2022, 8, 29)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("2022. 8. 29.", "2022. 8. 29. 기준", "천원, %", "(단위: 천원, %)")),
        ("en", ("29 Aug 2022", "as of 29 Aug 2022", "KRW thousand, %", "(unit: KRW thousand, %)")),
    ],
)
def test_dates_and_units_beside_a_table(language, words):
    with translation.override(language):
        found = (
            captions.day(D),
            captions.as_of_text(D),
            captions.units_text("천원, %"),
            captions.unit_text("천원, %"),
        )
    assert found == words

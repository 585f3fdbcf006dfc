from decimal import Decimal

import pytest

from seoul_digital.lib.number_parsing import number_in


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("28,006대", "28006"),
        ("1.7만명", "17000"),
        ("총 35만3천권", "353000"),
        ("총 181.5만컷/점", "1815000"),
        ("1.1천점", "1100"),
        ("2,872만 건", "28720000"),
        ("2만여 명", "20000"),
        ("120여명", "120"),
        ("약 3,500명", "3500"),
        ("최수우1", "1"),
        ("발전상4개 팀", "4"),
        ("십만개/km2", "100000"),
        ("백만개/km2", "1000000"),
        ("20 Gbps", "20"),
        ("△34.0%", "-34.0"),
        ("△327,012", "-327012"),
        ("1,867.6㎡", "1867.6"),
        ("1/10", "0.1"),
        ("8,617백만원", "8617000000"),
        ("86억 1,700만원", "8617000000"),
        ("35만 3천권", "353000"),
        ("10억 원", "1000000000"),
        ("-", "0"),
    ],
)
def test_number_of_a_printed_form(printed, value):
    assert number_in(printed) == Decimal(value)


@pytest.mark.parametrize("printed", ["순증", "광진, 동작, 강남", ""])
def test_no_number(printed):
    assert number_in(printed) is None

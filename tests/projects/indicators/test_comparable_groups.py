"""Indicators that may be compared."""

from types import SimpleNamespace

from projects.indicators.comparable_groups import comparable_groups


def entry(name, unit="건", kind="level", on="2022-06", children=(), series=1):
    return SimpleNamespace(
        indicator=SimpleNamespace(name=name, unit=unit, kind=kind),
        latest=SimpleNamespace(on=on),
        children=children,
        series=[None] * series,
    )


def told(*entries):
    return [
        (group.title, [group.label(member) for member in group.members])
        for group in comparable_groups(entries)
    ]


def test_comparable_groups_share_words_at_the_end():
    assert told(entry("S-DoT 일일 수집량"), entry("S-DoT 외 IoT센서 일일 수집량")) == [
        ("일일 수집량", ["S-DoT", "S-DoT 외 IoT센서"])
    ]


def test_comparable_groups_share_words_at_the_beginning():
    found = told(entry("해커톤 수상 (우수)"), entry("해커톤 수상 (장려)"), entry("해커톤 수상 (특별)"))
    assert found == [("해커톤 수상", ["우수", "장려", "특별"])]


def test_comparable_groups_need_one_unit_and_time():
    assert told(entry("누적 이용 건수", unit="건"), entry("올해 이용 건수", unit="명")) == []
    assert told(entry("누적 이용 건수"), entry("올해 이용 건수", on="2021-12")) == []


def test_comparable_groups_need_two_shared_words():
    assert told(entry("누적 건수"), entry("올해 건수")) == []


def test_comparable_groups_leave_out_what_has_parts_or_a_series():
    assert told(entry("누적 이용 건수", children=[1]), entry("올해 이용 건수")) == []
    assert told(entry("누적 이용 건수"), entry("올해 이용 건수", series=2)) == []

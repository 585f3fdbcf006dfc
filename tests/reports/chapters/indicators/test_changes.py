from dataclasses import replace
from decimal import Decimal

from reports.chapters.indicators.data import OtherFigure, TargetRow
from reports.comparison.changes import Counts, FieldChange, Kind
from reports.comparison.compare import compare
from seoul_digital.lib.periods import PartialDate
from tests.reports.plain import indicator, two


def compared_indicators(before, after):
    return compare(*two("indicators", tuple(before), tuple(after))).changes["indicators"]


def test_the_newest_figures_are_compared():
    changes = compared_indicators(
        [indicator("aps", ("2022-01", Decimal(28006))), indicator("gone", ("2022-01", Decimal(1)))],
        [
            indicator("aps", ("2022-01", Decimal(28006)), ("2022-07", Decimal("28411.5"))),
            indicator("new", ("2022-07", Decimal(2))),
        ],
    )
    aps, new, gone = changes.shown
    assert (aps.kind, aps.old.value, aps.new.value, aps.difference) == (
        Kind.CHANGED,
        28006,
        Decimal("28411.5"),
        Decimal("405.5"),
    )
    assert [(one.kind, one.difference) for one in (new, gone)] == [(Kind.ADDED, None), (Kind.REMOVED, None)]


def test_the_same_figure_measured_anew_is_a_change_of_its_time_alone():
    changes = compared_indicators(
        [indicator("aps", ("2022-01", Decimal(5)))], [indicator("aps", ("2022-07", Decimal(5)))]
    )
    assert changes.counts == Counts(changed=1)
    assert changes.shown[0].difference == 0
    same = [indicator("aps", ("2022-01", Decimal(5)))]
    assert compared_indicators(same, same).counts == Counts(same=1)


def test_in_another_unit_there_is_no_difference():
    (one,) = compared_indicators(
        [indicator("a", ("2022", Decimal(5)))], [indicator("a", ("2022", Decimal(5000)), unit="천개")]
    ).shown
    assert (one.fields, one.difference) == ((FieldChange("단위", "개", "천개"),), None)


def test_targets_and_names():
    target = TargetRow(PartialDate(2024), Decimal(7393), "7,393대")
    before = indicator("a", ("2022", Decimal(270)), name="5G 버스")
    after = indicator(
        "a",
        ("2022", Decimal(270)),
        name="5G 시내버스",
        targets=(target, TargetRow(None, Decimal(9000), "9,000대")),
    )
    (one,) = compared_indicators([before], [after]).shown
    assert one.fields == (
        FieldChange("이름", "5G 버스", "5G 시내버스"),
        FieldChange("목표", "", "7,393대(’24년), 9,000대"),
    )


def test_an_earlier_figure_that_was_put_right_is_told():
    before = [indicator("a", ("2020", Decimal(26)), ("2021", Decimal(116)))]
    after = [indicator("a", ("2020", Decimal(27)), ("2021", Decimal(116)))]
    (one,) = compared_indicators(before, after).shown
    assert (one.revised, one.difference) == ((FieldChange("2020", "26개", "27개"),), 0)


def test_a_second_statement_of_a_figure_is_a_change():
    one = indicator("speed", ("2022", Decimal(200)))
    other = replace(one, series=(replace(one.series[0], others=(OtherFigure("표", "20배", Decimal(20)),)),))
    assert compared_indicators([one], [other]).counts == Counts(changed=1)


def test_an_indicator_is_named_under_those_that_it_is_told_under():
    parts = [
        indicator("all", ("2022", Decimal(3)), name="전체"),
        indicator("part", ("2022", Decimal(1)), name="고정형", parent="all"),
    ]
    changes = compared_indicators(
        parts, [parts[0], indicator("part", ("2022", Decimal(2)), name="고정형", parent="all")]
    )
    assert [changes.name_of(one) for one in changes.shown] == ["전체 › 고정형"]

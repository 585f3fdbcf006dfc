from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from departments.models import Department
from projects import data
from projects.indicators.tree import TargetsSummary, entries, exact, of_project, targets_summary
from projects.models import Indicator, Measurement, Project, Target
from seoul_digital.lib.periods import PartialDate
from tests.factories import make_bureau, make_source, snapshot_of


def test_values_lose_the_zeros_of_the_database():
    assert exact(Decimal("28006.0000")) == 28006
    assert str(exact(Decimal("80.8000"))) == "80.8"
    assert str(exact(Decimal("2400000.0000"))) == "2400000"


def test_the_tree_has_parents_and_their_parts(entry):
    total = entry("public-wifi-ap")
    assert [child.indicator.name for child in total.children] == ["고정형", "이동형"]
    assert len(total.leaves()) == 9
    assert total.value == 28006
    assert entry("public-wifi-ap-fixed-markets").whole is total


def test_the_same_figure_in_two_places_is_one_statement(entry):
    said = entry("public-wifi-ap").latest
    assert (said.printed, said.when, said.places) == ("28,006대", "’22.7.1.", ("추진실적", "추진실적 표"))
    assert not said.disagrees


def test_shares_are_of_the_whole(entry):
    assert entry("public-wifi-ap").share == 100
    assert entry("public-wifi-ap-mobile-city-buses").share == Fraction(7393 * 100, 28006)
    assert entry("public-wifi-city-bus-5g").share is None
    assert (
        entry("internet-of-things-hackathon-final-teams").share is None
    )  # the parent is not the sum of its children


def test_the_base_date_is_named_where_the_text_gives_no_other(entry):
    assert entry("digital-inclusion-experience-zones").latest.when == "기준일"
    assert entry("internet-of-things-s-dot-sensors").latest.when == "’22.8월말 기준"
    assert entry("digital-inclusion-elderly-score-seoul").latest.on == PartialDate(2021)


def test_a_series_runs_from_the_oldest(entry):
    poles = entry("internet-of-things-s-pole-installed")
    assert [(one.when, one.value) for one in poles.series] == [("2020", 26), ("2021", 116), ("2022", 158)]
    assert poles.latest.printed == "158개소"


def test_targets_are_held_against_the_newest_figure(entry):
    buses = entry("public-wifi-city-bus-5g")
    assert (buses.target.printed, buses.target.due, buses.achieved) == (
        "7,393대",
        "2024",
        Fraction(27000, 7393),
    )
    assert not buses.is_reached
    districts = entry("intelligent-cctv-safety-net-districts")  # 17 of 17 in 2022, which is not over
    assert (districts.achieved, districts.is_reached) == (100, False)
    planned = entry("internet-of-things-child-safety-nurseries")
    assert (planned.value, planned.achieved, planned.is_reached) == (None, None, False)


def test_statements_that_disagree_are_kept_side_by_side(roots):
    (odd,) = [one for root in roots for one, _ in root.walk() if one.disagrees]
    assert odd.latest.printed == "200배"
    assert [printed for _, printed in odd.latest.others] == ["20배"]


def test_indicators_are_counted(roots, briefs):
    assert targets_summary(roots) == TargetsSummary(indicators=116, targets=5, reached=0, disagreeing=1)
    assert targets_summary(of_project(roots, briefs[0].project_id)) == TargetsSummary(30, 1, 0, 0)
    assert targets_summary([]) == TargetsSummary()


@pytest.fixture
def bureau(db):
    return make_bureau()


@pytest.fixture
def homes(db):
    """Homes with rented ones and owned ones as their parts."""
    project = Project.objects.create(slug="homes", name="주택 공급")
    whole = Indicator.objects.create(
        slug="homes", name="공급", project=project, unit="호", kind="stock", children_are_parts=True
    )
    for order, (slug, name) in enumerate([("rented", "임대"), ("owned", "분양")], 1):
        Indicator.objects.create(
            slug=slug, name=name, project=project, parent=whole, unit="호", kind="stock", order=order
        )
    return whole


def measure(source, slug, on, value, place="", **fields):
    indicator = Indicator.objects.get(slug=slug)
    return Measurement.objects.create(
        source=source,
        indicator=indicator,
        measured_on=on,
        value=value,
        printed=f"{value:,}호",
        place=place,
        **fields,
    )


def tree(bureau, as_of=""):
    return data.indicators_of(snapshot_of(bureau, as_of))


def test_the_newest_source_alone_says_what_there_is_and_older_ones_lengthen_the_series(bureau, homes):
    older = make_source(bureau, "indicators", "2021-12-31")
    newer = make_source(bureau, "indicators", "2022-08-29")
    measure(older, "homes", "2021-12-31", 900)
    measure(older, "rented", "2021-12-31", 400)
    measure(newer, "homes", "2022-08-29", 1000)
    measure(newer, "homes", "2021-12-31", 950)  # put right by the newer delivery
    (found,) = tree(bureau)
    assert [(str(one.on), one.value, one.when) for one in found.series] == [
        ("2021-12-31", 950, "2021. 12. 31."),
        ("2022-08-29", 1000, "기준일"),
    ]
    assert found.children == []
    (before,) = tree(bureau, "2022-01-01")
    assert [one.value for one in before.series] == [900]
    assert [child.indicator.name for child in before.children] == ["임대"]


def test_a_whole_that_is_not_the_sum_of_its_parts_shows_the_sum(bureau, homes):
    source = make_source(bureau, "indicators", "2022-08-29")
    measure(source, "homes", "2022-08-29", 1000)
    measure(source, "rented", "2022-08-29", 400)
    measure(source, "owned", "2022-08-29", 500)
    (found,) = tree(bureau)
    assert found.computed == 900
    assert found.disagrees
    Measurement.objects.filter(indicator__slug="owned").update(value=600)
    assert tree(bureau)[0].computed is None


def test_a_whole_with_an_unknown_part_is_not_added_up(bureau, homes):
    source = make_source(bureau, "indicators", "2022-08-29")
    measure(source, "homes", "2022-08-29", 1000)
    measure(source, "rented", "2022-08-29", 400)
    Target.objects.create(
        source=source, indicator=Indicator.objects.get(slug="owned"), value=600, printed="600호"
    )
    (found,) = tree(bureau)
    assert found.computed is None


def test_shares_need_figures_of_one_time(bureau, homes):
    source = make_source(bureau, "indicators", "2022-08-29")
    measure(source, "homes", "2022", 1000)
    measure(source, "rented", "2021", 400)
    assert tree(bureau)[0].children[0].share is None


def test_there_is_nothing_without_a_source(seeded):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    assert tree(bureau, "2020-01-01") == []
    assert entries([], [], []) == []
    assert snapshot_of(bureau, "2020-01-01").date_of("projects") is None
    assert snapshot_of(bureau).date_of("projects") == date(2022, 8, 29)

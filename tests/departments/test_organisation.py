from types import SimpleNamespace

import pytest

from core.models import ControlTotal
from core.snapshot import snapshots_at
from departments.models import Department, Placement
from departments.organisation import (
    PrintedCount,
    Unit,
    duties_by_unit,
    duties_in_force,
    duty_table,
    path_to,
    printed_structure,
    structure_sentences,
    structure_words,
    tree,
)
from seoul_digital.lib.query_params import AskedDate

BUREAU = Department(pk=1, slug="bureau", name="디지털정책관", kind="bureau")
DIVISION = Department(pk=2, slug="ict", name="정보통신보안담당관", kind="division")
TEAM = Department(pk=3, slug="wifi", name="공공와이파이팀", kind="team")
FOUNDATION = Department(pk=4, slug="foundation", name="서울디지털재단", kind="foundation")


def placed(department, parent=None):
    return Placement(department=department, parent=parent)


def test_duties_are_asked_for_once_in_the_order_of_their_units(seeded, django_assert_num_queries):
    snapshot = snapshots_at(AskedDate(None))[0]
    with django_assert_num_queries(1):
        orders = [duty.order for duty in duties_in_force(snapshot)]
        assert {duty.department.slug for duty in duties_in_force(snapshot)} > {"data-center"}
    assert (orders == sorted(orders), len(orders)) == (True, 55)


UNITS = tree([placed(BUREAU), placed(DIVISION, BUREAU), placed(TEAM, DIVISION), placed(FOUNDATION, BUREAU)])


def total(measure, value, printed, subject=""):
    return ControlTotal(measure=measure, value=value, printed=printed, subject=subject)


def test_the_tree_nests_units_and_sets_foundations_apart():
    (bureau,) = UNITS
    assert [unit.name for unit in bureau.own] == ["정보통신보안담당관"]
    assert [unit.name for unit in bureau.supervised] == ["서울디지털재단"]
    assert [unit.slug for unit in bureau.walk()] == ["bureau", "ict", "wifi", "foundation"]


def test_a_unit_whose_parent_has_no_place_stands_at_the_top():
    assert [unit.slug for unit in tree([placed(TEAM, DIVISION), placed(BUREAU)])] == ["wifi", "bureau"]


def test_the_path_leads_from_the_top_down():
    assert [unit.slug for unit in path_to(UNITS, "wifi")] == ["bureau", "ict", "wifi"]
    assert path_to(UNITS, "nowhere") == ()


def test_the_printed_structure_is_held_against_the_tree():
    totals = [
        total("offices", 2, "2사업소"),
        total("teams", 27, "27팀"),
        total("divisions", 1, "1담당관"),
        total("teams", 9, "9팀", "ict"),
    ]
    assert printed_structure(totals, UNITS) == [
        PrintedCount("담당관", 1, 1, "1담당관"),
        PrintedCount("팀", 27, 1, "27팀"),
        PrintedCount("사업소", 2, 0, "2사업소"),
    ]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (PrintedCount("담당관", 6, 6, "6담당관"), ""),
        (PrintedCount("팀", 27, 10, "27팀"), "팀 27개 가운데 보고서에 이름이 나오는 10개를 실었습니다."),
        (PrintedCount("팀", 27, 0, "27팀"), "팀 27개는 이름이 나오지 않습니다."),
        (PrintedCount("팀", 9, 10, "9팀"), "팀 9개로 적혀 있으나 조직도에는 10개가 있습니다."),
    ],
)
def test_what_of_the_printed_number_is_named(count, sentence):
    assert count.sentence() == sentence


def test_the_words_for_what_stands_below_the_bureau():
    counts = [
        PrintedCount("국·정책관", 1, 1, "1정책관"),
        PrintedCount("담당관", 6, 6, "6담당관"),
        PrintedCount("팀", 27, 10, "27팀"),
        PrintedCount("사업소", 2, 2, "2사업소"),
    ]
    assert structure_words(counts) == "6담당관 2사업소"
    assert structure_sentences(counts) == "팀 27개 가운데 보고서에 이름이 나오는 10개를 실었습니다."


def duty(department, order, text):
    return SimpleNamespace(department=department, department_id=department.pk, order=order, text=text)


def test_duties_stand_in_the_order_of_the_tree():
    gone = Department(pk=9, slug="gone", name="없어진과", kind="division")
    duties = [
        duty(gone, 1, "옛일"),
        duty(FOUNDATION, 1, "연구"),
        duty(DIVISION, 1, "계획"),
        duty(DIVISION, 2, "망"),
    ]
    groups = duties_by_unit(duties, UNITS)
    assert [(department.name, [one.text for one in own]) for department, own in groups] == [
        ("정보통신보안담당관", ["계획", "망"]),
        ("서울디지털재단", ["연구"]),
        ("없어진과", ["옛일"]),
    ]
    assert [row.cells for row in duty_table(groups, None).rows][:2] == [
        ["정보통신보안담당관", 1, "계획"],
        ["정보통신보안담당관", 2, "망"],
    ]


def test_a_unit_alone_has_no_children():
    assert Unit(TEAM).own == [] and Unit(TEAM).supervised == []

"""Reports of plain values are compared without a database: pytest-django lets no query through in these tests."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import reports.comparison.compare
from reports.chapters.duties.data import DutiesRow
from reports.chapters.glossary.data import TermRow
from reports.chapters.organisation.data import FoundationRow, UnitCount
from reports.chapters.vision.data import StrategyRow, VisionData
from reports.comparison.changes import Counts, Field, Figure, Kind, count, kind_of, pairs_by_key, total_of
from reports.comparison.compare import compare
from reports.report import Name
from reports.serial import from_json, to_json
from seoul_digital.lib.reported import ReportedFigure
from tests.reports.plain import (
    expenditure,
    project,
    report,
    revenue,
    staff_count,
    staffing,
    succession,
    two,
    unit,
    with_parts,
)

BUREAU_UNIT = unit("housing-bureau", "주택정책관", "bureau", "", "국·정책관")


def figures(line):
    return [(figure.old, figure.new, figure.difference) for figure in line.figures.values()]


def test_no_module_of_it_knows_the_database_or_the_apps():
    paths = list(Path(reports.comparison.compare.__file__).parent.glob("*.py"))
    assert "changes.py" in {path.name for path in paths}
    for path in paths:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        assert not {
            name
            for name in modules
            if name.startswith("django.db")
            or name.split(".")[0] in ("departments", "budgets", "projects", "glossary")
        }


# What changes are made of


@pytest.mark.parametrize(
    ("before", "after", "difference", "is_changed"),
    [
        (ReportedFigure(3), ReportedFigure(5), 2, True),
        (ReportedFigure(5), ReportedFigure(5), 0, False),
        (ReportedFigure(3, printed=4), ReportedFigure(5), 1, True),
        (None, ReportedFigure(5), None, True),
        (ReportedFigure(3), None, None, True),
        (ReportedFigure(None), ReportedFigure(5), None, True),
        (None, None, None, False),
    ],
)
def test_a_figure(before, after, difference, is_changed):
    figure = Figure(before, after)
    assert (figure.difference, figure.is_changed) == (difference, is_changed)


def test_several_figures_add_up_as_they_are_shown():
    assert total_of([ReportedFigure(3), ReportedFigure(4, printed=5)]) == ReportedFigure(8)
    assert total_of([ReportedFigure(3, 4)]) == ReportedFigure(3, 4)
    assert total_of([ReportedFigure(3), ReportedFigure(None)]) == ReportedFigure(None)
    assert total_of([]) is None


def test_kinds_and_counts():
    kinds = [kind_of(None, 1, False), kind_of(1, None, False), kind_of(1, 1, True), kind_of(1, 1, False)]
    assert [kind.word for kind in kinds] == ["새로 생김", "없어짐", "달라짐", "그대로"]
    assert count(kinds) == Counts(1, 1, 1, 1)
    assert count(kinds).differing == 3


def test_pairs_stand_in_the_order_of_the_later():
    old, new = [Field("가", "1"), Field("나", "1")], [Field("나", "2"), Field("다", "2")]
    assert pairs_by_key(old, new, "label") == [(old[1], new[0]), (None, new[1]), (old[0], None)]


# Reports


def test_a_report_with_itself_differs_in_nothing():
    one = report(staffing=staffing(staff_count("parks", 10, 9)), units=(BUREAU_UNIT, unit("parks")))
    comparison = compare(one, one)
    assert comparison.changes["staffing"].counts == Counts(same=1)
    assert comparison.changes["organisation"].counts == Counts(same=2)
    assert comparison.changes["projects"].counts == Counts()


def test_a_subject_that_a_report_has_no_source_for_is_not_compared():
    before = report(scopes=("staffing",), staffing=staffing(staff_count("parks", 10, 9)))
    after = report(staffing=staffing(staff_count("parks", 11, 9)))
    comparison = compare(before, after)
    assert comparison.changes.keys() == {"staffing"}


def test_a_source_that_gives_nothing_is_no_missing_source():
    """What a source lacks is gone: that is a change."""
    comparison = compare(*two("glossary", (TermRow("cctv", "CCTV", "CCTV", "▪ 폐쇄회로"),), ()))
    assert comparison.changes["glossary"].counts == Counts(removed=1)
    assert "staffing" not in comparison.changes


def test_a_frozen_report_and_a_live_one_compare_alike():
    before, after = two(
        "staffing",
        staffing(staff_count("a", 10, 9)),
        staffing(staff_count("b", 11, 9)),
        successions=(succession("a", "b"),),
    )
    published = from_json(to_json(before))
    assert compare(published, after) == compare(before, after)
    # What came after what is known to the later report.
    assert (
        compare(with_parts(published, successions=()), after).changes["staffing"]
        == compare(before, after).changes["staffing"]
    )


# Staffing


def test_staff_of_a_unit_and_of_its_successor_stand_in_one_line():
    before, after = staffing(staff_count("a", 33, 27, 3, 1)), staffing(staff_count("b", 35, 31, 3, 1))
    changes = compare(
        *two("staffing", before, after, successions=(succession("a", "b", note="이름에서 읽음"),))
    ).changes["staffing"]
    (line,) = changes.lines
    assert (line.name, line.match.note, line.kind) == ("a → b", "이름에서 읽음", Kind.CHANGED)
    assert figures(line) == [(33, 35, 2), (31, 35, 4), (-2, 0, 2), (27, 31, 4), (3, 3, 0), (1, 1, 0)]
    assert changes.lasting is None


def test_a_job_series_of_one_date_counts_none_at_the_other():
    before = staffing(staff_count("a", 10, 8, ("별정직", 2)), staff_count("gone", 5, 5))
    after = staffing(staff_count("a", 10, 8, 1), staff_count("new", 3, 3))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    assert changes.series == ["일반직", "임기제", "별정직"]
    a, new, gone = changes.lines
    assert figures(a)[3:] == [(8, 8, 0), (0, 1, 1), (2, 0, -2)]
    assert figures(new)[3:] == [(None, 3, None), (None, 0, None), (None, 0, None)]
    assert figures(gone)[3:] == [(5, None, None), (0, None, None), (0, None, None)]


def test_a_unit_that_was_not_there_has_no_difference_and_is_left_out_of_what_lasts():
    before = staffing(staff_count("a", 10, 8), staff_count("gone", 5, 5))
    after = staffing(staff_count("a", 12, 9), staff_count("new", 25, 24))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    a, new, gone = changes.lines
    assert figures(new)[0] == (None, 25, None)
    assert figures(gone)[0] == (5, None, None)
    assert [line.kind for line in changes.lines] == [Kind.CHANGED, Kind.ADDED, Kind.REMOVED]
    assert figures(changes.total)[:3] == [(15, 37, 22), (13, 33, 20), (-2, -4, -2)]
    assert figures(changes.lasting)[:3] == [(10, 12, 2), (8, 9, 1), (-2, -3, -1)]
    assert changes.counts == Counts(added=1, removed=1, changed=1)


def test_merged_units_are_compared_as_their_sum():
    before, after = (
        staffing(staff_count("a", 10, 8), staff_count("b", 5, 5)),
        staffing(staff_count("c", 14, 13)),
    )
    merged = (succession("a", "c", "merged"), succession("b", "c", "merged"))
    changes = compare(*two("staffing", before, after, successions=merged)).changes["staffing"]
    assert [(line.name, figures(line)[0]) for line in changes.lines] == [("a · b → c", (15, 14, -1))]


def test_units_that_stayed_the_same_are_not_shown():
    before = staffing(staff_count("a", 10, 8), staff_count("b", 5, 5))
    after = staffing(staff_count("a", 10, 8), staff_count("b", 5, 4, 1))
    changes = compare(*two("staffing", before, after)).changes["staffing"]
    assert [line.name for line in changes.shown] == ["b"]


# Organisation


def organisation(before, after, *successions, counts=((), ())):
    old = report(units=(BUREAU_UNIT, *before), unit_counts=counts[0], successions=successions)
    new = report(units=(BUREAU_UNIT, *after), unit_counts=counts[1])
    return compare(old, new).changes["organisation"]


def changes_of(compared):
    return [(one.kind, one.match.name) for one in compared.units]


@pytest.mark.parametrize("kind", ["renamed", "merged", "split", "moved"])
def test_what_became_of_a_unit_is_what_its_succession_says(kind):
    assert changes_of(organisation([unit("a")], [unit("b")], succession("a", "b", kind))) == [(kind, "a → b")]


def test_new_and_abolished_units():
    compared = organisation([unit("a"), unit("gone")], [unit("a"), unit("new")])
    assert changes_of(compared) == [("new", "new"), ("abolished", "gone")]
    assert compared.counts == Counts(added=1, removed=1, same=2)


def test_a_unit_under_another_one_was_moved():
    teams = (
        [unit("a"), unit("b"), unit("team", kind="team", parent="a")],
        [unit("a"), unit("b"), unit("team", kind="team", parent="b")],
    )
    (moved,) = organisation(*teams).units
    assert (moved.kind, moved.parent_before, moved.parent_after) == ("moved", "a", "b")


def test_under_the_successor_of_its_parent_a_unit_has_not_moved():
    teams = (
        [unit("a"), unit("team", kind="team", parent="a")],
        [unit("b"), unit("team", kind="team", parent="b")],
    )
    assert changes_of(organisation(*teams, succession("a", "b"))) == [("renamed", "a → b")]


def test_a_name_put_right_is_a_rename():
    assert changes_of(organisation([unit("a", "가과")], [unit("a", "나과")])) == [("renamed", "가과 → 나과")]


def test_units_of_a_kind_that_a_report_only_counts_are_not_called_new():
    team = unit("team", "새벽팀", kind="team", parent="a", word="팀")
    stated = UnitCount("team", "팀", 23, "23팀"), UnitCount("team", "팀", 27, "27팀")
    compared = organisation([unit("a")], [unit("a"), team], counts=((stated[0],), (stated[1],)))
    assert compared.units == ()
    (untold,) = compared.untold
    assert (untold.kind_word, untold.names, untold.is_later, untold.printed) == ("팀", ("새벽팀",), True, 23)
    assert [
        (one.word, one.figure.old, one.figure.new, one.figure.difference) for one in compared.numbers
    ] == [("팀", 23, 27, 4)]
    assert compared.counts == Counts(same=2)


def test_units_of_a_kind_that_the_later_report_does_not_name_are_not_called_abolished():
    compared = organisation([unit("f", "재단", "foundation", word="재단")], [])
    assert compared.units == ()
    assert [(one.names, one.is_later, one.printed) for one in compared.untold] == [(("재단",), False, None)]


def test_a_unit_is_new_where_all_of_its_kind_were_named():
    division = UnitCount("division", "담당관", 1, "1담당관")
    assert changes_of(organisation([unit("a")], [unit("a"), unit("b")], counts=((division,), ()))) == [
        ("new", "b")
    ]


def test_the_structure_and_foundations_as_printed():
    before = report(
        organisation_heading="5담당관 23팀", foundations=(FoundationRow("f", "재단", printed="정원 45명"),)
    )
    after = report(
        organisation_heading="6담당관 27팀",
        foundations=(FoundationRow("f", "재단", printed="정원 47명"), FoundationRow("g", "새 재단")),
    )
    changes = compare(before, after).changes["organisation"]
    assert changes.fields == (
        Field("기구", "5담당관 23팀", "6담당관 27팀"),
        Field("재단", "정원 45명", "정원 47명"),
    )
    assert (changes.counts, changes.says_otherwise) == (Counts(), True)


# Budget


def test_revenue_by_item():
    before = revenue(2022, ("", 0, 300, 200), ("rent", 1, 100, 90), ("fees", 1, 200, 110))
    after = revenue(2022, ("", 0, 350, 200), ("rent", 1, 100, 90), ("fines", 1, 250, 110))
    changes = compare(*two("revenue", before, after)).changes["revenue"]
    told = [
        (line.name, line.kind, line.current.old, line.current.new, line.current.difference)
        for line in changes.shown
    ]
    assert told == [
        ("계", Kind.CHANGED, 300_000, 350_000, 50_000),
        ("fines", Kind.ADDED, None, 250_000, None),
        ("fees", Kind.REMOVED, 200_000, None, None),
    ]
    assert (changes.same_year, changes.counts) == (True, Counts(added=1, removed=1, same=1))


def test_a_corrected_final_budget_of_last_year_counts_within_one_year_only():
    before, after = revenue(2022, ("", 0, 300, 200)), revenue(2022, ("", 0, 300, 210))
    changes = compare(*two("revenue", before, after)).changes["revenue"]
    assert [(line.previous.old, line.previous.new) for line in changes.corrected] == [(200_000, 210_000)]
    next_year = compare(*two("revenue", before, replace(after, fiscal_year=2023))).changes["revenue"]
    assert (next_year.corrected, next_year.total.kind) == ([], Kind.SAME)


def test_expenditure_by_department_and_account():
    before = expenditure(
        2022,
        ("", "", 300, 30),
        ("a", "", 200, 20),
        ("a", "general", 150, 15),
        ("a", "special", 50, 5),
        ("b", "", 100, 10),
    )
    after = expenditure(
        2022,
        ("", "", 300, 90),
        ("c", "", 200, 60),
        ("c", "general", 150, 60),
        ("c", "special", 50, 0),
        ("b", "", 100, 30),
    )
    changes = compare(*two("expenditure", before, after, successions=(succession("a", "c"),))).changes[
        "expenditure"
    ]
    told = [
        (line.name, line.level, line.executed.difference, line.rates, line.points) for line in changes.lines
    ]
    assert told == [
        ("계", 0, 60_000, (10, 30), 20),
        ("a → c", 0, 40_000, (10, 30), 20),
        ("general", 1, 45_000, (10, 40), 30),
        ("special", 1, -5_000, (10, 0), -10),
        ("b", 0, 20_000, (10, 30), 20),
    ]


def test_unknown_execution_has_no_difference():
    before, after = (
        expenditure(2022, ("", "", 300, None), ("a", "", 300, None)),
        expenditure(2022, ("", "", 300, 30), ("a", "", 300, 30)),
    )
    (line,) = compare(*two("expenditure", before, after)).changes["expenditure"].lines[1:]
    assert (line.executed.difference, line.points, line.kind) == (None, None, Kind.CHANGED)


# Words


def test_duties_by_unit_whatever_their_order():
    before = (DutiesRow("a", "a", ("기획", "예산 편성", "홍보")), DutiesRow("gone", "gone", ("행사",)))
    after = (DutiesRow("b", "b", ("홍보", "예산 편성·집행", "기획")), DutiesRow("new", "new", ("감사",)))
    changes = compare(*two("duties", before, after, successions=(succession("a", "b"),))).changes["duties"]
    told = [
        (unit.name, [(line.kind, line.before, line.after) for line in unit.diff.lines], unit.diff.same)
        for unit in changes.shown
    ]
    assert told == [
        ("a → b", [(Kind.CHANGED, "예산 편성", "예산 편성·집행")], 2),
        ("new", [(Kind.ADDED, "", "감사")], 0),
        ("gone", [(Kind.REMOVED, "행사", "")], 0),
    ]
    assert changes.counts == Counts(added=1, removed=1, changed=1, same=2)


def test_the_vision():
    before = report(
        vision=VisionData(
            ("미래 도시,", "서울"),
            ("혁신", "안전"),
            (StrategyRow("base", "기반", 1), StrategyRow("old", "옛 전략", 2)),
        ),
    )
    after = report(
        vision=VisionData(("미래 도시,", "서울"), ("혁신",), (StrategyRow("base", "기반", 2),)),
        projects=(project(strategy=Name("new", "새 전략")),),
    )
    vision = compare(before, after).changes["vision"]
    assert vision.fields == (
        Field("핵심가치", "혁신, 안전", "혁신"),
        Field("추진전략 ‘기반’", "1. 기반", "2. 기반"),
        Field("추진전략 ‘새 전략’", "", "새 전략"),
        Field("추진전략 ‘옛 전략’", "2. 옛 전략", ""),
    )
    assert vision.counts == Counts(added=1, removed=1, changed=2)


def test_the_glossary():
    cctv = TermRow("cctv", "CCTV", "CCTV", "▪ 폐쇄회로 화면", page=9, page_printed="p.9")
    ap = TermRow("ap", "AP", "AP(Access Point)", "▪ 무선 접속 장치")
    before, after = (
        (cctv, ap),
        (
            replace(cctv, text="▪ 폐쇄회로 영상", page_printed="p.12"),
            TermRow("iot", "IoT", "IoT", "▪ 사물인터넷"),
        ),
    )
    changed, new, gone = compare(*two("glossary", before, after)).changes["glossary"].shown
    assert changed.fields == (Field("쪽", "p.9", "p.12"),)
    assert [(line.before, line.after) for line in changed.text.lines] == [("폐쇄회로 화면", "폐쇄회로 영상")]
    assert [(one.term.name, one.kind, len(one.text.lines)) for one in (new, gone)] == [
        ("IoT", Kind.ADDED, 1),
        ("AP", Kind.REMOVED, 1),
    ]

"""A programme stays the same line, whatever columns a month's file has."""

import pytest

from budgets.expenditure.linked_lines import linked_lines
from budgets.imports import jobs
from budgets.imports.comparison import CHANGES, Comparison
from budgets.models import BudgetFigure, BudgetImport, BudgetLine, LineNaming
from core.models import Source
from tests.budgets.files import write_csv
from tests.budgets.management.commands.test_import_budget import run
from tests.budgets.test_views_import import (
    act,
    clerk,
    page_of,
    read_at_once,  # noqa: F401
    upload,
)
from tests.factories import snapshot_of
from tests.tampering import found

pytestmark = pytest.mark.django_db
__all__ = ["clerk"]

FULL = [
    "회계연도",
    "회계구분",
    "부서명",
    "정책사업",
    "단위사업",
    "세부사업",
    "세부사업코드",
    "편성목",
    "통계목",
]
AMOUNTS = ["예산현액", "원인행위액"]
PROGRAMMES = {  # 세부사업 → policy, unit, code
    "망 운영": ("통신", "기반", "20001"),
    "와이파이 조성": ("통신", "기반", "20002"),
    "기본경비": ("행정운영", "경비", "20003"),
}
OBJECTS = [("201 운영비", "01 사무관리비"), ("201 운영비", "02 공공운영비"), ("405 취득비", "01 물품취득비")]


def lines(spent=100, budget=1_000_000_000):
    """Three programmes of three objects each, as a file of every column has them."""
    for name, (policy, unit, code) in PROGRAMMES.items():
        for group, item in OBJECTS:
            names = [2022, "일반회계", "데이터센터", policy, unit, name, code, group, item]
            yield dict(zip(FULL + AMOUNTS, [*names, budget, spent], strict=True))


def month(folder, columns, rows=None, name="집행.csv"):
    header = [*columns, *AMOUNTS]
    rows = list(rows or lines())
    return write_csv(folder / name, [[row[label] for label in header] for row in rows], header)


def by_programme(folder, spent=300, name="9월.csv", columns=("회계연도", "부서명", "세부사업")):
    """One row a 세부사업, as the sum of its objects, without codes."""
    rows = [
        row | {"예산현액": 3_000_000_000, "원인행위액": spent}
        for row in lines()
        if row["통계목"] == "01 사무관리비"
    ]
    return month(folder, columns, rows, name)


def bring(path, on, **options):
    run(path, as_of=on, limited=True, accept_unit="시험", **options)
    return Source.objects.get(as_of=on, document=path.name)


def lines_of(source):
    return set(BudgetFigure.objects.filter(source=source).values_list("line", flat=True))


def test_months_of_other_columns_keep_lines(bureau, tmp_path):
    august = bring(month(tmp_path, FULL), "2022-08-31")
    september = bring(by_programme(tmp_path), "2022-09-30")
    october = bring(month(tmp_path, FULL, lines(200), "10월.csv"), "2022-10-31")
    assert lines_of(august) == lines_of(october)
    whole = BudgetLine.objects.get(figures__source=september, detailed="망 운영")
    assert (whole.policy, whole.unit, whole.detailed_code, whole.account_kind, whole.object_name) == (
        "통신",
        "기반",
        "20001",
        "general",
        "",
    )
    again = bring(by_programme(tmp_path, 900, "11월.csv"), "2022-11-30")
    assert lines_of(again) == lines_of(september)
    assert BudgetLine.objects.filter(fiscal_year=2022, department__slug="data-center").count() == 1 + 9 + 3


def test_months_of_other_columns_are_compared_by_programme(clerk, tmp_path):
    bring(month(tmp_path, FULL), "2022-08-31")
    assert upload(clerk, by_programme(tmp_path)).status_code == 302
    incoming = BudgetImport.objects.latest("pk")
    comparison = Comparison.of(incoming.source)
    assert {change: len(comparison.listed(change)) for change in ("added", "changed", "gone")} == {
        "added": 0,
        "changed": 0,
        "gone": 0,
    }
    assert page_of(clerk, incoming).shows("둘 다 있는 ‘세부사업’까지 견주었습니다.")
    act(clerk, incoming, "force")
    upload(clerk, month(tmp_path, FULL, lines(200), "10월.csv"), as_of="2022-10-31")
    later = BudgetImport.objects.latest("pk")
    table = clerk.get(f"/budgets/import/{later.pk}/").context["tables"]["changes"]
    assert [row.cells[:6] for row in table.rows] == [
        ["통신 › 기반 › 망 운영", "데이터센터 · 일반회계", "-", 300, 600, 300],
        ["통신 › 기반 › 와이파이 조성", "데이터센터 · 일반회계", "-", 300, 600, 300],
        ["행정운영 › 경비 › 기본경비", "데이터센터 · 일반회계", "-", 300, 600, 300],
    ]


def test_a_comparison_is_kept_until_another_source_counts(
    clerk, tmp_path, monkeypatch, django_assert_num_queries
):
    bring(month(tmp_path, FULL), "2022-08-31")
    bring(by_programme(tmp_path), "2022-09-30")
    upload(clerk, month(tmp_path, FULL, lines(200), "10월.csv"), as_of="2022-10-31")
    october = BudgetImport.objects.latest("pk")
    kept, asked = (Comparison.kept(october.source, report) for report in (october.report, {}))
    with django_assert_num_queries(0):
        found = {change: kept.changes(change, kept.listed(change)) for change in CHANGES}
    assert [(row.before["committed"], row.after["committed"]) for row in found["changed"]] == [(300, 600)] * 3
    assert found == {change: asked.changes(change, asked.listed(change)) for change in CHANGES}
    assert (kept.level, kept.amounts) == (asked.level, asked.amounts)

    stale = october.report | {"compared_with": [0], "amounts": []}
    assert Comparison.kept(october.source, stale).amounts == ["current", "committed"]
    monkeypatch.setattr("budgets.imports.comparison.MOST_KEPT", 2)
    assert asked.summary()["programmes"] is None
    many = Comparison.kept(october.source, october.report | {"programmes": None})
    assert many.changes("changed", many.listed("changed")) == found["changed"]


def test_a_comparison_line_by_line_keeps_no_programmes(bureau, tmp_path):
    bring(month(tmp_path, FULL), "2022-08-31")
    bring(month(tmp_path, FULL, lines(200), "9월.csv"), "2022-09-30")
    report = BudgetImport.objects.latest("pk").report
    assert (report["level"], report["columns"], report["programmes"]) == ("", None, None)
    assert report["amounts"] == ["current", "committed"]


@pytest.mark.parametrize(
    "columns",
    [
        [name for name in FULL if name != "세부사업코드"],
        [name for name in FULL if name not in {"정책사업", "단위사업"}],
        [name for name in FULL if name not in {"회계구분", "정책사업", "단위사업", "세부사업코드", "편성목"}],
    ],
    ids=["no code", "no upper programmes", "names alone"],
)
def test_fewer_columns_and_more_are_the_same_lines(columns, bureau, tmp_path):
    full = bring(month(tmp_path, FULL), "2022-08-31")
    fewer = bring(month(tmp_path, columns, name="적음.csv"), "2022-09-30")
    assert lines_of(fewer) == lines_of(full)
    assert not LineNaming.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        [name for name in FULL if name != "세부사업코드"],
        [name for name in FULL if name not in {"회계구분", "정책사업", "단위사업", "세부사업코드", "편성목"}],
    ],
    ids=["no code", "names alone"],
)
def test_more_columns_complete_the_lines_once_they_are_in_force(columns, bureau, tmp_path):
    first = bring(month(tmp_path, columns), "2022-08-31")
    path = month(tmp_path, FULL, name="많음.csv")
    run(path, as_of="2022-09-30", dry_run=True, accept_unit="시험", limited=True)
    assert not BudgetLine.objects.filter(detailed_code="20001").exists()
    assert not LineNaming.objects.exists()
    more = bring(path, "2022-09-30")
    assert lines_of(more) == lines_of(first)
    line = BudgetLine.objects.filter(figures__source=more).order_by("order").first()
    assert (line.policy, line.unit, line.detailed_code, line.object_group) == (
        "통신",
        "기반",
        "20001",
        "201 운영비",
    )
    assert lines_of(bring(month(tmp_path, columns, lines(7), "또.csv"), "2022-10-31")) == lines_of(first)


def test_a_code_comes_before_names(bureau, tmp_path):
    first = bring(month(tmp_path, FULL), "2022-08-31")
    renamed = [row | {"세부사업": row["세부사업"].replace("망 운영", "통신망 관리")} for row in lines()]
    second = bring(month(tmp_path, FULL, renamed, "이름.csv"), "2022-09-30")
    assert lines_of(second) == lines_of(first)
    assert BudgetLine.objects.filter(detailed="통신망 관리").count() == 3
    assert not BudgetLine.objects.filter(detailed="망 운영").exists()


def test_two_rows_never_become_one_line(bureau, tmp_path):
    """A line that the first file does not divide is no single one of the two that the second has."""
    names = ["회계연도", "부서명", "세부사업"]
    bring(by_programme(tmp_path, columns=names), "2022-08-31")
    both = [
        row | {"단위사업": unit} for row in lines() if row["통계목"].startswith("02") for unit in ("가", "나")
    ]
    source = bring(month(tmp_path, [*names, "단위사업"], both, "나눔.csv"), "2022-09-30")
    assert BudgetFigure.objects.filter(source=source).count() == 6
    assert len(lines_of(source)) == 6


def test_a_name_that_is_like_a_known_one_is_asked_about(clerk, tmp_path):
    columns = [name for name in FULL if name != "세부사업코드"]
    first = bring(month(tmp_path, columns), "2022-08-31")
    renamed = [
        row | {"세부사업": row["세부사업"].replace("와이파이 조성", "와이파이 조성 확대")} for row in lines()
    ]
    assert upload(clerk, month(tmp_path, columns, renamed, "이름.csv")).status_code == 302
    incoming = BudgetImport.objects.latest("pk")
    seen = page_of(clerk, incoming)
    assert seen.shows("새로 3줄, 바뀜 0줄, 없어짐 3줄.")
    assert seen.shows("이름이 비슷한 사업이 있습니다.")
    (question,) = incoming.report["proposals"]
    del question["fits"]  # as in reports of earlier releases
    incoming.save()
    assert page_of(clerk, incoming).shows("이름이 비슷한 사업이 있습니다.")
    answer = {f"line-{question['new']}": question["known"][0]}
    assert act(clerk, incoming, "programmes", **answer).shows("확정된 자료와 9줄이 모두 같습니다.")
    act(clerk, incoming, "force")
    assert lines_of(Source.objects.get(as_of="2022-09-30")) == lines_of(first)
    assert BudgetLine.objects.filter(detailed="와이파이 조성 확대").count() == 3


def test_a_programme_that_is_not_taken_for_a_known_one_stays_new(clerk, tmp_path):
    columns = [name for name in FULL if name != "세부사업코드"]
    bring(month(tmp_path, columns), "2022-08-31")
    renamed = [row | {"세부사업": row["세부사업"].replace("조성", "조성 2")} for row in lines()]
    upload(clerk, month(tmp_path, columns, renamed, "이름.csv"))
    incoming = BudgetImport.objects.latest("pk")
    (question,) = incoming.report["proposals"]
    assert act(clerk, incoming, "programmes", **{f"line-{question['new']}": ""}).shows("새로 3줄")
    assert not page_of(clerk, incoming).shows("이름이 비슷한 사업이 있습니다.")


def test_a_programme_that_was_settled_is_not_asked_about_again(clerk, tmp_path):
    """Two known ones fit, the file names no unit to tell them apart by, so that settling it renames nothing."""
    columns = ["회계연도", "부서명", "세부사업", "통계목"]
    rows = [
        row | {"세부사업": "망 운영", "단위사업": unit} for unit in ("가", "나") for row in list(lines())[:3]
    ]
    first = bring(month(tmp_path, [*columns, "단위사업"], rows), "2022-08-31")
    short = [row for row in rows if row["단위사업"] == "가"]
    upload(clerk, month(tmp_path, columns, short, "9월.csv"))
    incoming = BudgetImport.objects.latest("pk")
    (asked,) = incoming.report["proposals"]
    chosen = BudgetLine.objects.get(unit="나", object_name="01 사무관리비").pk
    answered = next(pk for pk in asked["known"] if BudgetLine.objects.get(pk=pk).unit == "나")
    act(clerk, incoming, "programmes", **{f"line-{asked['new']}": answered})
    act(clerk, incoming, "force")
    september = Source.objects.get(as_of="2022-09-30")
    assert (chosen in lines_of(september), lines_of(september) < lines_of(first)) == (True, True)
    upload(clerk, month(tmp_path, columns, short, "10월.csv"), as_of="2022-10-31")
    again = BudgetImport.objects.latest("pk")
    assert again.report["proposals"] == []
    assert lines_of(again.source) == lines_of(september)
    act(clerk, incoming, "withdraw", reason="시험")
    upload(clerk, month(tmp_path, columns, short, "11월.csv"), as_of="2022-11-30")
    assert len(BudgetImport.objects.latest("pk").report["proposals"]) == 1


def two_units():
    """망 운영 of two units and accounts, of two objects each."""
    for unit, account in (("가", "일반회계"), ("나", "특별회계")):
        for row in list(lines())[:2]:
            yield row | {"단위사업": unit, "회계구분": account}


SHORT = ["회계연도", "부서명", "세부사업"]


def test_a_row_for_the_whole_that_fits_two_programmes_is_asked_about(clerk, tmp_path):
    """It is neither of them before somebody says so, and stays what he said in the months after."""
    bring(month(tmp_path, [*SHORT, "회계구분", "단위사업", "통계목"], list(two_units())), "2022-08-31")
    whole = list(two_units())[:1]
    upload(clerk, month(tmp_path, SHORT, whole, "9월.csv"))
    incoming = BudgetImport.objects.latest("pk")
    (line,) = BudgetLine.objects.filter(figures__source=incoming.source)
    assert (line.unit, line.account_kind) == ("", "")
    assert page_of(clerk, incoming).shows("확정된 2개 사업에 맞음")
    assert (
        "확정된 자료의 ‘나 › 망 운영 (특별회계)’"
        in clerk.get(f"/budgets/import/{incoming.pk}/").content.decode()
    )
    (asked,) = incoming.report["proposals"]
    assert [BudgetLine.objects.get(pk=pk).unit for pk in asked["known"]] == ["가", "나"]
    act(clerk, incoming, "programmes", **{f"line-{asked['new']}": asked["known"][1]})
    assert BudgetImport.objects.get(pk=incoming.pk).report["proposals"] == []
    act(clerk, incoming, "force")
    (line,) = BudgetLine.objects.filter(figures__source=incoming.source)
    assert (line.unit, line.account_kind, line.object_name) == ("나", "special", "")
    upload(clerk, month(tmp_path, SHORT, whole, "10월.csv"), as_of="2022-10-31")
    later = BudgetImport.objects.latest("pk")
    assert later.report["proposals"] == []
    assert lines_of(later.source) == {line.pk}


def test_objects_of_two_known_wholes_are_asked_about(clerk, tmp_path):
    """The other way round: the months before have a row for each of the two programmes."""
    wholes = list(two_units())[::2]
    bring(month(tmp_path, [*SHORT, "단위사업"], wholes), "2022-08-31")
    upload(clerk, month(tmp_path, [*SHORT, "통계목"], list(lines())[:2], "9월.csv"))
    incoming = BudgetImport.objects.latest("pk")
    (asked,) = incoming.report["proposals"]
    act(clerk, incoming, "programmes", **{f"line-{asked['new']}": asked["known"][0]})
    act(clerk, incoming, "force")
    found = BudgetLine.objects.filter(figures__source=incoming.source).order_by("order")
    assert [(line.unit, line.object_name) for line in found] == [
        ("가", "01 사무관리비"),
        ("가", "02 공공운영비"),
    ]


def test_more_questions_than_a_page_asks_come_after_its_answers(clerk, tmp_path, monkeypatch):
    """The first of them is neither known programme: it is new, and not asked about again."""
    monkeypatch.setattr("budgets.imports.line_identity.MOST_ASKED", 1)
    rows = [row | {"세부사업": name} for name in ("망 운영", "센터 운영") for row in two_units()]
    bring(month(tmp_path, [*SHORT, "단위사업", "통계목"], rows), "2022-08-31")
    upload(clerk, month(tmp_path, SHORT, rows[::4], "9월.csv"))
    incoming = BudgetImport.objects.latest("pk")
    assert page_of(clerk, incoming).shows("답하면 남은 1개 사업을 이어서 묻습니다.")
    first, second = incoming.report["proposals"]
    assert act(clerk, incoming, "programmes").shows("데이터센터 센터 운영 이 파일 · 확정된 2개 사업에 맞음")
    assert BudgetImport.objects.get(pk=incoming.pk).report["proposals"] == [second]
    act(clerk, incoming, "programmes", **{f"line-{second['new']}": second["known"][0]})
    act(clerk, incoming, "force")
    upload(clerk, month(tmp_path, SHORT, rows[::4], "10월.csv"), as_of="2022-10-31")
    later = BudgetImport.objects.latest("pk")
    assert (later.report["proposals"], first["new"] in lines_of(later.source)) == ([], True)


def test_a_new_object_of_a_known_programme_takes_its_names(bureau, tmp_path):
    """The file names neither its policy nor its code, as those of its neighbours, which are known lines."""
    bring(month(tmp_path, FULL), "2022-08-31")
    rows = [*lines(), list(lines())[0] | {"통계목": "03 행사운영비"}]
    source = bring(month(tmp_path, [*SHORT, "통계목"], rows, "9월.csv"), "2022-09-30")
    line = BudgetLine.objects.get(figures__source=source, object_name="03 행사운영비")
    assert (line.policy, line.unit, line.detailed_code, line.account_kind) == (
        "통신",
        "기반",
        "20001",
        "general",
    )


def test_two_rows_for_one_whole_stay_two_lines(bureau, tmp_path):
    """The second names less of the same programme than the first, so that both might be its whole."""
    bring(month(tmp_path, FULL), "2022-08-31")
    row = list(lines())[0]
    columns = ["회계연도", "회계구분", "부서명", "정책사업", "세부사업"]
    source = bring(month(tmp_path, columns, [row | {"정책사업": ""}, row], "9월.csv"), "2022-09-30")
    assert BudgetFigure.objects.filter(source=source).count() == 2
    assert len(lines_of(source)) == 2


def test_two_new_programmes_are_not_put_under_one_known(clerk, tmp_path):
    """The second would else be left as it is without a word."""
    columns = [name for name in FULL if name != "세부사업코드"]
    bring(month(tmp_path, columns), "2022-08-31")
    renamed = []
    for row in lines():
        for ending in (" 가", " 나") if row["세부사업"] == "와이파이 조성" else ("",):
            renamed.append(row | {"세부사업": row["세부사업"] + ending})
    upload(clerk, month(tmp_path, columns, renamed, "둘.csv"))
    incoming = BudgetImport.objects.latest("pk")
    before = lines_of(incoming.source)
    answers = {f"line-{asked['new']}": asked["known"][0] for asked in incoming.report["proposals"]}
    assert len(answers) == 2
    assert act(clerk, incoming, "programmes", **answers).shows("잇지 못했습니다. 고른 사업의 줄이 이 파일에")
    assert lines_of(incoming.source) == before
    assert not LineNaming.objects.exists()
    assert len(BudgetImport.objects.get(pk=incoming.pk).report["proposals"]) == 2


def test_two_new_lines_are_not_put_under_one_known(clerk, tmp_path):
    """Of two objects of one name under two groups, where the known line names no group."""
    columns = [name for name in FULL if name not in {"세부사업코드", "편성목"}]
    first = [row for row in lines() if row["통계목"].startswith("01 사무")]
    bring(month(tmp_path, columns, first), "2022-08-31")
    both = [
        row | {"세부사업": row["세부사업"] + " 확대", "편성목": group}
        for row in first
        for group in ("201 운영비", "202 여비")
    ]
    full = [name for name in FULL if name != "세부사업코드"]
    upload(clerk, month(tmp_path, full, both, "둘.csv"))
    incoming = BudgetImport.objects.latest("pk")
    asked = incoming.report["proposals"][0]
    answer = {f"line-{asked['new']}": asked["known"][0]}
    assert act(clerk, incoming, "programmes", **answer).shows("두 줄이 확정된 자료의 한 줄에")
    assert BudgetFigure.objects.filter(source=incoming.source).count() == 6


def test_a_discarded_draft_leaves_no_name_behind(clerk, tmp_path):
    bring(by_programme(tmp_path), "2022-08-31")
    before = BudgetLine.objects.count()
    upload(
        clerk, by_programme(tmp_path, name="더.csv", columns=["회계연도", "부서명", "정책사업", "세부사업"])
    )
    assert LineNaming.objects.count() == 3
    act(clerk, BudgetImport.objects.latest("pk"), "discard")
    assert (LineNaming.objects.count(), BudgetLine.objects.count()) == (0, before)


def figures_of(lines, source):
    found = linked_lines(snapshot_of(source.bureau, str(source.as_of)), {1: lines})[1].figures
    return [(figure.line.detailed, figure.line.object_name, figure.committed) for figure in found]


def test_links_hold_month_after_month(bureau, tmp_path):
    """To a line of a programme, and to a programme as a whole."""
    august = bring(month(tmp_path, FULL), "2022-08-31")
    september = bring(by_programme(tmp_path), "2022-09-30")
    october = bring(month(tmp_path, FULL, lines(200), "10월.csv"), "2022-10-31")
    line = BudgetLine.objects.get(detailed="망 운영", object_name="01 사무관리비")
    whole = BudgetLine.objects.get(detailed="망 운영", object_name="")
    assert figures_of([line], august) == [("망 운영", "01 사무관리비", 100)]
    assert figures_of([line], september) == [("망 운영", "", 300)]
    assert figures_of([line], october) == [("망 운영", "01 사무관리비", 200)]
    objects = ["01 사무관리비", "02 공공운영비", "01 물품취득비"]
    assert figures_of([whole], october) == [("망 운영", name, 200) for name in objects]
    assert figures_of([whole, line], october) == figures_of([whole], october)
    assert figures_of([whole, line], september) == figures_of([whole], september)


def test_a_linked_line_that_is_gone_is_not_another_of_its_programme(bureau, tmp_path):
    bring(month(tmp_path, FULL), "2022-08-31")
    left = [row for row in lines() if row["통계목"] != "01 사무관리비"]
    source = bring(month(tmp_path, FULL, left, "9월.csv"), "2022-09-30")
    line = BudgetLine.objects.get(detailed="망 운영", object_name="01 사무관리비")
    assert figures_of([line], source) == []


def test_what_is_matched_and_discarded_by_the_program_is_no_tampering(clerk, tmp_path):
    columns = [name for name in FULL if name != "세부사업코드"]
    bring(month(tmp_path, columns), "2022-08-31")
    renamed = [row | {"세부사업": row["세부사업"].replace("조성", "조성 확대")} for row in lines()]
    upload(clerk, month(tmp_path, columns, renamed, "이름.csv"))
    incoming = BudgetImport.objects.latest("pk")
    figure = BudgetFigure.objects.filter(source=incoming.source, line__detailed="와이파이 조성 확대").first()
    figure.committed = 7
    figure.save()
    (question,) = incoming.report["proposals"]
    act(clerk, incoming, "programmes", **{f"line-{question['new']}": question["known"][0]})
    assert found() == []
    act(clerk, incoming, "discard")
    assert not BudgetFigure.objects.filter(pk=figure.pk).exists()
    assert found() == []


def test_a_line_that_a_file_keeps_is_removed_with_a_record(clerk, tmp_path):
    columns = [name for name in FULL if name != "세부사업코드"]
    source = bring(month(tmp_path, columns), "2022-08-31")
    figure = BudgetFigure.objects.filter(source=source).latest("pk")
    figure.delete()
    upload(clerk, month(tmp_path, columns, name="다음.csv"))
    act(clerk, BudgetImport.objects.latest("pk"), "discard")
    assert not BudgetLine.objects.filter(pk=figure.line_id).exists()
    assert found() == []


def test_nothing_is_kept_anew_where_nothing_was_chosen(clerk, tmp_path, monkeypatch):
    columns = [name for name in FULL if name != "세부사업코드"]
    bring(month(tmp_path, columns), "2022-08-31")
    renamed = [row | {"세부사업": row["세부사업"].replace("조성", "조성 확대")} for row in lines()]
    upload(clerk, month(tmp_path, columns, renamed, "이름.csv"))
    monkeypatch.setattr(jobs, "keep_values", lambda source: 1 / 0)
    assert act(clerk, BudgetImport.objects.latest("pk"), "programmes").shows("새로 3줄")

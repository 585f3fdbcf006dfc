"""`manage.py import_budget` on the seeded report, with the real child process."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from budgets.imports import jobs
from budgets.imports.sandbox import pipeline
from budgets.models import BudgetFigure, BudgetImport, BudgetLine, DepartmentAlias, RevenueFigure, RevenueItem
from core.models import ControlTotal, Source
from core.tasks.leases import own_run
from departments.models import Department
from tests.audit import records_of
from tests.budgets.files import HEADER, execution_rows, total_of, write_csv, write_xlsx
from tests.budgets.imports.corpus import BAD_ABOVE, BAD_THERE, path_of

CURRENT = HEADER.index("예산현액")
FACTS = (Source, BudgetLine, BudgetFigure, RevenueItem, RevenueFigure, ControlTotal, Department)


def run(path, **options):
    """What the command says."""
    out = StringIO()
    call_command("import_budget", path, stdout=out, **({"as_of": "2022-09-30", "unit": "원"} | options))
    return out.getvalue()


def refused(path, code, **options):
    """What it says where it ends with an exit code."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_budget", path, stdout=out, **({"as_of": "2022-09-30", "unit": "원"} | options))
    assert error.value.returncode == code
    return out.getvalue() + str(error.value)


def facts():
    return {model: model.objects.count() for model in FACTS}


def file_of(folder, rows, name="집행현황.csv"):
    return write_csv(folder / name, rows)


def figures_in_force():
    return BudgetFigure.objects.filter(source__state="in_force", source__as_of="2022-09-30")


@pytest.mark.engine
def test_a_file_comes_into_force(bureau, tmp_path, staff_client):
    path = write_xlsx(tmp_path / "집행현황.xlsx", [*execution_rows(60), total_of(list(execution_rows(60)))])
    said = run(path, limited=False)
    assert "집행현황 파일입니다. ‘집행현황’ 시트에서 65행까지 읽었습니다." in said
    assert "소계·합계 1행이 줄들의 합과 맞습니다." in said
    assert "새로 0곳, 바뀜 4곳, 없어짐 4곳." in said
    assert "확정했습니다." in said
    source = Source.objects.get(document="집행현황.xlsx")
    assert (source.state, source.fiscal_year, source.budget_kind, source.unit, source.account) == (
        "in_force",
        2022,
        "execution",
        "원",
        "",
    )
    assert source.heading == "2022년도 세출예산 집행현황"
    figure = figures_in_force().select_related("line__department").order_by("line__order").first()
    first = next(execution_rows(60))
    assert [
        getattr(figure, name) for name in ("original", "supplementary", "current", "committed", "disbursed")
    ] == [first[9], first[10], first[16], first[17], first[18]]
    line = figure.line
    assert (line.department.slug, line.account_kind, line.policy, line.detailed_code) == (
        "digital-policy",
        "general",
        "스마트도시 기반 조성",
        "20000",
    )
    page = staff_client.get("/budgets/expenditure/").context["summary"]
    assert page.total.current == sum(row[CURRENT] for row in execution_rows(60))


def test_how_far_it_is_read_is_told_where_nobody_watches_a_bar(bureau, tmp_path):
    said = StringIO()
    run(file_of(tmp_path, execution_rows(4_500)), dry_run=True, stderr=said)
    shown = said.getvalue().splitlines()
    assert len(shown) == 3 and shown[-1] == "4,501행까지 읽음 (100%)"


def test_amounts_in_thousands(bureau, tmp_path):
    run(file_of(tmp_path, execution_rows(12)), unit="천원", limited=False, accept_unit="시험")
    assert figures_in_force().order_by("line__order").first().original == next(execution_rows(12))[9] * 1000


def test_a_dry_run_leaves_nothing(bureau, tmp_path):
    before = facts()
    assert "아무것도 바꾸지 않았습니다." in run(file_of(tmp_path, execution_rows(12)), dry_run=True)
    assert facts() == before


@pytest.mark.parametrize("bad", [*BAD_ABOVE, *BAD_THERE[2:]], ids=lambda bad: bad.name)
def test_a_bad_file_changes_nothing(bad, bureau, tmp_path):
    before = facts()
    path = path_of(bad, tmp_path)
    said = refused(path, 3 if bad.asks else 1)
    assert bad.said in said
    assert bad.place in said
    assert f"[{path.name}]" in said
    assert facts() == before
    assert not BudgetImport.objects.unfinished().exists()


def test_the_same_file_twice_changes_nothing(bureau, tmp_path):
    path = file_of(tmp_path, execution_rows(12))
    run(path, limited=False)
    before = facts()
    assert "같은 파일이 이미 확정되어 있습니다" in run(path, limited=False)
    assert facts() == before


def test_lines_of_another_account_than_the_files_are_refused(bureau, tmp_path):
    said = refused(file_of(tmp_path, execution_rows(12)), 1, account="special")
    assert "2행 ‘회계구분’ 열: 고른 회계의 줄이 아닙니다." in said


def test_an_unknown_department_is_proposed_and_read_once_it_is_known(bureau, tmp_path):
    rows = [[*row[:2], "빅데이타 담당관", *row[3:]] for row in execution_rows(8)]
    path = file_of(tmp_path, rows)
    before = facts()
    said = refused(path, 3)
    assert (
        "2행 ‘부서명’ 열: ‘빅데이타 담당관’이라는 부서를 모릅니다(8줄). 비슷한 부서: 빅데이터담당관" in said
    )
    assert facts() == before
    DepartmentAlias.objects.create(name="빅데이타담당관", department=Department.objects.get(slug="big-data"))
    run(path, limited=False)
    assert set(figures_in_force().values_list("line__department__slug", flat=True)) == {"big-data"}


@pytest.mark.usefixtures("pages_made_anew")
def test_an_import_can_be_withdrawn_whole(bureau, tmp_path, staff_client):
    before = staff_client.get("/budgets/expenditure/").context["summary"].total.current
    run(file_of(tmp_path, execution_rows(12)), limited=False)
    assert staff_client.get("/budgets/expenditure/").context["summary"].total.current != before
    jobs.withdraw(BudgetImport.objects.get(), "잘못 올림")
    assert staff_client.get("/budgets/expenditure/").context["summary"].total.current == before
    source = Source.objects.get(document="집행현황.csv")
    assert (source.state, records_of(source).first().reason) == (
        "withdrawn",
        "예산 파일 철회: 집행현황.csv. 잘못 올림",
    )


def test_what_is_being_read_is_left_alone(bureau, tmp_path):
    incoming = jobs.register(bureau, "a.csv", file_of(tmp_path, []), pipeline.Options("2022-09-30", "원"))
    with own_run(jobs.read_uploaded, incoming.pk) as reading:
        jobs.cleanup_interrupted()
        incoming.refresh_from_db()
        assert incoming.state == "reading"
        reading.complete()
    jobs.cleanup_interrupted()
    incoming.refresh_from_db()
    assert incoming.state == "refused"


def test_what_is_begun_again_while_it_is_looked_at_is_left_alone(bureau, tmp_path, monkeypatch):
    incoming = jobs.register(bureau, "a.csv", file_of(tmp_path, []), pipeline.Options("2022-09-30", "원"))
    lock = jobs.lock_for_update

    def begin_before(incoming):
        jobs.put_in_line(incoming)
        return lock(incoming)

    monkeypatch.setattr(jobs, "lock_for_update", begin_before)
    jobs.cleanup_interrupted()
    assert BudgetImport.objects.get().state == "reading"
    assert jobs.read_uploaded.unfinished(incoming.pk).count() == 1


def stop(*given):
    raise KeyboardInterrupt


def test_an_import_is_there_only_with_the_run_that_reads_it(bureau, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("core.tasks.leases._begin", stop)
        with pytest.raises(KeyboardInterrupt):
            run(file_of(tmp_path, execution_rows(4)))
    assert not BudgetImport.objects.exists()
    monkeypatch.setattr("core.tasks.backend.BackgroundTask.is_full", True)
    said = refused(file_of(tmp_path, execution_rows(4)), 1)
    assert said == (
        "다른 파일 20개가 읽을 차례를 기다리고 있어 받지 않았습니다. 몇 분 뒤에 다시 올려 주십시오."
    )
    assert not BudgetImport.objects.exists()


@pytest.mark.engine
def test_revenue(bureau, tmp_path, staff_client):
    header = [
        "회계연도",
        "장",
        "관",
        "항",
        "목",
        "예산현액",
        "징수결정액",
        "실제수납액",
        "불납결손액",
        "미수납액",
    ]
    rows = [
        [2022, "세외수입", "", "", "", 17_000, "", "", "", ""],
        [2022, "세외수입", "경상적세외수입", "", "공유재산임대료", 9_000, 8_000, 7_000, 0, 1_000],
        [2022, "세외수입", "임시적 세외수입", "", "그외수입", 8_000, 8_000, 8_000, 0, 0],
    ]
    path = write_csv(tmp_path / "세입.csv", rows, header)
    assert "세입 파일입니다." in run(path, unit="천원", accept_unit="시험")
    figures = RevenueFigure.objects.filter(source__as_of="2022-09-30").order_by("pk")
    assert [(figure.item.slug, figure.current_budget, figure.uncollected) for figure in figures[:1]] == [
        ("public-property-rent", 9_000_000, 1_000_000)
    ]
    assert figures[1].item.parent.slug == "temporary-non-tax-revenue"
    rows[0][5] += 1
    assert "‘세외수입’의 금액이 그 줄들(2줄)의 합과 다릅니다. 적힌 값 17,001원, 합 17,000원." in refused(
        write_csv(tmp_path / "세입.csv", rows, header), 1
    )


def test_sums_over_their_lines_and_under_them(bureau, tmp_path):
    rows = [list(row) for row in execution_rows(16)]
    first, second = rows[:8], rows[8:]
    over = [
        total_of(rows, "총계"),
        total_of(first, "소계", column=6),
        *first,
        total_of(second, "소계", column=6),
        *second,
    ]
    over[1][5], over[10][5] = first[0][5], second[0][5]  # all else stands only beside the lines
    under = [
        *first,
        total_of(first, "소계"),
        *second,
        total_of(second, f"{second[0][5]} 소계", column=5),
        total_of(rows, "총 계"),
    ]
    split = [*first, total_of(first, "계", column=5), *second]
    for order in (over, under):
        file = file_of(tmp_path, order)
        assert "소계·합계 3행이 줄들의 합과 맞습니다." in run(file, limited=False, dry_run=True)
    split[8][CURRENT] += 1
    assert "‘계’의 금액이 그 줄들(8줄)의 합과 다릅니다." in refused(file_of(tmp_path, split), 1)


def test_a_revenue_file_without_a_year_is_of_its_base_date(bureau, tmp_path):
    header = ["장", "관", "항", "목", "예산현액", "징수결정액"]
    said = run(
        write_csv(tmp_path / "세입.csv", [["세외수입", "경상적세외수입", "사용료", "주차", 9, 8]], header),
        accept_unit="시험",
    )
    assert "‘회계연도’ 열이 없어 기준일의 연도인 2022년으로 읽었습니다." in said
    assert RevenueFigure.objects.get(source__as_of="2022-09-30").fiscal_year == 2022


def test_what_the_command_needs_is_said(bureau, tmp_path):
    with pytest.raises(CommandError, match="--as-of를 모두"):
        call_command("import_budget", tmp_path / "a.csv")
    with pytest.raises(CommandError, match="파일이 없습니다."):
        run(tmp_path / "a.csv")
    with pytest.raises(CommandError, match="‘2022-13-01’"):
        run(file_of(tmp_path, execution_rows(1)), as_of="2022-13-01")
    with pytest.raises(CommandError, match="그런 부서가 없습니다"):
        run(file_of(tmp_path, execution_rows(1)), department="nowhere")
    with pytest.raises(CommandError, match="--bureau에 적어"):
        run(file_of(tmp_path, execution_rows(1)), bureau="nowhere")

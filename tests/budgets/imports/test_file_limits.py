"""What a file speaks for: everything, or one department or account."""

from core.models import Source
from tests.budgets.files import execution_rows
from tests.budgets.management.commands.test_import_budget import CURRENT, file_of, refused, run


def test_a_later_file_of_one_department_leaves_the_others_alone(bureau, tmp_path):
    run(file_of(tmp_path, execution_rows(48)), limited=False)
    one = [list(row) for row in execution_rows(48)][:8]
    path = file_of(tmp_path, one, "한 부서.csv")
    assert "없어짐 40줄" in run(path, as_of="2022-10-31", limited=False, dry_run=True)
    said = run(path, as_of="2022-10-31")
    assert "이 파일에는 디지털정책담당관의 줄만 있어 나머지는 그대로 둡니다." in said
    assert Source.objects.get(as_of="2022-10-31").department.slug == "digital-policy"


def test_a_special_account_leaves_the_general_account_alone(bureau, tmp_path, staff_client):
    special = [[*row[:1], "교통사업특별회계", *row[2:]] for row in execution_rows(6)]
    run(file_of(tmp_path, [*execution_rows(12), *special]), limited=False)
    changed = [list(row) for row in special]
    changed[0][9] += 1_000_000
    changed[0][CURRENT] += 1_000_000
    said = run(file_of(tmp_path, changed, "특별.csv"), as_of="2022-10-31")
    assert (
        "바뀜 1줄, 없어짐 0줄" in said and "이 파일에는 디지털정책담당관 교통사업특별회계의 줄만 있어" in said
    )
    source = Source.objects.get(as_of="2022-10-31")
    assert (source.account, source.department.slug) == ("교통사업특별회계", "digital-policy")
    summary = staff_client.get("/budgets/expenditure/").context["summary"]
    assert summary.total.current == sum(row[CURRENT] for row in [*execution_rows(12), *changed])


def test_one_account_cannot_come_beside_lines_of_all_accounts(bureau, tmp_path):
    """The report gives the data center's budget without accounts."""
    rows = [[*row[:2], "데이터센터", *row[3:]] for row in execution_rows(4)]
    said = refused(file_of(tmp_path, rows), 3, account="general", department="data-center")
    assert "한 회계만 바꿀 수 없습니다." in said
    assert "바뀜 1곳, 없어짐 0곳" in run(file_of(tmp_path, rows), department="data-center")


def test_a_special_account_does_not_take_the_place_of_lines_of_all_accounts_unasked(bureau, tmp_path):
    rows = [[2022, "도시개발특별회계", *row[2:]] for row in execution_rows(24)]
    path = file_of(tmp_path, rows)
    said = refused(path, 3)
    assert "한 회계만 바꿀 수 없습니다." in said and "--whole" in said
    assert not Source.objects.filter(as_of="2022-09-30").exists()
    known = execution_rows(
        8, departments=["정보통신보안담당관"], account="도시개발특별회계"
    )  # the report has its accounts
    assert "새로 0곳, 바뀜 1곳, 없어짐 0곳." in run(file_of(tmp_path, known), accept_unit="시험")
    source = Source.objects.get(as_of="2022-09-30")
    assert (source.account, source.department.slug) == ("special", "ict-security")

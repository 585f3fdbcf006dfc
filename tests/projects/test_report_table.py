"""What a project's report says, as a table."""

from datetime import date
from types import SimpleNamespace

from projects.report_table import report_table

BRIEF = SimpleNamespace(
    strategy=SimpleNamespace(name="데이터"),
    purpose="무료 와이파이",
    overview="ㅇ 기간 : ’22년\n- 대상 : 시민",
    achievements="",
    budget_printed="5,000백만원",
    schedule_heading="향후일정",
)
CONTACTS = [
    SimpleNamespace(role="팀장", names="김하나", phone="2133-0000"),
    SimpleNamespace(role="담당", names="이둘", phone=""),
]


def cells(**changed):
    brief = SimpleNamespace(**(vars(BRIEF) | changed))
    page = SimpleNamespace(brief=brief, schedule="ㅇ 준공 : ’22. 12월")
    table = report_table(page, CONTACTS, date(2022, 8, 29))
    return [tuple(row.cells) for row in table.rows]


def test_report_table_has_a_row_a_line():
    assert cells() == [
        ("추진전략", "데이터"),
        ("팀장", "김하나 ☎2133-0000"),
        ("담당", "이둘"),
        ("목적", "무료 와이파이"),
        ("사업개요", "ㅇ 기간 : ’22년"),
        ("사업개요", "  - 대상 : 시민"),
        ("사업예산", "5,000백만원"),
        ("향후일정", "ㅇ 준공 : ’22. 12월"),
    ]


def test_report_table_without_a_strategy():
    assert cells(strategy=None)[0] == ("팀장", "김하나 ☎2133-0000")


def test_report_table_has_tables_without_the_signs_of_their_spans():
    table = "[표] (단위: 대)\n| 합계 | 고정형 | > |\n| ^ | 거리 | 시장 |\n|---|---|---|\n| 5 | 3<br>곳 | 2 |"
    assert [line for part, line in cells(achievements=f"ㅇ 현황\n{table}") if part == "추진실적"] == [
        "ㅇ 현황",
        "  (단위: 대)",
        "  합계 | 고정형",
        "  거리 | 시장",
        "  5 | 3 곳 | 2",
    ]

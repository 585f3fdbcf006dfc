"""What is said of a file by the process that opens it, without a database."""

import pytest

from budgets.imports.sandbox import sandbox_client, sheets
from budgets.imports.sandbox.sandbox import messages
from budgets.imports.sandbox.sandbox_protocol import Request
from seoul_digital.lib.file_errors import FileRefused, Problem
from tests.budgets.files import execution_rows, write_xlsx
from tests.budgets.imports.corpus import (
    BAD,
    add_far_cell,
    csv,
    hidden_rows,
    path_of,
    rezipped,
    rows,
    two_sheets,
    workbook,
    xlsx,
)


def told(path, **options):
    """Messages by kind; lines of all batches together."""
    found = {"lines": []}
    for message in messages(Request(path=str(path), name=path.name, **({"unit": "원"} | options))):
        found["lines"] += message.pop("lines", [])
        found |= message
    return found


def said(found, name="파일"):
    problems = found.get("refused") or found["end"]["problems"]
    return [Problem(**problem).sentence(name) for problem in problems]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_its_place_and_a_remedy(bad, tmp_path):
    first = said(told(path_of(bad, tmp_path)))[0]
    assert bad.said in first
    assert bad.place in first
    assert first.endswith(("오.", "요.", "다."))


def line(found, place=0):
    """A line as (row, parts, amounts)."""
    return tuple(found["lines"][place])


FIRST = (
    2022,
    "일반회계",
    "디지털정책담당관",
    "스마트도시 기반 조성",
    "기반 구축 1",
    "공공와이파이 조성 1차",
    "20000",
    "201 일반운영비",
    "01 사무관리비",
)


def test_a_workbook_is_read_under_its_title_rows(tmp_path):
    found = told(xlsx()(tmp_path))
    assert found["layout"]["kind"] == "execution"
    assert (found["layout"]["sheet"], found["layout"]["header_row"], found["layout"]["heading"]) == (
        "집행현황",
        4,
        "2022년도 세출예산 집행현황",
    )
    assert len(found["lines"]) == 12
    row, parts, amounts = line(found)
    assert (row, parts) == (5, FIRST)
    assert amounts == tuple(rows()[0][9:19])
    assert (found["end"]["problem_count"], found["end"]["warning_count"], found["end"]["read"]) == (0, 0, 16)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_csv(encoding, tmp_path):
    found = told(csv(encoding=encoding)(tmp_path))
    assert line(found) == (2, FIRST, tuple(rows()[0][9:19]))
    assert found["end"]["read"] == 13


def test_tabs_part_columns_too(tmp_path):
    (tmp_path / "집행현황.csv").write_text(
        "회계연도\t부서명\t예산현액\t원인행위액\n2022\t데이터센터\t5\t3\n", encoding="utf-16"
    )
    assert line(told(tmp_path / "집행현황.csv"))[1:] == (
        (2022, "", "데이터센터", "", "", "", "", "", ""),
        (None, None, None, None, None, None, None, 5, 3, None),
    )


@pytest.mark.parametrize(
    ("written", "won"),
    [
        ("△1,234", -1_234_000),
        ("(1,234)", -1_234_000),
        ("-1,234", -1_234_000),
        ("1234.5", 1_234_500),
        ("-", 0),
        ("", None),
        (" 7 ", 7_000),
    ],
)
def test_forms_of_amounts_in_thousands(written, won, tmp_path):
    (tmp_path / "a.csv").write_text(
        f'회계연도,부서명,예산현액,원인행위액\n2022,데이터센터,1,"{written}"\n', encoding="utf-8"
    )
    assert line(told(tmp_path / "a.csv", unit="천원"))[2][7:9] == (1_000, won)


def text_file(folder, *rows):
    (folder / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder / "a.csv"


def test_a_header_over_two_rows(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "세출예산 집행현황,,,,,,,",
            "(단위: 원),,,,,,,",
            "회계연도,부서명,예산의 구성,,예산현액,집행,,집행률",
            ",,본예산,추경,계,원인행위액(A),지출액(B),원인행위",
            "2022,데이터센터,5,2,7,3,1,42.9",
        )
    )
    assert found["layout"]["labels"] == (
        "회계연도",
        "부서명",
        "본예산",
        "추경",
        "예산현액",
        "원인행위액(A)",
        "지출액(B)",
        "집행률",
    )
    assert line(found)[2] == (5, 2, None, None, None, None, None, 7, 3, 1)


def test_ornaments_and_units_of_labels_make_no_difference(tmp_path):
    found = told(
        text_file(
            tmp_path, "회 계 연 도,①부서명,예산 현액(천원),원인행위액[천원],*지출액", "2022,데이터센터,5,3,1"
        ),
        unit="천원",
    )
    assert line(found)[2][7:] == (5_000, 3_000, 1_000)


def test_subtotals_footers_notes_and_repeated_headers_are_no_lines(tmp_path):
    header = "회계연도,부서명,세부사업,통계목,예산현액,원인행위액"
    found = told(
        text_file(
            tmp_path,
            header,
            "합계,,,,12,6",
            "2022,데이터센터,운영,소계,7,4",
            "2022,데이터센터,운영,가,5,3",
            "2022,데이터센터,운영,나,2,1",
            ",,- 1 -,,,",
            "",
            header,
            "2022,데이터센터,확충,다,5,2",
            "2022,데이터센터,확충 소계,,5,2",
            "※ 집행은 원인행위 기준,,,,,",
            "출력일시: 2022-08-30 09:00,,,,,",
        )
    )
    assert [one.row for one in found["lines"]] == [4, 5, 9]
    assert found["fields"] == ["fiscal_year", "department", "detailed", "object_name"]
    assert [(one.row, one.label, one.contexts[0].names, one.amounts[7:9]) for one in found["subtotals"]] == [
        (2, "합계", [], (12, 6)),
        (3, "소계", ["2022", "데이터센터", "운영"], (7, 4)),
        (10, "확충 소계", ["2022", "데이터센터"], (5, 2)),
    ]
    assert (found["end"]["notes"], found["end"]["problem_count"]) == (3, 0)


def test_a_printed_page_may_begin_with_titles_and_a_header_of_two_rows(tmp_path):
    """What is repeated is neither a line nor the context of the blanks below."""
    top = [
        "세출예산 집행현황,,,,,",
        "회계연도,부서명,사업,,예산액,집행",
        ",,세부사업,통계목,예산현액,원인행위액",
    ]
    found = told(text_file(tmp_path, *top, "2022,데이터센터,운영,가,5,3", ",,- 1 -,,,", *top, ",,,나,2,1"))
    assert [line(found, place)[1][5] for place in (0, 1)] == ["운영", "운영"]
    assert (found["end"]["problem_count"], found["end"]["notes"]) == (0, 1)


def test_a_sum_that_stands_over_its_lines_names_them(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,세부사업,통계목,예산현액",
            "2022,데이터센터,소계,,5",
            ",,운영,가,5",
            "2022,빅데이터담당관,소계,,7",
            ",,분석,가,7",
        )
    )
    assert [one.parts[2] for one in found["lines"]] == ["데이터센터", "빅데이터담당관"]


def test_a_file_that_breaks_off_after_names_is_refused(tmp_path):
    found = told(
        text_file(tmp_path, "회계연도,부서명,통계목,예산현액", "2022,데이터센터,가,5", "2022,데이터센")
    )
    assert said(found) == [
        "[파일] 3행: 이름만 있고 금액이 없는 채로 끝납니다. 파일이 끝까지 내려받아졌는지 확인하십시오."
    ]


def test_amounts_that_the_database_cannot_add_up_are_refused(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,통계목,예산현액",
            *(f"2022,데이터센터,가{number},{10**15}" for number in range(9_001)),
        )
    )
    assert said(found) == ["[파일] 9,002행: 여기까지 더한 금액이 너무 큽니다. 값과 단위를 확인하십시오."]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_marks_that_part_columns(mark, tmp_path):
    rows = [
        ["회계연도", "부서명", "통계목", "예산현액"],
        ["2022", "데이터센터", "가", '"5,000"' if mark == "," else "5,000"],
    ]
    assert line(told(text_file(tmp_path, *(mark.join(row) for row in rows))))[2][7] == 5_000


BOOK = "정책사업,예산액(경정),전년도(기정),비교증감"


@pytest.mark.parametrize(
    ("titles", "parts"),
    [
        (["2023년도 세출예산서", "부서 : 디지털정책관 > 데이터센터"], (2023, "데이터센터")),
        (["회계연도: 2023", "부서명: 데이터센터"], (2023, "데이터센터")),
        (["2023회계연도 제2회 추경 (2022-12-01 출력)", "소관: 데이터센터"], (2023, "데이터센터")),
    ],
)
def test_title_rows_say_what_no_column_says(titles, parts, tmp_path):
    found = told(text_file(tmp_path, *titles, BOOK, "운영,7,5,2"))
    assert line(found)[1][::2][:2] == parts
    assert found["end"]["assumed"] == [
        "‘회계연도’ 열이 없어 제목에 적힌 ‘2023’(으)로 읽었습니다.",
        "‘부서명’ 열이 없어 제목에 적힌 ‘데이터센터’(으)로 읽었습니다.",
    ]
    assert line(told(tmp_path / "a.csv", fiscal_year=2022))[1][0] == 2022


def test_without_either_a_person_is_asked(tmp_path):
    found = told(text_file(tmp_path, "2022년도 예산, 2023년도 예산", BOOK, "운영,7,5,2"), base_year=2022)
    assert said(found) == [
        "[파일] 2행 ‘부서명’ 열: ‘부서명’, ‘회계연도’ 열이 없습니다. 열을 넣거나 어느 열인지 정해 주십시오. "
        "파일 전체의 ‘부서명’(--department), ‘회계연도’(--year)을(를) 따로 적어도 됩니다."
    ]
    assert (found["missing"], found["labels"]) == (["department", "fiscal_year"], [])


def test_revenue_is_of_the_year_of_its_base_date(tmp_path):
    found = told(
        text_file(tmp_path, "장,관,항,목,예산현액,징수결정액", "세외수입,경상,사용료,주차,9,8"),
        base_year=2022,
    )
    assert line(found)[1][0] == 2022
    assert found["end"]["assumed"] == ["‘회계연도’ 열이 없어 기준일의 연도인 2022년으로 읽었습니다."]


def test_rows_above_others_are_subtotals_also_without_a_word(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,정책사업,세부사업,예산현액",
            "2022,데이터센터,,,7",
            "2022,데이터센터,운영,,7",
            "2022,데이터센터,운영,망,7",
            "2022,빅데이터담당관,,,5",
        )
    )
    assert sorted(one.row for one in found["subtotals"]) == [2, 3]
    assert [(one.row, one.parts[2]) for one in found["lines"]] == [(4, "데이터센터"), (5, "빅데이터담당관")]


def test_names_that_are_not_repeated_are_those_above(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,정책사업,세부사업,통계목,예산현액",
            "2022,데이터센터,운영,망,가,1",
            ",,,,나,2",
            ",,,서버,가,3",
            ",빅데이터담당관,분석,허브,가,4",
            "2022,빅데이터담당관,,,나,5",
        )
    )
    assert [one.parts[2:4] + one.parts[5:6] + one.parts[8:] for one in found["lines"]] == [
        ("데이터센터", "운영", "망", "가"),
        ("데이터센터", "운영", "망", "나"),
        ("데이터센터", "운영", "서버", "가"),
        ("빅데이터담당관", "분석", "허브", "가"),
        ("빅데이터담당관", "분석", "허브", "나"),
    ]
    assert found["end"]["filled"] == 10


def test_a_programme_with_its_code_in_brackets(tmp_path):
    found = told(
        text_file(
            tmp_path,
            "회계연도,부서명,세부사업(코드),예산현액",
            "2022,데이터센터,통신망(5G) 운영(AB-1020),1",
            "2022,데이터센터,망(구),2",
        )
    )
    assert [one.parts[5:7] for one in found["lines"]] == [("통신망(5G) 운영", "AB-1020"), ("망(구)", "")]


def test_a_book_and_a_revenue_file_are_told_by_their_columns(tmp_path):
    book = told(
        text_file(tmp_path, "부서명,정책사업,예산액(경정),전년도(기정),비교증감", "데이터센터,운영,7,5,2"),
        fiscal_year=2023,
    )
    assert (book["layout"]["kind"], line(book)[1][0], line(book)[2][7]) == ("book", 2023, 7)
    revenue = told(
        text_file(
            tmp_path,
            "회계연도,장,관,항,목,예산현액,징수결정액,실제수납액,불납결손액,미수납액",
            "2022,세외수입,경상,사용료,주차,9,8,5,1,1",
        )
    )
    assert (revenue["layout"]["kind"], line(revenue)[1:]) == (
        "revenue",
        ((2022, "세외수입", "경상", "사용료", "주차"), (9, 8, 5, 1, 1)),
    )
    assert (
        revenue["end"]["warnings"][0]["message"]
        == "‘징수결정액 = 실제수납액 + 불납결손액 + 미수납액’이 맞지 않습니다."
    )


@pytest.mark.parametrize(
    "header", ["회계연도,부서명,예산액,예산현액,원인행위액", "회계연도,부서명,예산현액,예산액,원인행위액"]
)
def test_beside_the_current_budget_the_budget_is_another_figure(header, tmp_path):
    values = {"회계연도": "2022", "부서명": "데이터센터", "예산액": "5", "예산현액": "7", "원인행위액": "3"}
    found = told(text_file(tmp_path, header, ",".join(values[label] for label in header.split(","))))
    assert (line(found)[2][7], found["layout"]["unknown"]) == (7, ("예산액",))


def test_two_columns_of_one_meaning_are_refused(tmp_path):
    assert said(told(text_file(tmp_path, "회계연도,부서명,부서,예산현액", "2022,가,나,1"))) == [
        "[파일] 1행: ‘부서명’ 열과 ‘부서’ 열이 같은 뜻으로 읽힙니다. 한 열만 남기거나 열의 뜻을 정해 주십시오."
    ]


def test_the_kind_that_is_asked_for_is_held_to(tmp_path):
    assert said(told(csv()(tmp_path), kind="book")) == [
        "[파일] 1행: ‘예산서’ 파일이라고 했는데 머리글은 ‘집행현황’의 것입니다. 파일의 종류를 확인하십시오."
    ]


def test_parts_that_do_not_add_up_are_told_and_kept(tmp_path):
    changed = rows()
    changed[0][9] += 500
    found = told(csv(lambda: changed)(tmp_path))
    assert (found["end"]["problem_count"], found["end"]["warning_count"]) == (0, 1)
    assert found["end"]["warnings"][0]["row"] == 2


def test_an_unknown_layout_says_which_columns_are_not_known(tmp_path):
    path = text_file(tmp_path, "연도,조직,사업명,금액1,금액2", "2022,데이터센터,망,5,3")
    found = told(path)
    assert said(found)[0].startswith("[파일] 1행: 머리글(열 이름이 적힌 행)을 찾지 못했습니다.")
    assert (found["labels"], found["sample"]) == (
        ["연도", "조직", "사업명", "금액1", "금액2"],
        [["연도", "조직", "사업명", "금액1", "금액2"], ["2022", "데이터센터", "망", "5", "3"]],
    )
    mapping = {"조직": "department", "사업명": "detailed", "금액1": "current", "금액2": "ignored"}
    assert line(told(path, mapping=mapping))[1:] == (
        (2022, "", "데이터센터", "", "", "망", "", "", ""),
        (None, None, None, None, None, None, None, 5, None, None),
    )


def test_hidden_rows_are_read_where_that_is_wanted(tmp_path):
    found = told(workbook(hidden_rows)(tmp_path), hidden=True)
    assert (len(found["lines"]), found["end"]["hidden"], found["end"]["problem_count"]) == (4, 1, 0)


def test_the_sheet_that_is_asked_for(tmp_path):
    path = workbook(two_sheets)(tmp_path)
    assert told(path, sheet="사업소")["layout"]["sheet"] == "사업소"
    assert said(told(path, sheet="없음")) == [
        "[파일] ‘없음’ 시트: ‘없음’ 시트가 없습니다. 있는 시트: ‘본청’, ‘사업소’"
    ]


def test_a_sheet_in_pieces_gives_the_same_as_whole(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "a.xlsx", execution_rows(300))
    whole = told(path)
    monkeypatch.setattr(sheets, "PIECE", 20_000)
    monkeypatch.setattr(sheets, "BLOCK", 3_000)
    assert told(path)["lines"] == whole["lines"]
    assert [one.row for one in whole["lines"]] == list(range(5, 305))


def test_the_process_is_stopped_at_its_limits(tmp_path, monkeypatch):
    """Without the look that refuses it beforehand, a sparse sheet meets the limit on memory and takes down nobody else."""
    path = rezipped(add_far_cell)(tmp_path)
    program = "import sys; from budgets.imports import child, sheets;sheets.WorkbookSheet._refuse_sparse = lambda self, piece: None; child.main()"
    monkeypatch.setattr(sandbox_client, "COMMAND", [sandbox_client.COMMAND[0], "-c", program])
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        list(sandbox_client.messages(Request(path=str(path), name="a.xlsx", unit="원")))
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        monkeypatch.setattr(
            sandbox_client, "COMMAND", [sandbox_client.COMMAND[0], "-c", "import time; time.sleep(30)"]
        )
        list(sandbox_client.messages(Request(path=str(path), name="a.xlsx", unit="원"), seconds=0.3))


def test_the_process_knows_neither_django_nor_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    program = (
        "import json, os, sys, budgets.imports.sandbox.sandbox;"
        "print(json.dumps({'end': {'django': 'django' in sys.modules, 'names': sorted(os.environ)}}))"
    )
    monkeypatch.setattr(sandbox_client, "COMMAND", [sandbox_client.COMMAND[0], "-c", program])
    (message,) = sandbox_client.messages(Request(path="", name="", unit="원"))
    assert not message["end"]["django"]
    assert "SECRET_KEY" not in message["end"]["names"]

"""What is said of a file by the process that opens it, without a database."""

import pytest

from budgets.imports.sandbox.line_columns import NumberedNames
from budgets.imports.sandbox.sandbox import messages
from budgets.imports.sandbox.sandbox_protocol import Request
from seoul_digital.lib.file_errors import Problem
from tests.budgets.files import HEADER
from tests.budgets.imports.corpus import (
    BAD,
    path_of,
    rows,
    table,
    workbook,
    xlsx,
)


def told(path, **options):
    """Messages by kind; lines of all batches together."""
    found, names = {"lines": []}, NumberedNames()
    for message in messages(Request(path=str(path), name=path.name, **({"unit": "원"} | options))):
        if "lines" in message:
            found["lines"] += names.read(message)
        found |= {kind: value for kind, value in message.items() if kind != "lines"}
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


def test_names_in_merged_cells_are_those_of_every_row_below(tmp_path):
    def merged(book):
        page = book.add_worksheet("집행현황")
        table(page, HEADER, rows(8))
        for column in range(7):  # up to the programme's code
            page.merge_range(1, column, 8, column, rows(8)[0][column], book.add_format({"valign": "top"}))

    found, plain = told(workbook(merged)(tmp_path)), told(xlsx(lambda: rows(8))(tmp_path))
    assert [line[1:] for line in found["lines"]] == [line[1:] for line in plain["lines"]]
    assert (len(found["lines"]), found["lines"][7].row, found["end"]["filled"]) == (8, 9, 49)
    assert said(found) == []


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
    assert amounts == (*rows()[0][9:19], None)
    assert (found["end"]["problem_count"], found["end"]["warning_count"], found["end"]["read"]) == (0, 0, 16)


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
        "‘회계연도’ 열이 없어 제목이나 머리글에 적힌 ‘2023’으로 읽었습니다.",
        "‘부서명’ 열이 없어 제목이나 머리글에 적힌 ‘데이터센터’로 읽었습니다.",
    ]
    assert line(told(tmp_path / "a.csv", fiscal_year=2022))[1][0] == 2022


def test_without_either_a_person_is_asked(tmp_path):
    found = told(text_file(tmp_path, "2022년도 예산, 2023년도 예산", BOOK, "운영,7,5,2"), base_year=2022)
    assert said(found) == [
        "[파일] 2행 ‘부서명’ 열: ‘부서명’, ‘회계연도’ 열이 없습니다. 열을 넣거나 어느 열인지 정해 주십시오. "
        "파일 전체의 ‘부서명’(--department), ‘회계연도’(--year)를 따로 적어도 됩니다."
    ]
    assert (found["missing"], found["labels"]) == (["department", "fiscal_year"], [])


def test_revenue_is_of_the_year_of_its_base_date(tmp_path):
    found = told(
        text_file(tmp_path, "장,관,항,목,예산현액,징수결정액", "세외수입,경상,사용료,주차,9,8"),
        base_year=2022,
    )
    assert line(found)[1][0] == 2022
    assert found["end"]["assumed"] == ["‘회계연도’ 열이 없어 기준일의 연도인 2022년으로 읽었습니다."]

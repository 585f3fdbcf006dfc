"""Files as the finance system exports them, of any size, for tests and benchmarks. Amounts are in 원."""

import csv
import random
from datetime import date
from itertools import islice

import openpyxl
import xlsxwriter

HEADER = [
    "회계연도",
    "회계구분",
    "부서명",
    "정책사업",
    "단위사업",
    "세부사업",
    "세부사업코드",
    "편성목",
    "통계목",
    "본예산",
    "추경",
    "성립전",
    "예비비",
    "이월액",
    "이체",
    "전용",
    "예산현액",
    "원인행위액",
    "지출액",
    "집행잔액",
    "집행률",
]
FIRST_AMOUNT = HEADER.index("본예산")
ACCOUNT, OBJECTS_FROM = HEADER.index("회계구분"), HEADER.index("편성목")
DEPARTMENTS = [
    "디지털정책담당관",
    "빅데이터담당관",
    "정보시스템담당관",
    "공간정보담당관",
    "정보통신보안담당관",
    "데이터센터",
]
POLICIES = [
    "스마트도시 기반 조성",
    "데이터 행정 활성화",
    "정보시스템 고도화",
    "정보통신망 운영",
    "행정운영경비",
]
UNITS = ["기반 구축", "서비스 확대", "유지관리", "보안 강화", "인력 운영"]
PROGRAMMES = [
    "공공와이파이 조성",
    "데이터허브 운영",
    "업무관리시스템 개선",
    "지도서비스 운영",
    "통신망 임차",
    "기본경비",
]
OBJECTS = [
    ("201 일반운영비", "01 사무관리비"),
    ("201 일반운영비", "02 공공운영비"),
    ("202 여비", "01 국내여비"),
    ("207 연구개발비", "02 전산개발비"),
    ("307 민간이전", "05 민간위탁금"),
    ("401 시설비및부대비", "01 시설비"),
    ("403 공기관등에대한자본적위탁사업비", "02 공기관대행사업비"),
    ("405 자산취득비", "01 자산및물품취득비"),
]
OBJECTS_OF_A_PROGRAMME = len(OBJECTS)


def execution_rows(count, *, year=2022, departments=DEPARTMENTS, account="일반회계", seed=1):
    """`count` lines of 집행현황, department by department and programme by programme."""
    return islice(_execution_rows(count, year, departments, account, random.Random(seed)), count)


def _execution_rows(count, year, departments, account, chance):
    programmes = -(-count // (len(departments) * OBJECTS_OF_A_PROGRAMME))
    for department in departments:
        for number in range(programmes):
            policy = POLICIES[number % len(POLICIES)]
            unit = f"{UNITS[number // 5 % len(UNITS)]} {number // 25 + 1}"
            programme = f"{PROGRAMMES[number % len(PROGRAMMES)]} {number + 1}차"
            for group, name in OBJECTS:
                yield [
                    year,
                    account,
                    department,
                    policy,
                    unit,
                    programme,
                    f"{20000 + number}",
                    group,
                    name,
                    *_amounts(chance),
                ]


def _amounts(chance):
    original = chance.randrange(1_000, 2_000_000) * 1_000
    supplementary = chance.choice([0, 0, 0, chance.randrange(-500, 900) * 1_000])
    carried_over = chance.choice([0, 0, chance.randrange(0, 400) * 1_000])
    diverted = chance.choice([0, 0, 0, chance.randrange(-90, 90) * 1_000])
    current = original + supplementary + carried_over + diverted
    committed = current * chance.randrange(20, 100) // 100
    disbursed = committed * chance.randrange(50, 100) // 100
    rate = round(committed / current * 100, 1)
    return [
        original,
        supplementary,
        0,
        0,
        carried_over,
        0,
        diverted,
        current,
        committed,
        disbursed,
        current - committed,
        rate,
    ]


def write_xlsx(path, rows, header=HEADER, title="2022년도 세출예산 집행현황", unit="원", sheet="집행현황"):
    """Two title rows, the header, the rows."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_string(0, 0, title)
        page.write_string(1, 0, f"(단위 : {unit})")
        page.write_row(3, 0, header)
        for number, row in enumerate(rows, 4):
            page.write_row(number, 0, row)
    return path


def write_repeating_xlsx(path, rows, header=HEADER):
    """As Excel saves it: shared strings, formats of numbers and of a day, and blanks for names that are as in the row above."""
    with xlsxwriter.Workbook(path) as book:
        page, number = book.add_worksheet("집행현황"), book.add_format({"num_format": "#,##0"})
        page.write_row(0, 0, ["2022년도 세출예산 집행현황", "(단위 : 원)", "출력일자"])
        page.write_datetime(0, 3, date(2022, 10, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(2, 0, header)
        above: list[object] = []
        for at, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if ACCOUNT < column < OBJECTS_FROM and row[: column + 1] == above[: column + 1]:
                    page.write_blank(at, column, None, number)
                else:
                    page.write(at, column, value, number if column >= FIRST_AMOUNT else None)
            above = row
    return path


def write_openpyxl_xlsx(path, rows, header=HEADER, *, write_only=False):
    """As openpyxl saves it: shared strings, numbers with their kind; `write_only`: inline texts."""
    book = openpyxl.Workbook(write_only=write_only)
    page = book.create_sheet("집행현황") if write_only else book.active
    for row in (["2022년도 세출예산 집행현황", "(단위 : 원)"], header, *rows):
        page.append(row)
    book.save(path)
    return path


def write_pandas_xlsx(path, rows, header=HEADER):
    """As `DataFrame.to_excel` saves it: the header in the first row, bold and framed. The unit is not said."""
    import pandas

    pandas.DataFrame(rows, columns=header).to_excel(path, index=False)
    return path


def write_csv(path, rows, header=HEADER, encoding="cp949"):
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def total_of(rows, label="합계", column=0):
    """A row that adds up the others' amounts, its label in one of the columns of names."""
    amounts = [sum(row[place] for row in rows) for place in range(FIRST_AMOUNT, len(HEADER) - 1)]
    names = [""] * FIRST_AMOUNT
    names[column] = label
    return [*names, *amounts, ""]

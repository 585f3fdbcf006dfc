"""Files out and in again: nothing changes; what is wrong is told by row and column, and nothing is written."""

import io
import re
from collections import Counter
from itertools import product

import openpyxl
import pytest
from django.contrib import admin
from django.db import models

from budgets.models import BudgetFigure, BudgetLine, ColumnMapping, DepartmentAlias
from core.import_export.formats import EXPORT_FORMATS, Cp949, Csv, FileDataset, Json, Xlsx
from core.import_export.resources import resource_class
from core.models import Source
from departments.models import Department, Duty, Staffing, User
from projects.models import Brief, Contact, Funding, Indicator, Measurement, Milestone, Project
from tests.audit import RESTORABLE, records_of
from tests.factories import counts_of
from tests.samples import each

MODELS = RESTORABLE
NASTY = (
    *(
        "=1+1",
        "+82-2",
        "-",
        "@x",
        "\t탭",
        "\r\n줄",
        "'따옴표",
        "''=둘",
        "-5",
        "‣ 점 ․ ’",
        "&#8227;",
        "_x0041_",
    ),
    *(" 앞뒤 ", '큰"따옴표"'),
)


@pytest.fixture
def filled(seeded):
    """The models that the seed leaves empty, or without links, have something too; and what files like to spoil."""
    data_center = Department.objects.get(slug="data-center")
    user = User.objects.create(
        username="lee", last_name="이", first_name="주무", department=data_center, email="lee@example.org"
    )
    DepartmentAlias.objects.create(name="데이터센터과", department=data_center)
    ColumnMapping.objects.create(label="집행금액", field="committed")
    Source.objects.filter(scope="staffing", as_of="2022-08-29").update(brought_by=user)
    Project.objects.first().budget_lines.add(*BudgetLine.objects.all()[:3])
    duty = Duty.objects.filter(department=data_center).first()
    for order, text in enumerate(NASTY, 900):
        Duty.objects.create(source=duty.source, department=data_center, order=order, text=text)
    figure = BudgetFigure.objects.first()
    BudgetFigure.objects.filter(pk=figure.pk).update(
        original=1_234_567, supplementary=-5, reserve=2**63 - 1, diverted=0
    )


def resource(model, **options):
    """As the model's admin has it."""
    registered = admin.site._registry.get(model)
    (found,) = registered.get_resource_classes(None) if registered else [resource_class(model)]
    return found(**options)


def exported(model, queryset=None):
    return resource(model).export(model.objects.all() if queryset is None else queryset)


def written(model, file_format):
    return file_format().export_data(exported(model))


@pytest.mark.parametrize(
    ("model", "file_format"),
    each(11, product(MODELS, EXPORT_FORMATS)),
    ids=lambda value: getattr(value, "key", value.__name__),
)
def test_what_leaves_comes_back_without_a_difference(model, file_format, filled):
    content, count = written(model, file_format), model.objects.count()
    assert count
    result = resource(model).import_data(file_format().create_dataset(content))
    assert (problems(result), result.changed_rows, result.totals["skip"]) == ([], [], count)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_column_has_a_name_of_its_own(model):
    headers = resource(model).get_export_headers()
    assert len(set(headers)) == len(headers)


@pytest.mark.parametrize(
    "model",
    each(3, [Duty, Contact, Funding, Milestone, Staffing, Measurement]),
    ids=lambda model: model._meta.model_name,
)
def test_what_is_gone_comes_back_from_the_file(model, filled):
    def values():
        return sorted(exported(model), key=repr)

    content, before = written(model, Xlsx), values()
    model.objects.all().delete()
    result = resource(model).import_data(
        Xlsx().create_dataset(content), file_name="업무.xlsx", reason="되살림"
    )
    assert (problems(result), result.totals["new"]) == ([], len(before))
    assert values() == before
    newest = records_of(model).first()
    assert (newest.kind, newest.reason) == ("created", "파일에서 가져옴: 업무.xlsx. 되살림")


# What a file looks like


def test_the_headers_are_korean_and_keys_stand_in_columns_of_their_own(seeded):
    assert resource(BudgetFigure).get_export_headers() == [
        *(
            "자료",
            "회계연도",
            "부서",
            "회계구분",
            "회계명",
            "정책사업",
            "단위사업",
            "세부사업",
            "세부사업 코드",
        ),
        *("편성목", "통계목", "당초예산(천원)", "추경(천원)", "성립전(천원)", "예비비(천원)", "이월액(천원)"),
        *(
            "이체(천원)",
            "전용(천원)",
            "예산현액(최종예산)(천원)",
            "원인행위액(천원)",
            "지출액(천원)",
            "전년도예산액(천원)",
        ),
    ]
    assert resource(Contact).get_export_headers() == ["자료", "사업", "차례", "직위", "이름", "전화", "부서"]


def test_files_have_dates_as_the_screens_print_them_and_no_key(filled):
    """In whatever column of whatever model: none as 2022-08-29, and no header is a name of the code."""
    dates = Counter()
    for model in MODELS:
        text = "\n".join([*resource(model).get_export_headers(), written(model, Csv).decode("utf-8-sig")])
        assert not re.search(r"(?<![0-9])(19|20)[0-9]{2}-[0-9]{2}(?![0-9])", text), model
        assert not re.search(r"[a-z]+_[a-z]+", text.split("\n", 1)[0]), model
        dates[model._meta.model_name] += len(re.findall(r"(19|20)[0-9]{2}(\. [0-9]{1,2}\.|년)", text))
    assert min(dates[name] for name in ("source", "milestone", "measurement", "staffing")) > 9
    row = openpyxl.load_workbook(io.BytesIO(written(Source, Xlsx))).active
    day = next(cell for cell in row[2] if cell.is_date)
    assert day.number_format == 'yyyy". "m". "d"."'


def test_a_workbook_has_numbers_as_numbers_and_risky_text_as_text(filled):
    sheet = openpyxl.load_workbook(io.BytesIO(written(Duty, Xlsx))).active
    place = [cell.value for cell in sheet[1]].index("차례")
    cells = {row[place].value: row for row in sheet.iter_rows(min_row=2)}
    text = next(cell for cell in cells[900] if cell.value == "=1+1")
    assert (text.data_type, cells[900][place].data_type) == ("s", "n")


def test_risky_text_is_quoted_in_csv_and_numbers_are_not(filled):
    lines = written(Duty, Csv).decode("utf-8-sig")
    assert "'=1+1" in lines and ",=1+1" not in lines
    assert written(Duty, Csv).startswith(b"\xef\xbb\xbf")


def test_what_cp949_lacks_leaves_as_a_reference(filled):
    text = written(Duty, Cp949).decode("cp949")
    assert "&#8227; 점" in text
    assert "&#38;#8227;" in text


def test_amounts_too_long_for_a_spreadsheet_leave_as_text(filled):
    sheet = openpyxl.load_workbook(io.BytesIO(written(BudgetFigure, Xlsx))).active
    place = [cell.value for cell in sheet[1]].index("예비비(천원)")
    assert "9223372036854775.807" in [row[place].value for row in sheet.iter_rows(min_row=2)]


def test_an_account_leaves_in_words(seeded):
    assert {row[2] for row in exported(BudgetLine)} == {"일반회계", "특별회계", None}


def test_reading_asks_few_questions(seeded, django_assert_max_num_queries):
    dataset = Json().create_dataset(written(Milestone, Json))
    with django_assert_max_num_queries(2 * len(dataset) + 14):  # a savepoint begins and ends around each row
        resource(Milestone).import_data(dataset, dry_run=True)


# What people write


def bring(model, headers, *rows, **options):
    return resource(model, **options).import_data(FileDataset(enumerate([headers, *rows], 1)))


def problems(result):
    return [(problem.row, problem.column, problem.message) for problem in result.problems]


@pytest.fixture
def source(seeded):
    return Source.objects.get(scope="staffing", as_of="2022-08-29").slug


@pytest.fixture
def line(seeded):
    """A row of the expenditure as far as it names a figure, and that figure."""
    figure = BudgetFigure.objects.filter(source__as_of="2022-08-29", line__fiscal_year=2022).first()
    dataset = exported(BudgetFigure, BudgetFigure.objects.filter(pk=figure.pk))
    return dataset.headers[:11], next(iter(dataset))[:11], figure


@pytest.mark.parametrize(
    ("header", "cell", "won", "shown"),
    [
        ("원인행위액(천원)", "△1,234", -1_234_000, "△1,234"),
        ("원인행위액(원)", 1234, 1_234, "1,234"),
        ("원인행위액(백만원)", "1.5", 1_500_000, "1.5"),
    ],
)
def test_amounts_are_read_and_previewed_in_the_unit_of_their_header(line, header, cell, won, shown):
    headers, key, figure = line
    result = bring(BudgetFigure, [*headers, header], [*key, cell])
    assert problems(result) == []
    assert [(change.label, change.new) for change in result.changed_rows[0].diff] == [(header, shown)]
    figure.refresh_from_db()
    assert figure.committed == won


@pytest.mark.parametrize(
    ("header", "cell", "message"),
    [
        ("원인행위액(원)", "1.5", "1원보다 작은 자리"),
        ("원인행위액(원)", 2**63, "9223372036854775807"),
        ("예산현액(최종예산)(천원)", "", "null"),
    ],
)
def test_a_bad_amount_is_told_by_row_and_column(line, header, cell, message):
    headers, key, figure = line
    ((row, column, told),) = problems(bring(BudgetFigure, [*headers, header], [*key, cell]))
    assert (row, column, message in told) == (2, header, True)
    assert BudgetFigure.objects.get(pk=figure.pk).current == figure.current


def test_a_child_may_name_a_parent_from_above_in_the_file(seeded):
    rows = [["new-parent", "위", "", "현황"], ["new-child", "아래", "new-parent", "stock"]]
    assert problems(bring(Indicator, ["이름표", "이름", "상위 지표", "성격"], *rows)) == []
    assert Indicator.objects.get(slug="new-child").parent.slug == "new-parent"


def test_what_came_in_past_history_keeps_what_it_was(seeded):
    """As the lines of a budget file do, which are written in batches."""
    unit, duties = Department.objects.get(slug="data-center"), Source.objects.get(scope="duties")
    (duty,) = models.QuerySet(Duty).bulk_create(
        [Duty(source=duties, department=unit, order=99, text="옛 업무")]
    )
    assert (
        problems(
            bring(Duty, ["자료", "부서", "차례", "주요업무"], [duties.slug, "data-center", 99, "새 업무"])
        )
        == []
    )
    assert [(row.kind, row.after["text"]) for row in records_of(duty)] == [
        ("changed", "새 업무"),
        ("created", "옛 업무"),
    ]


def test_columns_that_the_file_leaves_out_stay_as_they_are(source):
    result = bring(Staffing, ["자료", "부서", "정원"], [source, "data-center", 70])
    assert (result.totals["new"], problems(result)) == (0, [])
    assert result.absent == ["차례", "일반직", "임기제", "관리운영직"]
    (row,) = result.changed_rows
    assert [(change.label, change.old, change.new) for change in row.diff] == [("정원", "69", "70")]
    staffing = Staffing.objects.get(source__slug=source, department__slug="data-center")
    assert (staffing.authorized, counts_of(staffing)["일반직"]) == (70, 51)


def test_links_are_named_one_a_line(seeded):
    project, line = Project.objects.first(), BudgetLine.objects.first()
    project.budget_lines.add(line)
    table = exported(Project, Project.objects.filter(pk=project.pk))
    cell = next(iter(table))[table.headers.index("예산 줄")]
    project.budget_lines.clear()
    assert problems(bring(Project, ["이름표", "예산 줄"], [project.slug, cell])) == []
    assert list(project.budget_lines.all()) == [line]
    assert (
        "10칸이어야 하는데 1칸"
        in problems(bring(Project, ["이름표", "예산 줄"], [project.slug, "아무"]))[0][2]
    )


# What is wrong


def test_all_that_is_wrong_is_told_and_nothing_written(source):
    before = list(Staffing.objects.order_by("pk").values())
    rows = [
        [source, "data-center", 99, 1],
        [source, "no-such-unit", "열", 1],
        ["", "data-center", 1, 1],
        [source, "data-center", 1, 1],
        [source, "big-data", -1, 1.5],
    ]
    result = bring(Staffing, ["자료", "부서", "정원", "일반직"], *rows)
    assert problems(result) == [
        (
            3,
            "부서",
            "‘no-such-unit’에 맞는 부서를 찾을 수 없습니다. 적힌 말을 확인하거나 먼저 등록해 주세요.",
        ),
        (3, "정원", "‘열’은 숫자로 읽을 수 없습니다. 1,234 또는 △1,234처럼 적어 주세요."),
        (4, "자료", "비워 둘 수 없습니다."),
        (5, "", "2행과 같은 자료를 가리킵니다. 한 행만 남겨 주세요."),
        (6, "일반직", "‘1.5’는 정수가 아닙니다."),
        (6, "정원", "0 이상의 값을 입력해 주세요."),
    ]
    assert list(Staffing.objects.order_by("pk").values()) == before
    assert result.problems[0].sentence("명단.csv") == (
        "[명단.csv] 3행 ‘부서’ 열: ‘no-such-unit’에 맞는 부서를 찾을 수 없습니다. 적힌 말을 확인하거나 먼저 등록해 주세요."
    )


def test_a_malformed_outline_names_its_line(seeded):
    brief = Brief.objects.get(number=1)
    result = bring(
        Brief, ["자료", "사업", "사업개요"], [brief.source.slug, brief.project.slug, "ㅇ 하나\n|가|나|\n|1|"]
    )
    ((row, column, told),) = problems(result)
    assert (row, column) == (2, "사업개요")
    assert "번째 줄" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ㅇ " + "가" * 20_000, "글이 20,002자입니다. 20,000자까지 적을 수 있습니다."),
        ("ㅇ 하나\n☎ 둘", "2번째 줄: 알 수 없는 표시 ‘☎’입니다."),
    ],
)
def test_an_outline_beyond_its_limit_or_with_an_unknown_mark_is_refused(seeded, text, told):
    brief = Brief.objects.get(number=1)
    headers = ["자료", "사업", "추진실적"]
    ((row, column, message),) = problems(bring(Brief, headers, [brief.source.slug, brief.project.slug, text]))
    assert (row, column) == (2, "추진실적")
    assert message.startswith(told)


def test_other_long_texts_have_a_limit_in_files_too(seeded):
    brief = Brief.objects.get(number=1)
    headers = ["자료", "사업", "목적"]
    result = bring(Brief, headers, [brief.source.slug, brief.project.slug, "가" * 2_001])
    ((_, column, message),) = problems(result)
    assert column == "목적"
    assert "2000" in message and "2001" in message


def test_milestones_are_named_by_their_title_and_keep_their_key(seeded):
    old = Milestone.objects.get(key="second-phase")
    headers = ["자료", "사업", "적힌 곳", "내용", "차례", "기간 원문 표기"]
    assert "이름표" not in exported(Milestone, Milestone.objects.filter(pk=old.pk)).headers
    names = [old.brief.source.slug, old.brief.project.slug, "향후일정"]
    changed, added = [*names, old.title, old.order, "’23.1."], [*names, "5G 시범운영", 190, "’23.2."]
    assert problems(bring(Milestone, headers, changed, added)) == []
    old.refresh_from_db()
    assert (old.key, old.period_printed) == ("second-phase", "’23.1.")
    assert Milestone.objects.get(brief=old.brief, title="5G 시범운영").key == "5g-sibeomunyeong"
    Milestone.objects.create(brief=old.brief, order=191, listing="schedule", title=old.title)
    assert "둘 이상 있어" in problems(bring(Milestone, headers, changed))[0][2]


def test_constraints_and_rules_of_the_model_hold(seeded, source):
    assert (
        "회계연도·부서·회계·예산자료 구분은 세출 자료에만"
        in problems(bring(Source, ["자료 이름표", "회계연도"], [source, 2022]))[0][2]
    )
    duties = Source.objects.get(scope="duties").slug
    result = bring(Staffing, ["자료", "부서", "정원"], [duties, "data-center", 1])
    assert problems(result)[0] == (2, "자료", "‘인력’ 범위의 자료를 고르십시오.")
    brief = Brief.objects.get(number=1)
    assert problems(bring(Brief, ["자료", "사업", "번호"], [brief.source.slug, brief.project.slug, 2]))


def test_what_may_not_be_changed_is_refused_and_what_stays_is_not(source):
    rows = [
        [source, "data-center", 70],
        [
            source,
            "big-data",
            Staffing.objects.get(source__slug=source, department__slug="big-data").authorized,
        ],
    ]
    result = bring(Staffing, ["자료", "부서", "정원"], *rows, may_change=lambda instance: False)
    assert problems(result) == [
        (2, "", "이 자료를 바꿀 권한이 없습니다. 이 행을 지우고 올리거나 담당 부서에 맡겨 주세요.")
    ]
    result = bring(Staffing, ["자료", "부서", "정원"], *rows, may_save_as=lambda instance: False)
    assert problems(result) == [(2, "", "이 행에 적힌 부서나 자료는 고를 권한이 없습니다.")]
    assert Staffing.objects.get(source__slug=source, department__slug="data-center").authorized == 69


def test_role_in_a_file_opens_the_administration(seeded):
    assert problems(bring(User, ["사용자 이름", "역할"], ["kim", "부서 담당"])) == []
    assert User.objects.get(username="kim").is_staff is True
    ((row, column, message),) = problems(bring(User, ["사용자 이름", "역할"], ["lee", "부서담당"]))
    assert (row, column) == (2, "역할")
    assert "찾을 수 없습니다" in message


def test_a_new_user_gets_neither_rights_nor_a_password(seeded):
    assert problems(bring(User, ["사용자 이름", "성", "소속 부서"], ["kim", "김", "data-center"])) == []
    user = User.objects.get(username="kim")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser, user.department.slug) == (
        False,
        False,
        False,
        "data-center",
    )
    for header in ("모든 권한", "비밀번호"):
        ((row, column, message),) = problems(bring(User, ["사용자 이름", header], ["kim", "예"]))
        assert (row, column) == (1, header)
        assert "알 수 없는 열" in message


@pytest.mark.parametrize(
    ("headers", "row", "message"),
    [
        (["자료", "정원"], ["x", 1], "‘부서’ 열이 없습니다."),
        (["자료", "부서", "정 원"], ["x", "y", 1], "‘정 원’은 알 수 없는 열입니다."),
        (["자료", "부서", "정원", "정원"], ["x", "y", 1, 1], "‘정원’ 열이 두 번 있습니다."),
        (["자료", "부서"], ["x", "y", 1], "머리글이 없는 칸에 값이 있습니다."),
    ],
)
def test_a_wrong_head_is_refused_before_any_row(seeded, headers, row, message):
    result = bring(Staffing, headers, row)
    assert ([problem.message for problem in result.problems], result.rows) == ([message], [])


def test_a_relation_needs_all_its_columns(seeded):
    assert problems(bring(Contact, ["자료", "차례", "직위"], ["x", 1, "과장"])) == [
        (1, "사업", "‘사업’ 열이 없습니다.")
    ]


def test_a_near_header_is_proposed(seeded):
    (problem,) = bring(Staffing, ["자료", "부서", "관리운영"], ["x", "y", 1]).problems
    assert problem.remedy.startswith("‘관리운영직’ 열이라면 이름을 고치고")


def test_more_rows_than_fit_point_to_the_import_of_budget_files(seeded):
    (problem,) = bring(Staffing, ["자료", "부서"], *[["x", "y"]] * 5_001).problems
    assert "‘예산 → 파일 가져오기’" in problem.remedy


def test_nothing_is_written_where_it_would_do_something_else_than_was_seen(source):
    def dataset():
        return FileDataset([(1, ["자료", "부서", "정원"]), (2, [source, "data-center", 70])])

    seen = resource(Staffing).import_data(dataset(), dry_run=True)
    staffing = Staffing.objects.get(source__slug=source, department__slug="data-center")
    assert staffing.authorized == 69
    staffing.authorized = 68
    staffing.save()
    again = resource(Staffing).import_data(dataset(), expected=seen.digest)
    assert again.digest != seen.digest
    staffing.refresh_from_db()
    assert staffing.authorized == 68


@pytest.mark.thorough
def test_five_thousand_rows_fit(seeded):
    rows = [[f"unit-{number}", f"{number}팀", "팀"] for number in range(1, 5_001)]
    result = bring(Department, ["이름표", "이름", "종류"], *rows)
    assert (problems(result), result.totals["new"]) == ([], 5_000)


def test_source_of_a_team_is_refused_in_a_file(seeded):
    headers = ["자료 이름표", "국·정책관", "범위", "기준일"]
    ((row, column, message),) = problems(
        bring(Source, headers, ["새 자료", "data-center", "인력", "2022-09-30"])
    )
    assert (row, column) == (2, "국·정책관")
    assert message.startswith("국·정책관이 아닌 부서입니다.")

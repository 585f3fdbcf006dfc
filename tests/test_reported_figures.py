"""One figure is one answer: what a source prints stands on every page and in every file, with its mark where it disagrees."""

import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from budgets.expenditure import execution
from budgets.expenditure.charts import change_figure
from budgets.models import RevenueItem
from core.models import ControlTotal
from core.snapshot import Snapshot
from core.stated_facts import fact_text, stated_fact
from departments import staffing
from departments.models import Department, JobSeries
from reports.assembly import reports_of
from reports.formats import FORMATS
from seoul_digital.lib import amounts
from tests.factories import NOBODY, make_expenditure, spend
from tests.samples import each

pytestmark = pytest.mark.django_db
MARK = "◆"


def print_instead(scope, measure, value, printed, year=0, subject=""):
    """Changes what the seeded report prints, or adds what it does not print."""
    of_scope = ControlTotal.objects.filter(source__scope=scope, source__as_of="2022-08-29")
    ControlTotal.objects.update_or_create(
        source=of_scope.filter(fiscal_year=year).first().source,
        subject=subject,
        measure=measure,
        fiscal_year=year,
        defaults={"value": value, "printed": printed},
    )


@pytest.fixture
def text_of(manager_client):
    """A function that gives the words of a page, without its tags."""

    def words(address):
        response = manager_client.get(address)
        assert response.status_code == 200, address
        content = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
        content = re.sub(r'<span role="img"[^>]*>(.)</span>', r"\1", content)  # a sign belongs to its figure
        return " ".join(re.sub(r"<[^>]+>", " ", content).split()).replace(" )", ")").replace("( ", "(")

    return words


def test_a_printed_budget_that_disagrees_is_the_same_on_every_page(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    for address in ("/", "/budgets/expenditure/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "150,000,000" in words, address
        assert MARK in words, address
        assert "계산 143,204,842" in words, address
    assert "예산현액 1,500.0억 원" in text_of("/")
    assert "예산현액 1,500.0억 원" in text_of("/budgets/expenditure/")


def test_a_printed_variance_that_disagrees_is_the_same_on_every_page(text_of, seeded):
    print_instead("staffing", "variance", -9, "△9")
    for address in ("/", "/departments/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "△9" in words, address
        assert "계산 △8" in words, address
    assert "9명(◆ 계산 8명) 이 모자랍니다" in text_of("/departments/")


# By the identity of a change: how it is written wherever it stands alone, and with its unit where that is said beside it.
CHANGES = {
    "staffing:big-data/variance": ("+1", "+1명"),
    "staffing:data-center/variance": ("△6", "△6명"),
    "staffing:ict-security/variance": ("-", "0명"),
    "expenditure:data-center/change": ("+20,783,676", "+20,783,676천원"),
    "expenditure:digital-policy/change": ("△9,418,518", "△9,418,518천원"),
    "expenditure:data-center/change_rate": ("+80.2%", "+80.2%"),
    "expenditure:seoul-archives/change_rate": ("0.0%", "0.0%"),
    "expenditure:data-center/gap": ("△11.1", "△11.1%p"),
    "expenditure:big-data/gap": ("+22.2", "+22.2%p"),
    "revenue:/change": ("+553,272", "+553,272천원"),
    "revenue:/change_rate": ("+3.3%", "+3.3%"),
}
PAGES_OF_CHANGES = (
    "/",
    "/departments/",
    *(f"/departments/{slug}/" for slug in ("big-data", "data-center", "ict-security", "digital-policy")),
    "/budgets/expenditure/",
    "/budgets/expenditure/data-center/",
    "/budgets/revenue/",
    "/document/",
)


@pytest.fixture
def signs_of(manager_client):
    """A function that gives what a page writes for each of the changes; but in sentences, whose words say which way it goes."""

    def written(address):
        content = manager_client.get(address).content.decode()
        content = re.sub(r"<(p|h[1-3])\b.*?</\1>", "", content, flags=re.DOTALL)
        content = re.sub(r'<span role="img"[^>]*>(.)</span>', r"\1", content)
        for identity, text in re.findall(
            r'data-fact="?([^" >]*)"?[^>]*>\s*(?:<[^/][^>]*>\s*)*([^<]*)', content
        ):
            if identity in CHANGES:
                yield identity, text.strip().strip("()")

    return written


def test_a_change_has_its_sign_alike_on_every_page(signs_of, seeded):
    found = {(identity, text) for address in PAGES_OF_CHANGES for identity, text in signs_of(address)}
    assert {identity for identity, _ in found} == set(CHANGES)
    assert [(identity, text) for identity, text in sorted(found) if text not in CHANGES[identity]] == []


@pytest.mark.parametrize("identity", CHANGES)
def test_the_sheet_of_a_change_has_the_same_sign(seeded, identity):
    fact = stated_fact(Snapshot.from_query(NOBODY, {}), identity)
    assert fact_text(fact) == CHANGES[identity][1]


def test_charts_and_their_hovers_have_the_same_sign(seeded):
    snapshot = Snapshot.from_query(NOBODY, {})
    drawn = str(change_figure(execution.summary(snapshot)).build().to_plotly_json())
    assert "증감액 +207.8억 원" in drawn and "'+80.2%'" in drawn and "'80.2%'" not in drawn
    people = str(staffing.figure(staffing.summary(snapshot), snapshot.as_of, str).build().to_plotly_json())
    assert "과부족 +1" in people and "과부족 △6" in people


def test_a_printed_rate_is_a_figure_of_its_own(text_of, seeded):
    print_instead("expenditure", "execution_rate", "70.0", "70.0%", 2022)
    for address in ("/", "/budgets/expenditure/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "70.0%" in words, address
        assert "계산 66.9%" in words, address
    assert "진도차 +0.9%p" in text_of("/")  # of the computed rate


def test_rates_are_of_the_computed_amounts(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    assert "66.9%" in text_of("/")


def test_rounding_has_no_mark(text_of, seeded):
    """The report's own totals differ from their parts by 1천원."""
    print_instead("expenditure", "committed", 95_839_633_000, "95,839,633", 2022)
    assert "95,839,633천원" in text_of("/")
    assert "계산 95,839" not in text_of("/")


TABLES = [("/budgets/expenditure/", "expenditure"), ("/", "rates-rows")]


@pytest.mark.parametrize(("page", "table"), TABLES)
def test_a_table_file_has_the_printed_figure_and_the_computed_one(manager_client, seeded, page, table):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    lines = manager_client.get(f"{page}?download={table}&format=csv").content.decode("utf-8-sig")
    assert "150000000" in lines
    assert "143204842" in lines


def test_revenue_is_the_same_on_home_and_its_page(text_of, seeded):
    print_instead("revenue", "current_budget", 20_000_000_000, "20,000,000", 2022)
    for address in ("/", "/budgets/revenue/"):
        words = text_of(address)
        assert "20,000,000" in words, address
        assert f"계산 {amounts.thousand(17_370_899_000)}" in words, address


def test_a_departments_printed_budget_is_the_same_on_every_page(text_of, seeded):
    print_instead("expenditure", "current_budget", 50_000_000_000, "50,000,000", 2022, "data-center")
    for address in (
        "/budgets/expenditure/",
        "/budgets/expenditure/data-center/",
        "/departments/data-center/",
    ):
        words = text_of(address)
        assert "50,000,000" in words, address
        assert "계산 46,706,677" in words, address
    assert "예산현액 500.0억 원(◆ 계산 467.1억 원)" in text_of("/departments/data-center/")
    assert "예산현액 500.0억 원(◆ 계산 467.1억 원)" in text_of("/budgets/expenditure/data-center/")


def test_a_units_printed_variance_is_the_same_on_every_page(text_of, seeded):
    print_instead("staffing", "variance", -9, "△9", subject="data-center")
    assert "△9명(◆ 계산 △6명)" in text_of("/")
    assert "데이터센터(△9(◆ 계산 △6))" in text_of("/departments/")
    assert "9명(◆ 계산 6명) 이 모자랍니다" in text_of("/departments/data-center/")


@pytest.mark.parametrize(
    ("measure", "value", "computed"), [("authorized", 270, 266), ("headcount", 260, 258)]
)
def test_printed_totals_of_staff_are_marked(text_of, seeded, measure, value, computed):
    print_instead("staffing", measure, value, str(value))
    words = text_of("/departments/")
    assert f"{value} ◆ 자료 불일치. 계산 {computed}" in words
    assert f"{value}명(◆ 계산 {computed}명)" in words
    assert f"계산 {computed}명" in text_of("/")


def test_a_printed_total_of_a_series_is_marked(text_of, seeded):
    print_instead("staffing", "headcount", 230, "230", subject="/일반직")
    assert "230 ◆ 자료 불일치. 계산 224" in text_of("/departments/")
    assert "일반직 230 ◆ 자료 불일치. 계산 224" in text_of("/departments/digital-policy-bureau/")


def test_search_finds_the_printed_figure_of_a_unit(text_of, seeded):
    print_instead("staffing", "headcount", 70, "70", subject="data-center")
    assert "현원 70(◆ 계산 63)" in text_of("/search/?q=현원 70")


def test_a_printed_word_stands_for_a_rate(text_of, seeded):
    print_instead("expenditure", "change_rate", None, "순증", 2022)
    words = text_of("/budgets/expenditure/")
    assert "순증 ◆ 자료 불일치. 계산 +18.0%" in words


def test_the_integrity_page_names_both_figures(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    words = text_of("/integrity/")
    assert "적힌 값 150,000,000 계산한 값 143,204,842" in words


def test_documents_print_the_printed_figure_without_a_mark(seeded):
    """A document says what the report says; its reader finds the mark on the pages and in the managers' workbook."""
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    made = reports_of(Snapshot.from_query(NOBODY, {}))
    for text in (pdf_text(made), hwpx_text(made)):
        assert "150,000,000" in text
        assert "143,204,842" not in text
        assert MARK not in text


def test_the_managers_workbook_has_both_figures(seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    content = FORMATS["xlsx"].write(*reports_of(Snapshot.from_query(NOBODY, {})))
    book = load_workbook(io.BytesIO(content), data_only=True)
    values = {cell.value for row in book["세출"].iter_rows() for cell in row}
    assert {150_000_000, 143_204_842} <= values
    listed = [[cell.value for cell in row] for row in book["요약"].iter_rows()]
    assert ["세출", "계 2022 예산현액", 150_000_000, 143_204_842] in [row[:4] for row in listed]


def pdf_text(made):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(FORMATS["pdf"].write(*made))).pages)


def hwpx_text(made):
    with ZipFile(io.BytesIO(FORMATS["hwpx"].write(*made))) as packed:
        return packed.read("Contents/section0.xml").decode()


# Where the mark had been missing


def test_home_lists_what_disagrees_of_every_subject(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    print_instead("expenditure", "execution_rate", "70.0", "70.0%", 2022, "data-center")
    print_instead("staffing", "headcount", 70, "70", subject="data-center")
    words = text_of("/")
    assert "세출 계 2022 예산현액 6,795,158천원 원문 150,000,000 ≠ 계산 143,204,842" in words
    assert "데이터센터 집행률 15.1% 원문 70.0% ≠ 계산 54.9%" in words
    assert "데이터센터 현원 7명 원문 70 ≠ 계산 63" in words
    assert "임시적세외수입 2022 4,923,712천원 원문 954,794 ≠ 아래 항목의 합 5,878,506" in words


def test_the_chart_of_rates_draws_the_printed_rate_with_the_gap_of_the_computed_one(manager_client, seeded):
    """As its table: the bar is what is printed, the gap and the colour are of the computed amounts."""
    print_instead("expenditure", "execution_rate", "70.0", "70.0%", 2022, "data-center")
    chart = manager_client.get("/budgets/expenditure/").context["figures"]["rates"]
    drawn = str(chart.build().to_dict())
    assert "70.0% ◆" in drawn
    assert "진도차 △11.1%p" in drawn
    assert "진도선까지 52.0억 원(계산)" in drawn
    assert "+4.0" not in drawn


@pytest.mark.usefixtures("pages_made_anew")
def test_revenues_lead_and_charts_have_the_mark(manager_client, text_of, seeded):
    print_instead("revenue", "current_budget", 20_000_000_000, "20,000,000", 2022)
    item = RevenueItem.objects.get(name="공유재산임대료").slug
    print_instead("revenue", "current_budget", 9_000_000_000, "9,000,000", 2022, item)
    print_instead("revenue", "change", 2_000_000_000, "2,000,000", 2022, item)
    words = text_of("/budgets/revenue/")
    assert "세입 예산현액은 200.0억 원(◆ 계산 173.7억 원) 으로" in words
    figures = manager_client.get("/budgets/revenue/").context["figures"]
    assert "90.0억 원 ◆" in str(figures["sizes"].build().to_dict())
    assert "+20.0 ◆" in str(figures["changes"].build().to_dict())


def test_search_marks_printed_figures_of_the_budget(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    print_instead("revenue", "current_budget", 20_000_000_000, "20,000,000", 2022)
    assert "150,000,000 천원(◆ 계산 143,204,842천원)" in text_of("/search/?q=150,000,000")
    assert "20,000,000 천원(◆ 계산 17,370,899천원)" in text_of("/search/?q=20,000,000")


def test_the_compare_page_has_the_printed_figure(text_of, seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    bureau, unit = (Department.objects.get(slug=slug) for slug in ("digital-policy-bureau", "data-center"))
    spend(make_expenditure(bureau, "2022-09-30", department=unit), unit, 46_706_678, 30_000_000)
    words = text_of("/compare/?from=2022-08-29&to=2022-09-30")
    assert "’22. 8. 29. 원문 150,000,000 ≠ 계산 143,204,842" in words


def test_a_printed_total_of_what_was_executed_is_marked(text_of, seeded):
    print_instead("expenditure", "committed", 99_000_000_000, "99,000,000", 2022)
    for address in ("/", "/budgets/expenditure/", "/departments/digital-policy-bureau/"):
        words = text_of(address)
        assert "99,000,000" in words, address
        assert "계산 95,839,631" in words, address


def test_printed_counts_of_units_stand_beside_those_of_the_tree(text_of, seeded):
    print_instead("organisation", "divisions", 9, "9")
    words = text_of("/integrity/")
    assert "적힌 값 9" in words


def test_the_html_document_prints_the_printed_figure_without_a_mark(seeded):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    content = FORMATS["html"].write(*reports_of(Snapshot.from_query(NOBODY, {}))).decode()
    assert "150,000,000" in content
    assert "143,204,842" not in content
    assert MARK not in content


@pytest.mark.parametrize(("page", "table"), TABLES)
def test_a_table_file_of_excel_has_both_figures(manager_client, seeded, page, table):
    print_instead("expenditure", "current_budget", 150_000_000_000, "150,000,000", 2022)
    response = manager_client.get(f"{page}?download={table}&format=xlsx")
    (sheet,) = load_workbook(io.BytesIO(response.getvalue())).worksheets
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {150_000_000, 143_204_842} <= values


def test_a_printed_total_of_a_job_series_of_another_name_is_marked(text_of, seeded):
    JobSeries.objects.filter(name="임기제").update(name="별정직")
    print_instead("staffing", "headcount", 99, "99", subject="/별정직")
    words = text_of("/departments/")
    assert "99 ◆ 자료 불일치. 계산" in words
    assert "인력 계 별정직" in text_of("/")


@pytest.mark.parametrize("scope", each(3, ["expenditure", "staffing", "revenue"]))
def test_a_word_in_place_of_any_figure_is_shown_everywhere(text_of, seeded, scope):
    """`(없음)` in a cell of money, a rate, a change: a form takes it, and no page breaks."""
    known = ControlTotal.objects.filter(source__scope=scope, source__as_of="2022-08-29")
    rows = {
        (row.measure, row.fiscal_year): row for row in known.order_by("-subject")
    }  # the whole's, where it has one
    assert len(rows) >= 2
    for measure, year in sorted(rows):
        print_instead(scope, measure, None, "(없음)", year, rows[measure, year].subject)
        for address in ("/", "/budgets/expenditure/", "/budgets/revenue/", "/departments/", "/document/"):
            text_of(address)
    assert scope == "staffing" or "(없음)" in text_of("/document/")  # people are counted, whatever is printed

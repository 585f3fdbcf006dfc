from reports.chapters.glossary.data import TermRow
from reports.chapters.projects.data import ProjectRow
from reports.report import Name
from reports.workbook import to_xlsx
from tests.reports.books import opened, row_of
from tests.reports.plain import park_report


def test_term_leads_to_the_sheet_of_its_project():
    project = ProjectRow("lake", 1, "호수공원", Name("parks", "공원담당관"), overview="ㅇ 저류지를 만듦")
    terms = (
        TermRow("pond", "저류지", "저류지", "ㅇ 물을 모으는 곳", forms=("저류지",)),
        TermRow("moss", "이끼", "이끼", "ㅇ 작은 풀", forms=("이끼",)),
    )
    sheet = opened(to_xlsx(park_report(projects=(project,), glossary=terms)))["용어"]
    heading, text, target = row_of(sheet, "저류지")[:3]
    assert (heading.value, text.value) == ("저류지", "ㅇ 물을 모으는 곳")
    assert target.hyperlink is not None
    assert "호수공원" in target.value
    assert row_of(sheet, "이끼")[2].value is None

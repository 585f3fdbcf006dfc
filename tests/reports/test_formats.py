"""The files that a report is handed out as."""

import json

from reports.formats import FORMATS, file_name
from tests.reports.plain import park_report


def test_file_name_says_whose_and_of_when():
    assert file_name(park_report(), "pdf") == "업무보고_공원국_2024-03-31.pdf"
    assert file_name(park_report(), "svg", "업무보고 한 장") == "업무보고 한 장_공원국_2024-03-31.svg"


def test_formats_in_the_order_that_pages_offer_them():
    assert list(FORMATS) == ["pdf", "hwpx", "xlsx", "html", "json"]


def test_html_and_json_of_a_report():
    report = park_report()
    assert "공원국 업무보고" in FORMATS["html"].write(report, None).decode()
    assert json.loads(FORMATS["json"].write(report))["report"]["title"] == "공원국 업무보고"

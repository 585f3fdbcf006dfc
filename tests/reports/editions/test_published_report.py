"""A published edition comes from the rows that were kept."""

from types import SimpleNamespace

from reports.editions.published_report import PublishedEdition
from reports.serial import to_json
from tests.reports.plain import park_report


def kept(**fields):
    return PublishedEdition(SimpleNamespace(intact_report=to_json(park_report()), **fields))


def test_report_is_read_from_what_was_kept():
    assert kept().report == park_report()


def test_report_before_may_be_none():
    assert kept(before="").before is None
    assert kept(before=to_json(park_report())).before.title == "공원국 업무보고"


def test_body_is_the_document_out_of_the_file():
    page = '<html><main class="document"><p>가</p></main><footer></footer></html>'.encode()
    files = SimpleNamespace(get=lambda extension: SimpleNamespace(bytes=page))
    assert kept(files=files).body() == "<p>가</p>"

from datetime import date

import pytest

from reports.chapters.projects.data import ProjectRow
from reports.document import document_of
from reports.render import blocks
from reports.report import Name, Report
from tests.reports import hangul
from tests.reports.plain import with_parts


@pytest.fixture(scope="session")
def body(hwpx):
    """The text's XML."""
    return hangul.part(hwpx)


def small(title="호수공원 조성", **fields):
    project = ProjectRow("lake", 1, title, Name("parks", "공원담당관"), **fields)
    return document_of(
        with_parts(
            Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31)), projects=(project,)
        )
    )


def of_blocks(*those):
    heading = blocks.HeadingBlock(1, "시험", "chapter-test", opens_page=True)
    return blocks.Document(
        "공원국 업무보고",
        "공원국",
        date(2024, 3, 31),
        "2024. 3. 31.",
        (blocks.DocumentChapter(heading, those),),
    )

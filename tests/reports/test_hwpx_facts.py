"""Every fact and every line of the report is read back from the HWPX file by a reader that is not its writer."""

import pytest

from reports.render import blocks
from tests.report.seen import Page
from tests.reports import hangul
from tests.reports.test_facts_in_documents import LISTS, NO_TABLE, facts_of, in_html

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


@pytest.fixture(scope="module")
def page(hwpx):
    return Page(hangul.page_of(hwpx))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_fact_is_in_the_hwpx(page, path):
    missing = [str(fact) for fact in facts_of(path) if not in_html(page, fact, path.stem not in NO_TABLE)]
    assert not missing, "\n".join(missing)


def words_of(block):
    """All that a block says, in pieces that stand together."""
    match block:
        case blocks.OrganisationChart():
            return names_of(block.root)
        case blocks.TermEntry():
            return [block.heading, *(words for one in block.body for words in words_of(one))]
        case blocks.Bars():
            return [block.title]  # the rest is in the picture and in the table above it
        case blocks.ProjectList() | blocks.VisionPicture():
            return [
                words
                for one in block.strategies
                for words in (one.name, *(title for _, title, _ in one.projects))
            ]
        case blocks.TableBlock():
            cells = (cell.text for row in (*block.header, *block.body) for cell in row)
            return [block.caption, block.unit, *cells]
        case blocks.People():
            return [person.text for person in block.persons]
        case blocks.HeadingBlock():
            return [block.title, block.remark]
        case blocks.Pictures():
            return [f"[그림] {caption}" for caption in block.captions]
        case blocks.TextLine():
            return [f"{block.mark} {block.text}"]
    return [block.text]


def names_of(unit):
    return [unit.name, unit.note, *(name for one in unit.below for name in names_of(one))]


def test_every_line_of_the_document_is_in_the_hwpx(page, document):
    said = [
        words
        for chapter in document.chapters
        for block in (chapter.heading, *chapter.blocks)
        for words in words_of(block)
    ]
    assert len(said) > 900
    assert [words for words in said if not page.shows(words)] == []


def test_what_is_not_there_is_not_found(page):
    assert not page.shows("143,204,843")
    assert not page.shows_in_row(["계", "266", "△8", "258", "259"])

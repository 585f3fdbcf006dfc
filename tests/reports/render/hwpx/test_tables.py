"""Tables as HWPX: of any width, with cells that pages divide."""

import pytest
from hwpx import HwpxDocument
from hwpx.layout.pages import estimate_pages

from reports.render import blocks
from reports.render.hwpx import to_hwpx
from tests.reports import hangul
from tests.reports.hangul import HP
from tests.reports.render.hwpx.conftest import of_blocks

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_a_cell_longer_than_a_page_may_be_divided():
    cell = blocks.TableCell("\n".join(f"･ 업무 {number}" for number in range(90)), 0)
    made = to_hwpx(of_blocks(blocks.TableBlock((), ((cell,),), (30,))))
    hangul.check(made)
    (table,) = [one for one in hangul.tables(hangul.part(made)) if "업무 89" in hangul.text(one)]
    assert (table.get("pageBreak"), table.get("repeatHeader")) == ("CELL", "0")
    assert estimate_pages(HwpxDocument.open(made)).pages == 4


@pytest.mark.parametrize("widths", [(44,) * 12, (5,) * 40, (44, *[20] * 20), (5, 44)])
def test_tables_of_any_width_fit_the_page(widths):
    row = tuple(blocks.TableCell("가나다 1,234", column) for column in range(len(widths)))
    made = to_hwpx(of_blocks(blocks.TableBlock((row,), (row,), widths, "표", "(단위 : 명)", 2)))
    hangul.check(made)
    assert hangul.table_with(hangul.part(made), "1,234").find(f"{HP}sz").get("width") == str(
        round((170 - 7 - 4) * 283.465)
    )


def test_rows_that_a_merged_cell_holds_together_may_be_divided():
    first = (blocks.TableCell("합친 칸", 0, rowspan=60), blocks.TableCell("0", 1))
    body = (first, *((blocks.TableCell(str(number), 1),) for number in range(1, 60)))
    made = to_hwpx(of_blocks(blocks.TableBlock((), body, (9, 9))))
    hangul.check(made)
    assert hangul.table_with(hangul.part(made), "합친 칸").get("pageBreak") == "CELL"
    assert estimate_pages(HwpxDocument.open(made)).pages == 4

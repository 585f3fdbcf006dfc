"""The process that opens a budget file (`lib/child_process.py` has its limits).

For a Request it gives the messages `layout`, `lines`, `subtotals`, then `end` with what was noticed; or `refused`.
"""

import gc
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from seoul_digital.lib import child_process
from seoul_digital.lib.file_errors import FileRefused, Problem
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.upload_validation import validate_upload

from ..fields import KINDS, LABELS, REVENUE
from . import layout as layouts
from .block_reader import BlockReader
from .sandbox_protocol import MEMORY, PROCESSOR_SECONDS, SCALES, Request
from .sheets import Row, sheets_of


def main():
    gc.disable()  # nothing here refers to itself, and looking for it would be a tenth of the time
    child_process.serve(lambda request: _read(Request(**request)), MEMORY, PROCESSOR_SECONDS)


def messages(request: Request):
    """Yield the messages about the file."""
    return child_process.refusing(_read(request))


def _read(request):
    path = Path(request.path)
    with path.open("rb") as file:
        kind = validate_upload(file, request.name, largest=None)
    sheet, layout, blocks = _chosen(sheets_of(path, kind), request)
    unit = _unit_of(layout, request, sheet.name)
    yield {"layout": asdict(layout) | {"sheet": sheet.name, "unit": unit}}
    reader, read = BlockReader(layout, sheet.name, SCALES[unit], _given(layout, request)), 0
    for first, rows in blocks:
        above = max(layout.first_row - first, 0)
        for cells in rows[:above]:
            reader.rows.remember(cells)
        if above < len(rows):
            read = first + len(rows) - 1
            reader.read(first + above, rows[above:] if above else rows)
        if reader.lines.rows:
            yield reader.taken() | {"read": read, "progress": round(sheet.progress, 3)}
    reader.finish()
    if reader.lines.rows:
        yield reader.taken() | {"read": read, "progress": round(sheet.progress, 3)}
    yield {"subtotals": reader.subtotals, "fields": reader.rows.fields}
    yield _end(request, sheet, reader.rows, read)


def _given(layout, request):
    """Return the values for the whole file: the options, else its title rows; revenue has the base date's year."""
    return (
        ({"fiscal_year": request.base_year} if layout.kind == REVENUE else {})
        | layout.from_titles
        | request.given
    )


def _assumed(layout, request):
    """Return sentences about values that came from no column and no option."""
    sentences = [
        f"‘{LABELS[name]}’ 열이 없어 제목이나 머리글에 적힌 {quoted(value, '으로/로')} 읽었습니다."
        for name, value in layout.from_titles.items()
        if name not in request.given
    ]
    if not {"fiscal_year"} & (layout.columns.keys() | layout.from_titles.keys() | request.given.keys()):
        sentences.append(
            f"‘{LABELS['fiscal_year']}’ 열이 없어 기준일의 연도인 {request.base_year}년으로 읽었습니다."
        )
    return sentences


def _chosen(sheets, request):
    """The sheet asked for, or the only one that has a header; with its layout and all of its blocks of rows."""
    if request.sheet:
        named = [sheet for sheet in sheets if sheet.name == request.sheet]
        if not named:
            raise FileRefused(
                f"‘{request.sheet}’ 시트가 없습니다.", f"있는 시트: {_names(sheets)}", sheet=request.sheet
            )
        return _opened(named[0], request)
    found, refused = [], []
    for sheet in sheets:
        try:
            found.append(_opened(sheet, request))
        except FileRefused as error:
            refused.append(error)
    if len(found) > 1:
        names = _names([sheet for sheet, _, _ in found])
        raise FileRefused(
            f"표가 있는 시트가 여럿입니다: {names}.",
            "어느 시트인지 이름을 적어 주십시오.",
            sheet=found[1][0].name,
        )
    if not found:
        raise next((error for error in refused if isinstance(error, layouts.UnknownLayoutError)), refused[0])
    return found[0]


def _names(sheets):
    return ", ".join(f"‘{sheet.name}’" for sheet in sheets)


def _opened(sheet, request):
    blocks, looked_at = sheet.blocks(), []
    start: list[Row] = []
    for block in blocks:
        looked_at.append(block)
        start += enumerate(block[1][: layouts.LOOKED_THROUGH], block[0])
        if len(start) >= layouts.LOOKED_THROUGH:
            break
    start = start[: layouts.LOOKED_THROUGH]
    if not any(str(cell).strip() for _, cells in start for cell in cells):
        raise FileRefused(
            "내용이 없습니다.", "재정시스템에서 파일을 다시 내려받아 올려 주십시오.", sheet=sheet.name
        )
    layout = layouts.find(
        start,
        sheet.name,
        mapping=request.mapping,
        given=request.given.keys(),
        kind=request.kind,
        header_row=request.header_row,
    )
    return sheet, layout, chain(looked_at, blocks)


def _unit_of(layout, request, sheet):
    """The unit of the amounts: as the file declares it, else as the person says; both must agree."""
    units = set(layout.units.values())
    place, declared = next(iter(layout.units.items()), ("", ""))
    if len(units) > 1:
        places = ", ".join(f"{place} {unit}" for place, unit in layout.units.items())
        problem = f"한 표에 단위가 섞여 있습니다({places}).", "한 단위로 맞추어 다시 내려받아 주십시오."
    elif declared and request.unit not in {"", declared}:
        problem = (
            f"파일에는 단위가 {quoted(declared, '이라고/라고')} 적혀 있습니다({place}). 고른 단위는 ‘{request.unit}’입니다.",
            f"단위를 {quoted(declared, '으로/로')} 고르십시오.",
        )
    elif unit := declared or request.unit:
        return unit
    else:
        problem = "금액의 단위가 파일에 적혀 있지 않습니다.", "금액 단위를 골라 주십시오."
        raise layouts.UnknownLayoutError(Problem(*problem, sheet, layout.header_row), [], [], ["money_unit"])
    raise FileRefused(*problem, sheet=sheet, row=layout.header_row)


def _end(request, sheet, reader, read):
    layout, problems = reader.layout, reader.problems
    of_cells = [problem for problem in sheet.problems if problem.row >= layout.first_row]
    problems.shown[:0] = of_cells  # before the problems of the same cells as amounts
    problems.count += len(of_cells)
    amounts = {position + 1 for position in reader.amounts if position >= 0}
    for first_row, first, last_row, last in sheet.merged:
        if (
            last_row >= layout.first_row
            and amounts & set(range(first, last + 1))
            and (last_row > first_row or len(amounts & set(range(first, last + 1))) > 1)
        ):
            column = layout.labels[min(amounts & set(range(first, last + 1))) - 1]
            problems.add(
                "금액 칸이 합쳐져 있습니다.", "셀 병합을 풀고 금액을 줄마다 적어 주십시오.", first_row, column
            )
    hidden = [row for row in sheet.hidden_rows if layout.first_row <= row <= read]
    if hidden and not request.hidden:
        problems.add(
            f"숨긴 행이 {len(hidden):,}개 있습니다.",
            "펼치거나 지우십시오. 그대로 읽으려면 ‘숨긴 행도 읽기’를 고르십시오.",
            hidden[0],
        )
    return {
        "end": {
            "read": read,
            "kind": layout.kind,
            "kind_label": KINDS[layout.kind],
            "problems": [
                problem.to_dict() for problem in sorted(problems.shown, key=lambda problem: problem.row or 0)
            ],
            "problem_count": problems.count,
            "warnings": [problem.to_dict() for problem in reader.warnings.shown],
            "warning_count": reader.warnings.count,
            "assumed": _assumed(layout, request),
            "filled": reader.filled,
            "notes": reader.notes,
            "hidden": len(hidden),
        }
    }


if __name__ == "__main__":
    main()

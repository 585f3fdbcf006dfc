"""Tables of the pages on which budget files come in."""

from django.utils.timezone import localtime

from core.bureau_names import of_bureau
from core.models import ControlTotal
from core.plausibility.last_report import likely_slip
from core.plausibility.rules import remembering
from seoul_digital.lib import amounts
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ..models import BudgetFigure
from . import report as reports


def imports_table(page, url_of):
    columns = [
        Column("파일"),
        Column("기준일", "date"),
        Column("자료"),
        Column("상태"),
        Column("읽은 행", "count"),
        Column("올린 사람"),
        Column("올린 때"),
    ]
    rows = [
        Row(
            [
                Cell(incoming.file_name, href=url_of(incoming)),
                incoming.source.as_of if incoming.source else None,
                of_bureau(
                    f"{source.get_scope_display()} {source.fiscal_year or ''}".strip()
                    if (source := incoming.source)
                    else "-",
                    incoming.bureau_id,
                ),
                incoming.stage,
                incoming.rows_read,
                incoming.uploader.display_name if incoming.uploader else "명령",
                f"{localtime(incoming.created_at):%Y. %-m. %-d. %H:%M}",
            ]
        )
        for incoming in page
    ]
    return Table(
        "imports",
        "가져온 예산 파일",
        columns,
        rows,
        caption_hidden=True,
        empty="아직 가져온 파일이 없습니다.",
    )


def groups_table(incoming):
    """By department, or by the uppermost item of revenue: what is in force and what would be; of execution first what was spent."""
    report, source = incoming.report, incoming.source
    executed = reports.is_execution(report)
    columns = [
        Column("과목" if report["kind"] == "revenue" else "부서"),
        *(EXECUTED if executed else []),
        *_before_and_after("예산현액"),
        *(
            []
            if executed
            else [Column("확정된 자료", "count", group="줄"), Column("이 파일", "count", group="줄")]
        ),
        *(Column(word, "count", group="바뀌는 것") for word in ("새로", "바뀜", "없어짐")),
    ]
    total = Row(_group_cells({"name": "계", **reports.totals(report)}, executed), total=True)
    rows = [total, *(Row(_group_cells(group, executed)) for group in report["groups"])]
    return Table(
        "groups",
        "확정된 자료와 견줌",
        columns,
        rows,
        unit="천원, %" if executed else "천원, 줄",
        as_of=source.as_of,
        caption_hidden=True,
    )


def _before_and_after(group):
    return [
        Column("확정된 자료", "thousand", group=group),
        Column("이 파일", "thousand", group=group),
        Column("증감", "signed_thousand", group=group),
    ]


EXECUTED = [
    *_before_and_after("집행액(원인행위)"),
    Column("확정된 자료", "percent", group="집행률"),
    Column("이 파일", "percent", group="집행률"),
]


def _group_cells(group, executed):
    before, after = group["executed_before"], group["executed_after"]
    changes = [group["added"], group["changed"], Cell(group["gone"], warn=bool(group["gone"]))]
    budget = [group["before"], group["after"], group["after"] - group["before"]]
    if not executed:
        return [group["name"], *budget, group["lines_before"], group["lines_after"], *changes]
    rates = [amounts.rate(before, group["before"]), amounts.rate(after, group["after"])]
    return [group["name"], before, after, _difference(before, after), *rates, *budget, *changes]


def _difference(before, after):
    return None if None in (before, after) else after - before


def changes_table(comparison, change, rows):
    """What is added, changed or gone, as `Comparison.listed` has it; of execution first what was spent."""
    executed = "committed" in comparison.amounts
    columns = [
        Column("과목" if comparison.is_revenue else "사업"),
        Column("연도" if comparison.is_revenue else "부서 · 회계"),
        Column("상위 과목" if comparison.is_revenue else "편성목·통계목"),
        *(_before_and_after("집행액(원인행위)") if executed else []),
        *_before_and_after("예산현액"),
        Column("그 밖에 바뀐 것"),
    ]
    shown = ["committed"] if executed else []
    shown.append(comparison.main_amount)
    with remembering():
        found = [Row(_change_cells(comparison, row, shown)) for row in comparison.changes(change, rows)]
    return Table(
        "changes",
        CHANGE_TITLES[change],
        columns,
        found,
        unit="천원",
        as_of=comparison.source.as_of,
        caption_hidden=True,
        empty="그런 줄이 없습니다.",
    )


CHANGE_TITLES = {"added": "새로 생기는 줄", "changed": "바뀌는 줄", "gone": "없어지는 줄"}


def _change_cells(comparison, change, shown):
    cells = [*change.names]
    for name in shown:
        before, after = (side[name] if side else None for side in (change.before, change.after))
        # A line that is not there is 0; an amount that nobody knows is not.
        difference = _difference(before if change.before else 0, after if change.after else 0)
        slip = likely_slip(before, after) if before and after else None
        doubted = slip and Cell(difference, warn=True, lines=[f"◆ {slip.words} 값인지 확인"])
        cells += [before, after, doubted or difference]
    return [*cells, _others(comparison, change, shown)]


def _others(comparison, change, shown):
    """`지출액 1,000 → 2,000` of each further amount that differs, in 천원."""
    if not (change.before and change.after):
        return "-"
    label = comparison.model._meta.get_field
    differing = [
        f"{label(name).verbose_name} {amounts.thousand(change.before[name])} → {amounts.thousand(change.after[name])}"
        for name in comparison.amounts
        if name not in shown and change.before[name] != change.after[name]
    ]
    return ", ".join(differing) or "-"


def bureaus_table(parts, url_of):
    """A row a bureau of a table of many, and its totals as printed: the printed change beside what the two years give."""
    sources = [part.source for part in parts]
    year = sources[0].fiscal_year
    columns = [
        Column("실·국"),
        Column("상태"),
        Column(f"{year}년", "million", group="예산액"),
        Column(f"{year - 1}년", "million", group="예산액"),
        Column("적힌 값", "signed_million", group="증감"),
        Column("두 해의 차이", "signed_million", group="증감"),
    ]
    figures = {figure.source_id: figure for figure in BudgetFigure.objects.filter(source__in=sources)}
    printed = ControlTotal.objects.filter(source__in=sources, measure=ControlTotal.Measure.CHANGE)
    printed = printed.exclude(value=None)
    changes = {total.source_id: int(total.value) for total in printed if not total.subject.startswith("/")}
    rows = [
        Row(
            [
                Cell(part.bureau.name, href=url_of(part)),
                part.stage,
                *_years(
                    figures[part.source_id].current,
                    figures[part.source_id].previous,
                    changes.get(part.source_id),
                ),
            ]
        )
        for part in parts
    ]
    return Table(
        "bureaus",
        "실·국별",
        columns,
        [*rows, *_printed_totals(sources[0])],
        unit="백만원",
        as_of=sources[0].as_of,
        caption_hidden=True,
    )


def _years(current, previous, change):
    return [current, previous, change, _difference(previous, current)]


def _printed_totals(source):
    """Rows of the totals of all bureaus that the table prints."""
    totals: dict[str, dict[tuple[str, int], int]] = {}
    printed = ControlTotal.objects.filter(source=source, subject__startswith="/").exclude(value=None)
    for total in printed.order_by("pk"):
        key = total.measure, source.fiscal_year - total.fiscal_year
        totals.setdefault(total.subject, {})[key] = int(total.value)
    current, change = ControlTotal.Measure.CURRENT_BUDGET, ControlTotal.Measure.CHANGE
    for subject, values in totals.items():
        years = values.get((current, 0)), values.get((current, 1)), values.get((change, 0))
        yield Row([subject.removeprefix("/"), "", *_years(*years)], total=True)

"""Tables of the pages on which budget files come in."""

from django.utils.timezone import localtime

from seoul_digital.lib import amounts
from seoul_digital.lib.tables import Cell, Column, Row, Table

from ..expenditure.lines import programme
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
                f"{incoming.source.get_scope_display()} {incoming.source.fiscal_year or ''}".strip()
                if incoming.source
                else "-",
                incoming.stage,
                incoming.rows_read,
                incoming.uploader.display_name if incoming.uploader else "명령",
                f"{localtime(incoming.created_at):%Y-%m-%d %H:%M}",
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
    """By department, or by the uppermost item of revenue: what is in force and what would be."""
    report, source = incoming.report, incoming.source
    columns = [
        Column("과목" if report["kind"] == "revenue" else "부서"),
        Column("확정된 자료", "thousand", group="예산현액"),
        Column("이 파일", "thousand", group="예산현액"),
        Column("증감", "signed_thousand", group="예산현액"),
        Column("확정된 자료", "count", group="줄"),
        Column("이 파일", "count", group="줄"),
        Column("새로", "count", group="바뀌는 줄"),
        Column("바뀜", "count", group="바뀌는 줄"),
        Column("없어짐", "count", group="바뀌는 줄"),
    ]
    total = Row(_group_cells({"name": "계", **reports.totals(report)}), total=True)
    rows = [total, *(Row(_group_cells(group)) for group in report["groups"])]
    return Table(
        "groups",
        "확정된 자료와 견줌",
        columns,
        rows,
        unit="천원, 줄",
        as_of=source.as_of,
        caption_hidden=True,
    )


def _group_cells(group):
    return [
        group["name"],
        group["before"],
        group["after"],
        group["after"] - group["before"],
        group["lines_before"],
        group["lines_after"],
        group["added"],
        group["changed"],
        Cell(group["gone"], warn=bool(group["gone"])),
    ]


def changes_table(comparison, change, figures):
    """Lines that are added, changed or gone; `figures` with what they belong to."""
    before = comparison.before_of(figures) if change == "changed" else {}
    columns = [
        Column("과목" if comparison.is_revenue else "사업"),
        Column("연도" if comparison.is_revenue else "부서 · 회계"),
        Column("편성목·통계목") if not comparison.is_revenue else Column("상위 과목"),
        Column("확정된 자료", "thousand", group="예산현액"),
        Column("이 파일", "thousand", group="예산현액"),
        Column("증감", "signed_thousand", group="예산현액"),
        Column("그 밖에 바뀐 것"),
    ]
    rows = [
        Row(
            [
                *_names(comparison, figure),
                *_amounts(comparison, change, figure, before.get(comparison.key_of(figure))),
            ]
        )
        for figure in figures
    ]
    return Table(
        "changes",
        CHANGE_TITLES[change],
        columns,
        rows,
        unit="천원",
        as_of=comparison.source.as_of,
        caption_hidden=True,
        empty="그런 줄이 없습니다.",
    )


CHANGE_TITLES = {"added": "새로 생기는 줄", "changed": "바뀌는 줄", "gone": "없어지는 줄"}


def _names(comparison, figure):
    if comparison.is_revenue:
        return (
            figure.item.name,
            str(figure.fiscal_year),
            figure.item.parent.name if figure.item.parent else "-",
        )
    line = figure.line
    account = line.account_name or (line.get_account_kind_display() if line.account_kind else "")
    objects = " · ".join(filter(None, [line.object_group, line.object_name])) or "-"
    return programme(line), " · ".join(filter(None, [line.department.name, account])), objects


def _amounts(comparison, change, figure, before):
    name = comparison.main_amount
    then = getattr(figure, name) if change == "gone" else getattr(before, name, None)
    now = None if change == "gone" else getattr(figure, name)
    return then, now, (now or 0) - (then or 0), _others(comparison, figure, before)


def _others(comparison, figure, before):
    """`원인행위액 1,000 → 2,000` of each further amount that differs, in 천원."""
    names = [name for name in comparison.amounts if name != comparison.main_amount] if before else []
    pairs = [
        (figure._meta.get_field(name).verbose_name, getattr(before, name), getattr(figure, name))
        for name in names
    ]
    return (
        ", ".join(
            f"{label} {amounts.thousand(then)} → {amounts.thousand(now)}"
            for label, then, now in pairs
            if then != now
        )
        or "-"
    )

"""The lines of one department's budget, as delivered: account, programmes, objects, budget and execution."""

import hashlib
from collections.abc import Iterable
from functools import partial
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.language import name_text, with_facts
from seoul_digital.lib import amounts
from seoul_digital.lib.tables import Cell, Column, Record, Row, Table, day
from seoul_digital.lib.xlsx import streaming

from ..models import BudgetFigure, BudgetLine
from ..models.querysets import LINE_NAMES

ROWS_AT_ONCE = 2_000
OWN = ("current", "committed", "disbursed")

PARTS = {
    "original": gettext_lazy("당초예산"),
    "supplementary": gettext_lazy("추경"),
    "pre_establishment": gettext_lazy("성립전"),
    "reserve": gettext_lazy("예비비"),
    "carried_over": gettext_lazy("이월액"),
    "transferred": gettext_lazy("이체"),
    "diverted": gettext_lazy("전용"),
}
NO_PROGRAMME = gettext_lazy("부서 합계(사업 구분 없음)")


EXPORTED = ("회계", "정책사업", "단위사업", "세부사업", "세부사업 코드", "편성목", "통계목")


def file_columns(given, is_told_earlier):
    """Columns of the file of all lines; `given` are the amounts that any line has.

    `is_told_earlier`: an earlier delivery tells what was executed of some, each with its day.
    """
    return [
        *map(Column, EXPORTED),
        *(Column(str(PARTS[name]), "thousand") for name in PARTS if name in given),
        Column("예산현액", "thousand"),
        *(
            [Column("원인행위액", "thousand"), Column("집행률 (원인행위)", "percent")]
            if "committed" in given
            else []
        ),
        *([Column("지출액", "thousand")] if "disbursed" in given else []),
        *([Column("집행잔액 (원인행위 기준)", "thousand")] if "committed" in given else []),
        *([Column("집행 기준일")] if is_told_earlier else []),
    ]


def file_rows(figures, given, last_known=None):
    """Values of the same columns as the file has them, a row a figure, worked out by column for a few thousand rows, never more of them in memory.

    `last_known` gives the figures of earlier deliveries that tell what was executed of lines, by line (key).
    """
    paths = [*(f"line__{name}" for name in LINE_NAMES), *(name for name in PARTS if name in given), *OWN]
    paths += ["line", "source__as_of"] if last_known else []
    rows = figures.values_list(*paths).iterator(chunk_size=ROWS_AT_ONCE)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield from zip(*_values(list(zip(*batch, strict=True)), given, last_known), strict=True)


def _values(columns, given, last_known):
    """The columns of the file from those that were read."""
    kinds, in_thousands = dict(BudgetLine.AccountKind.choices), partial(map, streaming.in_thousands)
    account_kinds, accounts, *names = columns[: len(LINE_NAMES)]
    *parts, current, committed, disbursed = columns[len(LINE_NAMES) : -2 if last_known else None]
    yield [account or kinds[kind] for kind, account in zip(account_kinds, accounts, strict=True)]
    yield from (*names, *map(in_thousands, parts), in_thousands(current))
    if last_known:
        own = zip(columns[-1], current, committed, disbursed, strict=True)
        as_of, current, committed, disbursed = _with_last_known(columns[-2], list(own), last_known)
    if "committed" in given:
        yield from (in_thousands(committed), map(streaming.percent, committed, current))
    if "disbursed" in given:
        yield in_thousands(disbursed)
    if "committed" in given:
        left = [None if done is None else of - done for of, done in zip(current, committed, strict=True)]
        yield in_thousands(left)
    if last_known:
        yield [None if done is None else day(on) for on, done in zip(as_of, committed, strict=True)]


def _with_last_known(lines, rows, last_known):
    """Day, current, committed and disbursed of each line, of another delivery where that tells its execution; by column."""
    known = last_known(lines, [line for line, row in zip(lines, rows, strict=True) if row[2] is None])
    told = [
        (figure.source.as_of, figure.current, figure.committed, figure.disbursed)
        if (figure := known.get(line))
        else row
        for line, row in zip(lines, rows, strict=True)
    ]
    return zip(*told, strict=True)


def lines_table(department, figures, as_of, notes=()):
    """Only the columns that the source fills; `figures` are BudgetFigures with their lines."""
    parts = [name for name in PARTS if any(getattr(figure, name) is not None for figure in figures)]
    executed = any(figure.execution.committed is not None for figure in figures)
    disbursed = any(figure.execution.disbursed is not None for figure in figures)
    columns = [
        Column(_("사업")),
        Column(_("회계")),
        Column(_("편성목·통계목")),
        *(Column(str(PARTS[name]), "thousand", group=_("예산의 구성")) for name in parts),
        Column(_("예산현액"), "thousand"),
        *(
            [Column(_("원인행위액"), "thousand"), Column(_("집행률\n(원인행위)"), "percent")]
            if executed
            else []
        ),
        *([Column(_("지출액"), "thousand")] if disbursed else []),
        *([Column(_("집행잔액\n(원인행위 기준)"), "thousand")] if executed else []),
    ]
    rows = [Row(_cells(figure, department.slug, parts, executed, disbursed)) for figure in figures]
    return Table(
        "lines",
        with_facts(_("%(name)s 세출 내역"), name=name_text(department)),
        columns,
        rows,
        unit=_("천원, %") if executed else _("천원"),
        as_of=as_of,
        notes=notes,
    )


def _cells(figure, slug, parts, executed, disbursed):
    line, spent = figure.line, figure.execution
    own = line_key(slug, [getattr(line, name) for name in LINE_NAMES])
    rate = amounts.rate(spent.committed, spent.current)
    return [
        programme(line),
        line.account_name or _(line.get_account_kind_display()),
        " · ".join(filter(None, [line.object_group, line.object_name])) or "-",
        *(_kept(figure, name, own) for name in parts),
        _kept(figure, "current", own),
        *([_kept(spent, "committed", own), _stated(rate, own, "rate")] if executed else []),
        *([_kept(spent, "disbursed", own)] if disbursed else []),
        *([_stated(spent.unexecuted, own, "unexecuted")] if executed else []),
    ]


def _kept(figure, name, own):
    return _stated(getattr(figure, name), own, name, record=Record(BudgetFigure, figure.pk, name))


def _stated(value, own, measure, **options):
    """With the identity of what it states (`budgets.line_facts`), where there is a value."""
    return Cell(value, fact="" if value is None else f"line:{own}/{measure}", **options)


def line_key(slug: str, names: Iterable[str]) -> str:
    """What its identities have in common, from its department and LINE_NAMES; the same in each year's budget."""
    digest = hashlib.sha256("\x1f".join(names).encode()).hexdigest()
    return f"{slug}/{digest[:12]}"


def programme(line):
    return line.programme or str(NO_PROGRAMME)

"""The tables of the integrity page."""

from collections.abc import Sequence

from django.apps import apps
from django.utils.translation import gettext as _

from core import integrity
from core.integrity import Level, number
from reports.findings import Explained
from seoul_digital.lib.tables import Cell, Column, Row, Table


def findings_table(found: Sequence[Explained], as_of) -> Table:
    """A row a formula with its numbers, for the list of those that hold and for the download."""
    columns = [
        Column(_("수준")),
        Column(_("대상")),
        Column(_("식")),
        Column(_("값"), "decimal"),
        Column(_("무엇")),
        Column(_("견준 값"), "decimal"),
        Column(_("무엇과")),
        Column(_("차이"), "decimal"),
        Column(_("단위")),
        Column(_("설명")),
    ]
    rows = [_row(row) for row in found]
    return Table(
        "findings",
        _("정합성 점검"),
        columns,
        rows,
        as_of=as_of,
        empty=_("조건에 맞는 식이 없습니다."),
        caption_hidden=True,
    )


def _row(row: Explained) -> Row:
    finding = row.finding
    return Row(
        [
            finding.level.label,
            Cell(finding.subject, href=finding.url),
            finding.formula,
            number(finding.printed),
            finding.names[0] if finding.printed is not None else "",
            number(finding.computed),
            finding.names[1] if finding.computed is not None else "",
            number(finding.difference),
            finding.unit,
            row.explanation.reason if row.explanation else "",
        ]
    )


def counts_table(found: Sequence[Explained], as_of) -> Table:
    """A row an app: how many formulas of each level."""
    columns = [
        Column(_("갈래")),
        *(Column(level.label, "count") for level in Level),
        Column(_("모두"), "count"),
    ]
    names = list(dict.fromkeys(row.finding.app for row in found))
    rows = [
        _count_row(app_label(name), [row for row in found if row.finding.app == name])
        for name in sorted(names)
    ]
    if len(rows) > 1:
        rows.insert(0, _count_row(_("모두"), found, total=True))
    return Table("counts", _("갈래별 점검"), columns, rows, unit=_("개"), as_of=as_of, caption_hidden=True)


def _count_row(label, found, total=False):
    counts = integrity.count_by_level(row.finding for row in found)
    return Row([label, *(counts[level] for level in Level), len(found)], total=total)


def app_label(name: str) -> str:
    return _(str(apps.get_app_config(name).verbose_name))

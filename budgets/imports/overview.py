"""A table of many bureaus, one a row (총괄): a draft source for each, of a kind of its own, under one import.

Never added to a bureau's own table and never in its place. What the table prints of all of them (계) and of numbers that are no
amounts is kept with each source as printed totals.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.models import ControlTotal, Source
from departments.models import Department
from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import fold, quoted, with_particle
from seoul_digital.lib.reported import Agreement, ReportedFigure

from ..models import BudgetFigure, BudgetImport, BudgetLine
from . import fields
from .bureaus import allowed_bureaus
from .sandbox.cells import terms_of
from .sandbox.sandbox_protocol import SCALES

NAMES = tuple(fields.OVERVIEW_AMOUNTS)
MEASURE = ControlTotal.Measure
MEASURES = {
    "current": MEASURE.CURRENT_BUDGET,
    "previous": MEASURE.CURRENT_BUDGET,
    "change": MEASURE.CHANGE,
    **{name: ControlTotal.Measure(name) for name in fields.COUNTS},
}


@dataclass(frozen=True)
class OverviewRow:
    """A bureau's row; amounts in 원, numbers as they are, None where nothing is printed."""

    number: int
    name: str
    figures: dict[str, int | None]
    terms: int | None = None  # of a total: how many rows it says that it adds up

    def change(self, scale: int) -> ReportedFigure:
        """The printed difference beside the one that its two amounts give, each of them rounded to the unit."""
        current, previous = self.figures["current"], self.figures["previous"]
        computed = None if current is None or previous is None else current - previous
        return ReportedFigure(computed, self.figures["change"], 2, scale)


class OverviewStage:
    """Keeps the rows until the file has been read through, then makes a draft source of each."""

    def __init__(self, incoming, problems):
        self.incoming, self.problems = incoming, problems
        self.rows: dict[str, OverviewRow] = {}
        self.year: int | None = None
        self.source = None

    def take(self, lines):
        for number, (year, name), figures in lines:
            self.year = self.year or year
            if (known := self.rows.get(fold(name))) is not None:
                self.problems.add(
                    f"{known.number:,}행과 같은 실·국이 또 있습니다.", "한 줄만 남기십시오.", number, "실·국"
                )
            self.rows[fold(name)] = OverviewRow(number, name, dict(zip(NAMES, figures, strict=True)))

    def unknown(self, bureaus):
        """Names of no bureau: name → [row, 1]."""
        return {row.name: [row.number, 1] for key, row in self.rows.items() if key not in bureaus}

    def check_access(self, bureaus, uploader):
        """Every bureau of the table must be the uploader's to bring in."""
        allowed = set(allowed_bureaus(uploader).values_list("pk", flat=True))
        for key, row in self.rows.items():
            if bureaus[key].pk not in allowed:
                self.problems.add(
                    f"{row.name}의 예산 파일은 올릴 수 없습니다.",
                    "시 전체를 맡은 담당자에게 맡기십시오.",
                    row.number,
                    "실·국",
                )

    @transaction.atomic
    def split(self, bureaus, layout, options, subtotals, report) -> list[BudgetImport]:
        """An import with a draft source for each bureau."""
        totals = [_total(subtotal) for subtotal in subtotals]
        return [
            self._part(bureaus[key], row, layout, options, totals, report) for key, row in self.rows.items()
        ]

    def _part(self, bureau, row, layout, options, totals, report):
        whole = self.incoming
        source = Source.objects.create(
            slug=f"{bureau.slug}/{options.as_of}/file-{whole.pk}",
            bureau=bureau,
            scope=Source.Scope.EXPENDITURE,
            as_of=options.day,
            unit=options.unit,
            document=whole.file_name,
            heading=layout["heading"],
            brought_by=whole.uploader,
            fiscal_year=self.year,
            budget_kind=Source.BudgetKind.OVERVIEW,
        )
        amounts = {name: row.figures[name] for name in ("current", "previous")}
        figure = BudgetFigure(source=source, line_id=_line_of(bureau, self.year), **amounts)
        BudgetFigure._base_manager.bulk_create([figure])
        scale = SCALES[options.unit]
        for subject, figures, names in [
            (bureau.slug, row.figures, ("change", *fields.COUNTS)),
            *((f"/{total.name}", total.figures, NAMES) for total in totals),
        ]:
            _keep_printed(source, subject, {name: figures[name] for name in names}, scale)
        return BudgetImport.objects.create(
            parent=whole,
            bureau=bureau,
            file_name=whole.file_name,
            token=f"{whole.token[:20]}-{bureau.pk}",
            sha256=whole.sha256,
            size=whole.size,
            options=whole.options,
            uploader=whole.uploader,
            state=BudgetImport.State.STAGED,
            source=source,
            rows_read=1,
            report=report,
        )


def known_bureaus(names) -> dict[str, Department]:
    """Bureaus by folded name, and by what people have said that a name means."""
    bureaus = Department.objects.filter(kind=Department.Kind.BUREAU)
    by_key = {unit.pk: unit for unit in bureaus}
    by_name = {fold(unit.name): unit for unit in bureaus.order_by("-pk")}
    aliases = {name: by_key[pk] for name, pk in names.aliases.items() if pk in by_key}
    return aliases | by_name


def _line_of(bureau, year) -> int:
    """The line of a bureau's whole budget (key)."""
    lines = BudgetLine.objects.filter(
        fiscal_year=year,
        department=bureau,
        account_kind="",
        account_name="",
        detailed="",
        detailed_code="",
        policy="",
        unit="",
        object_group="",
        object_name="",
    )
    if not lines.exists():
        line = BudgetLine(fiscal_year=year, department=bureau, order=0)
        BudgetLine._base_manager.bulk_create([line], ignore_conflicts=True)
    return lines.values_list("pk", flat=True)[0]


def _total(subtotal) -> OverviewRow:
    row, label, _, figures = subtotal
    return OverviewRow(row, label, dict(zip(NAMES, figures, strict=True)), terms_of(label))


def _keep_printed(source, subject, figures, scale):
    """Printed totals as the table has them."""
    for name, value in figures.items():
        if value is not None:
            shown = value if name in fields.COUNTS else value // scale
            ControlTotal.objects.create(
                source=source,
                measure=MEASURES[name],
                subject=subject[:120],
                fiscal_year=source.fiscal_year - (name == "previous"),
                value=value,
                printed=amounts.plain(shown) if shown else "0",
            )


def remarks(stage: OverviewStage, subtotals: Any, scale: int) -> list[str]:
    """Sentences on printed differences and totals: rounding is said to be that, and a total of rows that are not here is not checked."""
    found = [_change_words(row, scale) for row in stage.rows.values()]
    found += [_total_words(_total(subtotal), stage.rows.values(), scale) for subtotal in subtotals]
    return list(filter(None, found))


def _change_words(row, scale):
    figure = row.change(scale)
    if figure.agreement is Agreement.EXACT:
        return ""
    difference = amounts.signed((figure.printed - figure.computed) / scale)
    word = "◆ 확인하십시오" if figure.disagrees else "단수 차이입니다"
    return f"{row.name}: 적힌 증감이 두 해의 차이와 {difference}만큼 다릅니다. {word}. 적힌 대로 둡니다."


def _total_words(total, rows, scale):
    if total.terms is not None and total.terms != len(rows):
        return (
            f"{quoted(total.name, '은/는')} {total.terms}개 가운데 {len(rows)}개만 파일에 있어 합과 견주지 않았습니다. "
            "적힌 대로 둡니다."
        )
    for name in ("current", "previous"):
        values = [row.figures[name] for row in rows]
        known = [value for value in values if value is not None]
        computed = sum(known) if len(known) == len(values) else None  # unknown of one is unknown of all
        if ReportedFigure(computed, total.figures[name], len(values), scale).disagrees:
            return f"◆ ‘{total.name}’의 {with_particle(fields.LABELS[name], '이/가')} {len(values)}개 실·국의 합과 다릅니다. 적힌 대로 둡니다."
    return f"{quoted(total.name, '이/가')} {len(rows)}개 실·국의 합과 맞습니다."

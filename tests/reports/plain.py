"""Small reports of plain values, for tests without a database. Amounts are in 천원."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from reports.chapters.duties.data import DutiesData
from reports.chapters.expenditure.data import ExpenditureData, ExpenditureRow
from reports.chapters.glossary.data import GlossaryData
from reports.chapters.indicators.data import IndicatorRow, IndicatorsData, MeasuredFigure
from reports.chapters.organisation.data import OrganisationData, UnitRow
from reports.chapters.projects.data import MilestoneRow, ProjectRow, ProjectsData
from reports.chapters.revenue.data import RevenueData, RevenueRow
from reports.chapters.staffing.data import SeriesCount, StaffingData, StaffingRow
from reports.report import Name, Report, ReportSource, UnitSuccession
from seoul_digital.lib.periods import PartialDate, Period
from seoul_digital.lib.reported import ReportedFigure

PARKS = Name("parks", "공원담당관")
BUREAU = Name("housing-bureau", "주택정책관")
SPRING, AUTUMN = date(2022, 3, 31), date(2022, 9, 30)
SCOPES = (
    "organisation",
    "duties",
    "staffing",
    "revenue",
    "expenditure",
    "vision",
    "projects",
    "indicators",
    "glossary",
)


def report(as_of=SPRING, scopes=SCOPES, **parts):
    """With a source of its date for each scope."""
    sources = tuple(
        ReportSource(f"{scope}/{as_of}", scope, as_of, heading=parts.pop(f"{scope}_heading", ""))
        for scope in scopes
    )
    return with_parts(Report("주택정책관 업무보고", BUREAU, as_of, sources), **parts)


# The chapter of each part, and the field of its data that the part is; a part without a field is the data itself.
PARTS = {
    "units": (OrganisationData, "organisation", "units"),
    "unit_counts": (OrganisationData, "organisation", "unit_counts"),
    "foundations": (OrganisationData, "organisation", "foundations"),
    "successions": (OrganisationData, "organisation", "successions"),
    "duties": (DutiesData, "duties", "units"),
    "projects": (ProjectsData, "projects", "projects"),
    "indicators": (IndicatorsData, "indicators", "indicators"),
    "glossary": (GlossaryData, "glossary", "terms"),
}


def with_parts(report, **parts):
    """`units=…, staffing=…, projects=…` as data of their chapters."""
    chapters = dict(report.chapters)
    for name, value in parts.items():
        kind, key, field = PARTS.get(name, (None, name, ""))
        chapters[key] = replace(chapters.get(key) or kind(), **{field: value}) if field else value
    return replace(report, chapters={key: data for key, data in chapters.items() if data is not None})


def two(part, before, after, **more):
    """Two reports that differ in one part."""
    return report(SPRING, **{part: before}, **more), report(AUTUMN, **{part: after}, **more)


def park_report(**parts):
    """Of a bureau of parks, without a source."""
    return with_parts(Report("공원국 업무보고", Name("park-bureau", "공원국"), date(2024, 3, 31)), **parts)


def by_slug(rows):
    return {row.slug: row for row in rows}


def of_kind(document, kind):
    """The blocks of a kind, in their order."""
    return [block for chapter in document.chapters for block in chapter.blocks if isinstance(block, kind)]


def words(rows):
    """The texts of cells, row by row."""
    return [[cell.text for cell in row] for row in rows]


def unit(slug, name="", kind="division", parent="housing-bureau", word="담당관"):
    return UnitRow(slug, name or slug, kind, word, 1 if parent else 0, parent)


def succession(old, new, kind="renamed", note="", word="이름 바꿈"):
    return UnitSuccession(Name(old, old), Name(new, new), kind, word, note=note)


def staff_count(slug, authorized, *counts, name="", **printed):
    """`counts` by job series: a number is of 일반직, 임기제, 관리운영직 in turn, a pair names its series."""
    known = ("일반직", "임기제", "관리운영직")
    named = [one if isinstance(one, tuple) else (known[at], one) for at, one in enumerate(counts)]
    headcount = sum(count for _, count in named)
    computed = {"authorized": authorized, "headcount": headcount, "variance": headcount - authorized}
    figures = {key: ReportedFigure(value, printed.get(key)) for key, value in computed.items()}
    series = tuple(SeriesCount(series, ReportedFigure(count)) for series, count in named)
    return StaffingRow(slug, name or slug, **figures, series=series)


def staffing(*units):
    """The units' series become the same, as they are in a report."""
    series = list(dict.fromkeys(one.name for unit in units for one in unit.series))
    units = tuple(
        replace(
            unit,
            series=tuple(SeriesCount(name, unit.figures.get(name, ReportedFigure(0))) for name in series),
        )
        for unit in units
    )
    counts = [(name, sum(unit.figures[name].computed for unit in units)) for name in series]
    return StaffingData(
        staff_count("", sum(unit.authorized.computed for unit in units), *counts, name="계"), units
    )


def won(thousands):
    return ReportedFigure(None if thousands is None else thousands * 1000)


def revenue(year, *rows):
    """Rows as (slug, level, current, previous)."""
    told = [
        RevenueRow(
            slug,
            slug or "계",
            level,
            "",
            bool(slug),
            won(current),
            won(previous),
            won(None),
            ReportedFigure(),
        )
        for slug, level, current, previous in rows
    ]
    return RevenueData(year, SPRING, tuple(told))


def expenditure(year, *rows):
    """Rows as (slug, account, current, executed)."""
    told = [
        ExpenditureRow(
            slug,
            account or slug or "계",
            account,
            slug,
            won(current),
            won(None),
            won(None),
            ReportedFigure(),
            won(executed),
            ReportedFigure(),
        )
        for slug, account, current, executed in rows
    ]
    return ExpenditureData(year, SPRING, Fraction(1, 4), tuple(told))


def project(slug="roofs", number=1, title="옥상 정원", **fields):
    return ProjectRow(slug, number, title, fields.pop("lead_department", PARKS), **fields)


def milestone(
    key="open", title="개장", start="2022-08", end="2022-08", status="planned", word="예정", **fields
):
    period = Period.from_texts(start, end)
    return MilestoneRow(
        key,
        fields.pop("listing", "schedule"),
        title,
        period,
        period.printed(),
        status=status,
        status_word=word,
        **fields,
    )


def indicator(slug, *series, **fields):
    """Series as (date, value)."""
    told = tuple(MeasuredFigure(PartialDate.parse(on), on, value, f"{value}개") for on, value in series)
    return IndicatorRow(
        slug, fields.pop("name", slug), "stock", fields.pop("unit", "개"), series=told, **fields
    )

"""A comparison as it is read: its lead, its summary, and a section for each chapter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import Table, day

from ..chapter import Chapter
from ..chapters import CHAPTERS
from ..report import Report, ReportSource
from .changes import FieldChange
from .compare import ReportComparison
from .section import Section
from .sentences import same
from .tables import ComparedDates, field_table, summary_table


@dataclass(frozen=True)
class ComparisonPage:
    """`sections` are all chapters; those in which nothing changed, or that cannot be compared, are named in `rest`."""

    comparison: ReportComparison
    lead: Sequence[SafeString]
    summary: Table
    sections: Sequence[Section] = ()

    @property
    def shown(self) -> list[Section]:
        return [section for section in self.sections if section.is_changed]

    @property
    def rest(self) -> list[str]:
        """What is the same at both dates, and what there is no source for."""
        as_before = [section.title for section in self.sections if section.counts and not section.is_changed]
        reasons = dict.fromkeys(section.missing for section in self.sections if section.missing)
        lacking = {
            reason: [section.title for section in self.sections if section.missing == reason]
            for reason in reasons
        }
        sentences = []
        if as_before:
            titles = ", ".join(as_before)
            titles_topic = titles + postposition(as_before[-1], ("은", "는"))
            text = _("%(titles_topic)s 그대로입니다.")
            sentences = [text % {"titles_topic": titles_topic, "titles": titles}]
        return sentences + [reason % {"titles": ", ".join(titles)} for reason, titles in lacking.items()]

    @property
    def tables(self) -> list[Table]:
        """Every table, for download by name and for the workbook of all."""
        return [
            self.summary,
            *(table for section in self.sections for table in (*section.tables, *section.files)),
        ]


def page_of(
    comparison: ReportComparison, project_url: Callable[[str], str] = lambda slug: ""
) -> ComparisonPage:
    """`project_url` makes the address of a project's page from its slug; empty where readers cannot go there."""
    dates = ComparedDates(comparison.before.as_of, comparison.after.as_of, project_url)
    sections = [_section(comparison, chapter, dates) for chapter in CHAPTERS]
    # The chapters' own sentences; what else changed where none of them has one.
    lead = [sentence for section in sections for sentence in section.lead]
    lead = lead or [format_html("<span>{}</span>", _otherwise(sections))]
    return ComparisonPage(comparison, lead, summary_table(sections, dates), sections)


def _section(comparison: ReportComparison, chapter: Chapter, dates: ComparedDates) -> Section:
    """Facts bear their sources' dates, unless the chapter is told on days of its own."""
    reports = (comparison.before, comparison.after)
    old, new = (report.source(chapter.scope) for report in reports)
    days = (old.as_of if old else None, new.as_of if new else None)
    changes = comparison.changes.get(chapter.key)
    if changes is None:
        section = Section(missing=_missing(comparison, (old, new)))
    else:
        told = [_told_on(chapter, report) or on for report, on in zip(reports, days, strict=True)]
        on = replace(dates, before=told[0], after=told[1])
        section = replace(chapter.section(changes, on), counts=changes.counts)
        section = _with_footnotes(section, chapter, reports, on)
    return replace(section, slug=chapter.key, title=_(chapter.title), days=days)


def _with_footnotes(
    section: Section, chapter: Chapter, reports: Sequence[Report], dates: ComparedDates
) -> Section:
    """The footnotes of the sources belong to the chapter that is the first of its scope."""
    sources = [[source for source in report.sources if source.scope == chapter.scope] for report in reports]
    old, new = ("\n".join(dict.fromkeys(note for each in side for note in each.notes)) for side in sources)
    if old == new or chapter is not next(other for other in CHAPTERS if other.scope == chapter.scope):
        return section
    fields = [FieldChange(_("각주"), old, new)]
    table = field_table(f"{chapter.key}-footnotes", _("자료의 각주"), fields, dates)
    sentence = _("자료의 각주가 달라졌습니다.") if section.sentence == same() else section.sentence
    return replace(section, sentence=sentence, tables=[*section.tables, table])


def _told_on(chapter: Chapter, report: Report) -> date | None:
    """The day of a chapter's own, None where it is its source's."""
    if not chapter.told_on:
        return None
    data = report.chapters.get(chapter.key)
    return (data and chapter.told_on(data)) or report.as_of


def _missing(comparison: ReportComparison, sources: Sequence[ReportSource | None]) -> str:
    """Why there is nothing to compare, with a place for the titles of the chapters."""
    reports = (comparison.before, comparison.after)
    lacking = [day(report.as_of) for report, source in zip(reports, sources, strict=True) if source is None]
    if len(lacking) != 1:
        return _("두 날을 함께 견줄 %(titles)s 자료가 없어 견주지 않았습니다.")
    return _("%(on)s 기준으로는 %(titles)s 자료가 없어 견주지 않았습니다.").replace("%(on)s", lacking[0])


def _otherwise(sections: Sequence[Section]) -> str:
    compared = [section for section in sections if section.counts]
    if not compared:
        return _("두 날에 함께 있는 자료가 없어 견줄 것이 없습니다.")
    if differing := sum(section.counts.differing for section in compared):
        return _("달라진 것이 %(count)s건 있습니다.") % {"count": differing}
    # What is counted may be the same while words on the whole are not.
    changed = next((section.sentence for section in compared if section.is_changed), "")
    return changed or _("두 날의 보고 내용에 달라진 것이 없습니다.")

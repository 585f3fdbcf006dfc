"""What changed in the projects, in sentences and tables."""

from collections import Counter
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.language import with_facts
from seoul_digital.lib.tables import STATUSES, Cell, Column, Row, Table

from ...comparison.changes import Counts
from ...comparison.section import DiffGroup, Section
from ...comparison.sentences import counted
from ...comparison.tables import ComparedDates, diff_table, field_cells, figure_cells, hidden_note, nothing
from .changes import MilestoneChange, ProjectChange, ProjectChanges
from .data import MilestoneRow


def section(changes: ProjectChanges, dates: ComparedDates) -> Section:
    diffs = [
        DiffGroup(project.title, project.diffs, project.kind.word, dates.project_url(project.slug))
        for project in changes.shown
        if project.diffs
    ]
    texts = [(project.title, diff) for project in changes.shown for diff in project.diffs]
    return Section(
        sentence=sentence(changes),
        lead=list(lead(changes)),
        tables=[_table(changes, dates), _field_table(changes, dates), _milestone_table(changes, dates)],
        files=[diff_table("project-texts", _("달라진 사업의 글"), _("사업"), texts, dates)],
        diffs=diffs,
    )


def lead(changes: ProjectChanges) -> Iterator[SafeString]:
    if changes.counts.differing:
        text = _("<span>주요 사업 {count}건 가운데 {parts}.</span>")
        yield format_html(text, count=len(changes.projects), parts=_counted(changes.counts))


def _counted(counts: Counts) -> SafeString:
    """`3건이 달라지고 1건이 새로 생겼습니다`, in bold numbers."""
    known = [
        (
            counts.changed,
            _('<span class="nb"><b>{count}건</b>이</span> 달라지고'),
            _('<span class="nb"><b>{count}건</b>이</span> 달라졌습니다'),
        ),
        (
            counts.added,
            _('<span class="nb"><b>{count}건</b>이</span> 새로 생기고'),
            _('<span class="nb"><b>{count}건</b>이</span> 새로 생겼습니다'),
        ),
        (
            counts.removed,
            _('<span class="nb"><b>{count}건</b>이</span> 없어지고'),
            _('<span class="nb"><b>{count}건</b>이</span> 없어졌습니다'),
        ),
    ]
    parts = [(number, on, done) for number, on, done in known if number]
    texts = [(on, number) for number, on, done in parts[:-1]] + [(parts[-1][2], parts[-1][0])]
    return format_html_join(" ", "{}", ((format_html(text, count=number),) for text, number in texts))


def sentence(changes: ProjectChanges) -> str:
    """How many projects differ, and how the statuses of their milestones moved."""
    moves = Counter(
        (milestone.before.status, milestone.after.status)
        for project in changes.shown
        for milestone in project.milestones
        if milestone.before and milestone.after and milestone.before.status != milestone.after.status
    )
    if not moves:
        return counted(changes.counts)
    each = _("%(old)s → %(new)s %(count)s건")
    listed = ", ".join(
        each % {"old": STATUSES[old], "new": STATUSES[new], "count": number}
        for (old, new), number in moves.most_common()
    )
    text = _("%(counts)s 상태가 바뀐 실적·일정은 %(moved)s건입니다(%(listed)s).")
    return text % {"counts": counted(changes.counts), "moved": moves.total(), "listed": listed}


def _table(changes: ProjectChanges, dates: ComparedDates) -> Table:
    """The projects that differ."""
    columns = [
        Column(_("사업")),
        Column(_("변화")),
        *dates.columns("million", "signed_million", _("사업예산")),
        *(Column(word, "count", _("달라진 것")) for word in (_("항목"), _("글의 줄"), _("실적·일정"))),
    ]
    rows = [Row(_cells(project, dates)) for project in changes.shown]
    notes = [hidden_note(changes.counts.same, "사업", "건")]
    return dates.table("projects", _("달라진 사업"), columns, rows, _("백만원, 건"), notes)


def _cells(project: ProjectChange, dates: ComparedDates) -> list:
    url = dates.project_url(project.slug) if project.after else ""
    return [
        Cell(f"{project.number}. {project.title}", href=url),
        project.kind.word,
        *figure_cells(project.budget, project.kind),
        len(project.fields),
        sum(len(diff.differing) for diff in project.diffs),
        len(project.milestones),
    ]


def _field_table(changes: ProjectChanges, dates: ComparedDates) -> Table:
    columns = [Column(_("사업")), Column(_("항목")), *map(Column, dates.labels)]
    rows = [
        Row([project.title, field.label, *field_cells(field)])
        for project in changes.shown
        for field in project.fields
    ]
    return dates.table("project-fields", _("사업별로 달라진 항목"), columns, rows)


def _milestone_table(changes: ProjectChanges, dates: ComparedDates) -> Table:
    """Statuses as they were told on either date; those of a project that came or went as a whole are not listed."""
    old, new = dates.labels
    columns = [Column(_("사업")), Column(_("실적·일정")), Column(_("변화"))]
    columns += [Column(old, group=_("기간")), Column(new, group=_("기간"))]
    columns += [Column(old, "status", _("상태")), Column(new, "status", _("상태"))]
    rows = [
        Row([project.title, *_milestone(milestone)])
        for project in changes.shown
        for milestone in project.milestones
    ]
    return dates.table("milestones", _("달라진 실적·일정"), columns, rows)


def _milestone(change: MilestoneChange) -> list:
    sides = (change.before, change.after)
    periods = [(side.printed or _("적히지 않음")) if side else nothing() for side in sides]
    rewritten = len({_recorded(side) for side in sides if side}) > 1
    statuses = [
        Cell(
            "warn" if side.warn else side.status,
            printed=side.status_word,
            lines=[_recorded(side)] if rewritten else (),
        )
        if side
        else Cell(None)
        for side in sides
    ]
    renamed = all(sides) and change.before.title != change.after.title
    title = Cell(
        change.title, lines=[with_facts(_("앞: %(title)s"), title=change.before.title)] if renamed else ()
    )
    return [title, change.kind.word, *periods, *statuses]


def _recorded(milestone: MilestoneRow) -> str:
    """`적힌 말: 완료(2022년 업무보고)`"""
    where = f"({milestone.recorded_in})" if milestone.recorded_in else ""
    return with_facts(_("적힌 말: %(words)s"), words=f"{milestone.recorded or nothing()}{where}")

"""The history page: its sentence, the table that is downloaded, and where a changed object is seen."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.access.scope import EVERYTHING, access_scope
from core.audit.acts import RecordedAct
from core.audit.changes import Change, moment
from core.models import ChangeRecord
from core.page_links import Keys, shown_rows, urls_of_rows
from core.remembered.together import read_together
from core.templatetags.language import counted, join_facts, with_facts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import Cell, Column, Row, Table

MOST_LINES = 10_000  # of a download
UNFOLDED = 3  # changes of an act that are shown at once
MODELS_NAMED = 3
# What kinds of recorded rows are called: words of ours, unlike their values.
MODEL_NAMES = {
    "core.source": pgettext_lazy("model", "자료"),
    "core.controltotal": pgettext_lazy("model", "원문의 합계"),
    "core.importedrows": pgettext_lazy("model", "파일에서 불러온 줄"),
    "core.threshold": pgettext_lazy("model", "점검 기준"),
    "departments.department": pgettext_lazy("model", "부서"),
    "departments.placement": pgettext_lazy("model", "조직도의 자리"),
    "departments.foundationprofile": pgettext_lazy("model", "재단 현황"),
    "departments.succession": pgettext_lazy("model", "부서 승계"),
    "departments.duty": pgettext_lazy("model", "주요업무"),
    "departments.jobseries": pgettext_lazy("model", "직종"),
    "departments.staffing": pgettext_lazy("model", "인력"),
    "departments.staffingcount": pgettext_lazy("model", "직종별 현원"),
    "departments.user": pgettext_lazy("model", "사용자"),
    "budgets.revenueitem": pgettext_lazy("model", "세입 과목"),
    "budgets.revenuefigure": pgettext_lazy("model", "세입액"),
    "budgets.budgetline": pgettext_lazy("model", "세출 예산 줄"),
    "budgets.budgetfigure": pgettext_lazy("model", "세출 예산액·집행액"),
    "budgets.departmentalias": pgettext_lazy("model", "부서 이름 대응"),
    "budgets.columnmapping": pgettext_lazy("model", "열 이름 대응"),
    "projects.strategy": pgettext_lazy("model", "추진전략"),
    "projects.vision": pgettext_lazy("model", "정책목표"),
    "projects.visionvalue": pgettext_lazy("model", "핵심가치"),
    "projects.visionstrategy": pgettext_lazy("model", "정책목표의 추진전략"),
    "projects.project": pgettext_lazy("model", "사업"),
    "projects.brief": pgettext_lazy("model", "사업 보고"),
    "projects.contact": pgettext_lazy("model", "담당자"),
    "projects.funding": pgettext_lazy("model", "재원"),
    "projects.indicator": pgettext_lazy("model", "지표"),
    "projects.measurement": pgettext_lazy("model", "측정값"),
    "projects.target": pgettext_lazy("model", "목표"),
    "projects.milestone": pgettext_lazy("model", "실적·일정"),
    "glossary.term": pgettext_lazy("model", "용어"),
    "glossary.definition": pgettext_lazy("model", "뜻풀이"),
    "reports.edition": pgettext_lazy("model", "업무보고 회차"),
    "reports.submission": pgettext_lazy("model", "제출"),
    "reports.editionevent": pgettext_lazy("model", "회차의 경과"),
    "reports.editionsource": pgettext_lazy("model", "회차의 자료"),
    "reports.explanation": pgettext_lazy("model", "점검 설명"),
    "reports.keptvalue": pgettext_lazy("model", "유지한 지난 값"),
    "reports.publishedreport": pgettext_lazy("model", "발행본"),
    "reports.publishedfile": pgettext_lazy("model", "발행한 파일"),
}


def model_name(model: type[Model]) -> str:
    return str(MODEL_NAMES[model._meta.label_lower])


def model_label(change: Change) -> str:
    """The kind of row that was changed, with its bureau where there are several."""
    return join_facts(" ", [name for name in (change.bureau, model_name(change.model)) if name])


@dataclass(frozen=True)
class HistoryEntry:
    """A change with the addresses that the reader may open."""

    change: Change
    page_url: str
    admin_url: str

    @property
    def label(self) -> str:
        return model_label(self.change)


@dataclass(frozen=True)
class ActRow:
    """An act as a row of the page; `entries` are its newest changes, `count` is the number of all of them."""

    act: RecordedAct
    entries: Sequence[HistoryEntry]

    @property
    def newest(self) -> Change:
        return self.entries[0].change

    @property
    def is_folded(self) -> bool:
        return self.act.count > UNFOLDED

    @property
    def is_cut(self) -> bool:
        return self.act.count > len(self.entries)

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(entry.change.reason for entry in self.entries if entry.change.reason))

    @property
    def kinds(self) -> str:
        """`추가 843건 · 수정 2건`"""
        numbers: Counter[str] = Counter()
        for (_model, kind), number in self.act.counts.items():
            numbers[kind] += number
        labels = ChangeRecord.Kind.choices
        each = _("%(kind)s %(count)s건")
        return " · ".join(
            each % {"kind": label, "count": f"{numbers[kind]:,}"} for kind, label in labels if numbers[kind]
        )

    @property
    def models(self) -> str:
        """`측정값 120건, 지표 116건, 실적·일정 68건 등 27가지`"""
        numbers: Counter[str] = Counter()
        for (model, _kind), number in self.act.counts.items():
            numbers[model_name(apps.get_model(model))] += number
        each = _("%(kind)s %(count)s건")
        named = join_facts(
            ", ",
            [
                with_facts(each, kind=name, count=f"{number:,}")
                for name, number in numbers.most_common(MODELS_NAMED)
            ],
        )
        if len(numbers) <= MODELS_NAMED:
            return named
        return with_facts(_("%(named)s 등 %(count)s가지"), named=named, count=len(numbers))


def act_rows(acts: Sequence[RecordedAct], found: Sequence[HistoryEntry]) -> list[ActRow]:
    """`found`: the entries of the acts' records, one act after the other."""
    waiting = iter(found)
    return [ActRow(act, [next(waiting) for _ in act.records]) for act in acts]


def entries(changes, snapshot, user):
    keys = defaultdict(set)
    for change in changes:
        keys[change.model].add(change.record.object_id)
    pages, visible = _seen(keys, snapshot, user)
    return [
        HistoryEntry(
            change,
            pages.get(change.model, {}).get(change.record.object_id, ""),
            reverse(admin_urlname(change.model._meta, "history"), args=[change.record.object_id])
            if change.record.object_id in visible.get(change.model, ())
            else "",
        )
        for change in changes
    ]


def _seen(keys: Keys, snapshot, user):
    """By model and key the pages of objects, and by model the keys that the user may see in admin; one query."""
    conditions = access_scope(user).visible_conditions(model for model in keys if model.restorable)
    limited = {
        model: model._base_manager.filter(condition, pk__in=keys[model]).values_list("pk", flat=True)
        for model, condition in conditions.items()
        if condition != EVERYTHING
    }
    shown = shown_rows(keys)
    found = read_together([*shown.values(), *limited.values()])
    visible = {model: keys[model] for model in conditions} | dict(
        zip(limited, map(set, found[len(shown) :]), strict=True)
    )
    return urls_of_rows(dict(zip(shown, found, strict=False)), snapshot), visible


def lead(count, newest, is_any, is_cut=False):
    """`바뀐 내역이 1,034건 있습니다. 가장 최근 것은 2022. 8. 29. 14:05 김관리님이 수정한 인력 ‘데이터센터 63/69’입니다.`"""
    if not count:
        return [_("조건에 맞는 내역이 없습니다.") if is_any else _("바뀐 내역이 아직 없습니다.")]
    if is_cut:
        text = (
            _("조건에 맞는 내역이 %(count)s건이 넘습니다.")
            if is_any
            else _("바뀐 내역이 %(count)s건이 넘습니다.")
        )
    elif is_any:
        text = counted("조건에 맞는 내역이 %(count)s건 있습니다.", count)
    else:
        text = counted("바뀐 내역이 %(count)s건 있습니다.", count)
    first = text % {"count": f"{count:,}"}
    if newest is None:
        return [first]
    text = _("가장 최근 것은 %(when)s %(who_subject)s %(kind)s한 %(model)s ‘%(name)s’입니다.")
    return [
        first,
        with_facts(
            text,
            when=newest.when,
            who=newest.who,
            who_subject=f"{newest.who}{postposition(newest.who, ('이', '가'))}",
            kind=newest.kind_label,
            model=model_label(newest),
            name=newest.name[:60],
        ),
    ]


def older_lead(before):
    return [_("%(when)s까지의 내역입니다.") % {"when": moment(before.at)}]


def changes_table(changes, count):
    """A line a changed field, as files have it; past MOST_LINES it says that it is cut."""
    columns = [
        Column("때"),
        Column("누가"),
        Column("구분"),
        Column("자료"),
        Column("대상", width="wide"),
        Column("항목"),
        Column("이전 값", width="wide"),
        Column("새 값", width="wide"),
        Column("까닭", width="wide"),
    ]
    rows = []
    for change in changes:
        head = [moment(change.at), change.who, change.kind_label, change.model_label, change.name]
        fields = [(field.label, field.old, field.new) for field in change.fields] or [("", "", "")]
        rows += [Row([*head, *(Cell(text) for text in texts), change.reason]) for texts in fields]
    cut = len(rows) > MOST_LINES or len(changes) < count
    notes = (
        [
            f"바뀐 내역 {count:,}건 가운데 최근 것부터 {min(len(rows), MOST_LINES):,}줄입니다. 조건을 주면 좁혀집니다."
        ]
        if cut
        else []
    )
    return Table("changes", "바뀐 내역", columns, rows[:MOST_LINES], as_of=timezone.localdate(), notes=notes)

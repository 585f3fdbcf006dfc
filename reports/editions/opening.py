"""Opening an edition: the last report's facts become its drafts."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from budgets.models import BudgetFigure, RevenueFigure
from core.audit.context import current_user
from core.audit.recording import change_reason
from core.copying import copy_source
from core.models import ControlTotal, Source
from core.snapshot import Snapshot, lineage_sources
from departments.models import Department, Placement
from departments.organisation import COUNTED
from projects.models import Measurement
from seoul_digital.lib.query_params import AskedDate

from ..chapters import CHAPTERS
from ..models import Edition, EditionEvent
from .snapshot import last_report_date
from .sources import (
    EditionRefused,
    carry,
    deliveries_of,
    has_lines_of,
    limits_of,
    named,
    sources_of,
    stands_in,
    take_out,
)
from .workflow import ORDER

# What happened by a date is a fact of that date: the next report's is not known yet.
HAPPENED: dict[type[Model], tuple[str, ...]] = {
    BudgetFigure: ("committed", "disbursed"),
    RevenueFigure: ("assessed", "collected", "written_off", "uncollected"),
}
NOTHING = "이 기준일의 자료도, 그 앞의 자료도 없어 회차를 열 수 없습니다."
CARRIED, BEGUN = "지난 자료를 이어받은", "처음 쓰는 빈"
NOT_CARRIED = "이 기준일의 자료가 이미 있어 이어받은 것이 없습니다."
# What people write; the budget's lines come in files.
WRITTEN = tuple(
    dict.fromkeys(chapter.scope for chapter in CHAPTERS if chapter.scope != Source.Scope.EXPENDITURE)
)


def open_edition(
    *, bureau, title, as_of, deadline, council_session="", correction="", user=None
) -> tuple[Edition, list[Source]]:
    """The new edition and its drafts, those that it began empty last. Raises ValidationError, and EditionRefused where there is nothing to report."""
    edition = Edition(bureau=bureau, title=title, as_of=as_of, deadline=deadline, created_by=user)
    edition.council_session, edition.correction = council_session, correction
    try:
        with transaction.atomic():
            edition.full_clean(exclude=["created_at"])
            return edition, _carry_forward(edition, user)
    except IntegrityError as error:  # somebody was faster
        raise ValidationError("이 기준일의 회차가 이미 열려 있습니다.") from error


def _carry_forward(edition, user):
    known = [source for source in lineage_sources(edition.bureau) if source.as_of <= edition.as_of]
    if not known:
        raise EditionRefused(NOTHING)
    carried = carried_sources(edition.bureau, edition.as_of)
    # The oldest first: of the copies too, which have one date, the later received wins.
    copies = [_copy(source, edition, user) for source in reversed(carried)][::-1]
    begun = [_begin(scope, edition, user) for scope in WRITTEN if scope not in {row.scope for row in known}]
    edition.created_at = timezone.now()  # after the copies: what is changed later is a person's work
    edition.save()
    carry(edition, copies)
    carry(edition, begun, is_new=True)
    note = "\n".join(
        f"{words} 초안 {len(drafts)}건: {', '.join(dict.fromkeys(row.get_scope_display() for row in drafts))}"
        for words, drafts in ((CARRIED, copies), (BEGUN, begun))
        if drafts
    )
    EditionEvent.objects.create(
        edition=edition, kind=EditionEvent.Kind.OPENED, after=edition.state, note=note or NOT_CARRIED, by=user
    )
    return [*copies, *begun]


def _begin(scope: str, edition: Edition, user: Any) -> Source:
    """An empty draft; of the organisation with the bureau at its top, under which units are put."""
    draft = Source(bureau=edition.bureau, scope=scope, as_of=edition.as_of, brought_by=user)
    with change_reason("처음 쓰는 자료를 회차가 빈 초안으로 시작함"):
        draft.full_clean()
        draft.save()
        if scope == Source.Scope.ORGANISATION:
            Placement.objects.create(source=draft, department=edition.bureau)
    return draft


def _copy(source, edition, user):
    copy = copy_source(source, edition.as_of, user, without=HAPPENED)
    # What the last report prints of its sums says nothing of the next one's. What no facts add up to stays: how many
    # teams there are.
    with change_reason("지난 보고서에 인쇄된 합계는 이어받지 않음"):
        ControlTotal.objects.of(copy).exclude(measure__in=COUNTED).delete()
    # A value whose day is unknown is of the day of the report that gave it.
    with change_reason("때가 없는 값은 이어받은 자료의 기준일로 적음"):
        Measurement.objects.of(copy).filter(measured_on="").update(measured_on=str(source.as_of))
    if copy.bureau_id != edition.bureau_id:  # of the bureau that it came from
        copy.bureau = edition.bureau
        copy.save()
    return copy


def follow_delivery(sender: type[Source], instance: Source, **_: Any) -> None:
    """A confirmed file of one account or division gives its budgets to open editions that carried lines which it speaks for and that
    nobody has touched; withdrawn, it takes them back. What it says of execution stays its own, under its own date."""
    if instance.scope != Source.Scope.EXPENDITURE or not (instance.department_id or instance.account):
        return
    for edition in Edition.objects.filter(
        bureau=instance.bureau_id, as_of__gte=instance.as_of, state__in=ORDER
    ):
        known = lineage_sources(edition.bureau)
        carried = sources_of(edition, since := last_report_date(edition, known)).carried
        own = [source for source in carried if limits_of(source) == limits_of(instance)]
        if instance.state == Source.State.WITHDRAWN:
            for source in own:
                take_out(edition, source, reason="근거가 된 파일을 철회함", user=current_user())
        elif instance.state == Source.State.IN_FORCE and (since is None or instance.as_of > since):
            _give_budgets(instance, edition, carried, own)


def _give_budgets(delivery: Source, edition: Edition, carried: list[Source], own: list[Source]) -> None:
    is_known = any(source.received_at > delivery.received_at for source in own)
    has_figures = BudgetFigure.objects.of(delivery).exists()
    if is_known or not has_figures or not any(has_lines_of(source, delivery) for source in carried):
        return
    for source in own:
        take_out(edition, source, reason="새로 확정한 파일이 대신함", user=current_user())
    copy = _copy(delivery, edition, current_user())
    carry(edition, [copy])
    note = f"확정한 파일 ‘{named(delivery)}’의 예산을 이어받음"
    EditionEvent.objects.create(edition=edition, kind=EditionEvent.Kind.SOURCE, note=note, by=current_user())


def carried_sources(bureau, as_of) -> list[Source]:
    """What counts for the report before, of expenditure the newest fiscal year's alone; without what there is of the new date already,
    and without the budget that a file delivered since then speaks for."""
    sources = lineage_sources(bureau)
    snapshot = Snapshot(bureau, [bureau], sources, AskedDate(as_of - timedelta(days=1)))
    # Drafts are somebody else's, and may never come into force.
    in_force = Source.objects.in_force().filter(bureau=bureau, as_of=as_of)
    known = {limits_of(source) for source in in_force}
    deliveries = deliveries_of(bureau, last_report_date(Edition(bureau=bureau, as_of=as_of), sources), as_of)
    carried: dict[tuple, Source] = {}
    for source in snapshot.in_force:
        if source.budget_kind == Source.BudgetKind.OVERVIEW:
            continue  # not the bureau's own word
        is_delivered = any(stands_in(delivery, source) for delivery in deliveries)
        is_present = source.fiscal_year in (None, snapshot.fiscal_year)
        if is_present and not is_delivered and limits_of(source) not in known:
            carried.setdefault(limits_of(source), source)
    return list(carried.values())


def unpublished_before(edition) -> Edition | None:
    """The newest edition of an earlier date that is still being worked on: its drafts are no facts yet, so none were carried forward."""
    known = Edition.objects.of_bureaus(Department.objects.lineage_of(edition.bureau))
    earlier = known.exclude(state=Edition.State.PUBLISHED).filter(as_of__lt=edition.as_of)
    return earlier.newest_first().first()

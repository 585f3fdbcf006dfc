"""What is done with an edition and its parts, one function each; every one leaves an EditionEvent. They raise EditionRefused, in Korean."""

from collections.abc import Collection
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from seoul_digital.lib.tables import day

from ..models import Edition, EditionEvent, KeptValue, Submission
from ..models.published import digest
from .collection import PartCell
from .sources import EditionRefused

STATES = Submission.State
# PUBLISHED comes by publishing alone.
ORDER = [Edition.State.OPEN, Edition.State.COLLECTING, Edition.State.REVIEW]
EDITABLE = ("title", "council_session", "deadline")
NOT_COLLECTING = "지금은 제출과 확인을 받는 단계가 아닙니다."
OTHER_OWNER = "그 사이 다른 사람이 맡은 사람을 바꾸었습니다. 지금 맡은 사람을 보고 다시 해 주십시오."
EDITED_MEANWHILE = (
    "그 사이 다른 사람이 이 회차를 고쳤습니다. 지금은 {}입니다. 아래대로 바꾸려면 다시 저장해 주십시오."
)
MEANWHILE = "그 사이 다른 사람이 이 부분의 상태를 바꾸었습니다. 아래의 지금 상태를 보고 다시 해 주십시오."
REWRITTEN = "그 사이 이 부분의 내용이 바뀌었습니다. 지금 내용을 보고 다시 확인해 주십시오."
NOTHING_PICKED = "유지할 지난 값을 고르십시오."
VALUES_CHANGED = "고른 값을 그 사이 다른 사람이 고치거나 유지했습니다. 지금 목록을 보고 다시 골라 주십시오."
PUBLISHED = "이미 발행한 회차입니다. 바로잡으려면 같은 기준일로 새 회차를 여십시오."


@contextmanager
def lock_for_update(edition):
    """The edition as it is now, which nobody else changes meanwhile. Raises EditionRefused once it is published."""
    with transaction.atomic():
        now = Edition.objects.select_for_update().get(pk=edition.pk)
        if now.is_published:
            raise EditionRefused(PUBLISHED)
        yield now


def submit(edition, cell: PartCell, *, user, note="", version_token=""):
    """Hands a part in; again, where it has changed since."""
    if not cell.is_missing and not cell.changed_since:
        raise EditionRefused("이미 제출한 부분이고, 그 뒤로 고친 것이 없습니다.")
    _set(edition, cell, STATES.SUBMITTED, user, note, version_token)


def confirm(edition, cell: PartCell, *, user, note="", version_token=""):
    if cell.stored != STATES.SUBMITTED:
        raise EditionRefused("제출한 부분만 확인할 수 있습니다.")
    _require_shown(cell, version_token)
    _set(edition, cell, STATES.CONFIRMED, user, note, version_token)


def confirm_in_place(edition, cell: PartCell, *, user, note="", version_token=""):
    """Confirms as it stands what its owner has not handed in, or has changed since; the reason is printed on the cover."""
    if cell.is_confirmed:
        raise EditionRefused("이미 지금 내용대로 확인한 부분입니다.")
    if not note:
        raise EditionRefused("대신 확인하는 까닭을 적어 주십시오. 경과와 표지에 실립니다.")
    _require_shown(cell, version_token)
    _set(edition, cell, STATES.CONFIRMED, user, note, version_token, in_place=True)


def _require_shown(cell: PartCell, version_token):
    """What nobody has looked at is not confirmed."""
    if version_token.startswith(f"{cell.stored} ") and version_token != cell.version_token:
        raise EditionRefused(REWRITTEN)


def send_back(edition, cell: PartCell, *, user, note="", version_token=""):
    """Back to the unit, with what is wrong."""
    if cell.stored not in {STATES.SUBMITTED, STATES.CONFIRMED}:
        raise EditionRefused("제출하거나 확인한 부분만 반려할 수 있습니다.")
    if not note:
        raise EditionRefused("무엇을 고쳐야 하는지 적어 주십시오.")
    _set(edition, cell, STATES.RETURNED, user, note, version_token)


def _set(edition, cell, state, user, note, version_token, *, in_place=False):
    with lock_for_update(edition) as now:
        if not now.takes_parts:
            raise EditionRefused(NOT_COLLECTING)
        submission = _row(now, cell)
        if submission.state != (version_token.partition(" ")[0] or cell.stored):
            raise EditionRefused(MEANWHILE)
        # What is being written is called so in the history as on the page.
        before, submission.state = (
            cell.state if submission.state == STATES.NOT_BEGUN else submission.state,
            state,
        )
        submission.note, submission.by, submission.at = note, user, timezone.now()
        submission.version, submission.in_place = cell.version, in_place
        submission.save()
        words = f"기획 담당이 대신 확인함: {note}" if in_place else note
        _keep(now, cell, EditionEvent.Kind.SUBMISSION, user, before=before, after=state, note=words)


def keep_values(edition, cell: PartCell, tokens: Collection[str], *, user) -> int:
    """Values of an earlier day (지난 값) stay in the edition as they stand. Gives how many."""
    left = {value.version_token: value for value in cell.past}
    if not tokens:
        raise EditionRefused(NOTHING_PICKED)
    if not left.keys() >= set(tokens):
        raise EditionRefused(VALUES_CHANGED)
    kept = [left[token] for token in dict.fromkeys(tokens)]
    with lock_for_update(edition) as now:
        for value in kept:
            given = {"edition": now, "value": value.text}
            KeptValue.objects.update_or_create(measurement=value.measurement, defaults=given)
        note = ", ".join(f"{value.name} {value.measurement.printed}({value.day})" for value in kept)
        _keep(now, cell, EditionEvent.Kind.KEPT, user, note=note)
    return len(kept)


def assign_owner(edition, cell: PartCell, owner, *, user, version_token=None):
    """Who delivers the part; None for nobody in particular. `version_token`: the key of the owner that the user was shown, '' for none."""
    with lock_for_update(edition) as now:
        submission = _row(now, cell)
        if version_token not in {None, str(submission.owner_id or "")}:
            raise EditionRefused(OTHER_OWNER)
        if submission.owner != owner:
            submission.owner = owner
            submission.save()
            _keep(now, cell, EditionEvent.Kind.OWNER, user, note=owner.display_name if owner else "없음")


def _row(edition, cell):
    place = cell.place
    submission, _ = Submission.objects.get_or_create(
        edition=edition, department=place.department, part=place.part, project=place.project
    )
    return submission


def _keep(edition, cell, kind, user, **values):
    place = cell.place
    values |= {"department": place.department, "part": place.part, "project": place.project}
    EditionEvent.objects.create(edition=edition, kind=kind, by=user, **values)


def change_state(edition, state, *, user, reason=""):
    """One stage on, or back to an earlier one with a reason."""
    with lock_for_update(edition) as now:
        if state not in ORDER or state == now.state:
            raise EditionRefused("그 단계로는 바꿀 수 없습니다.")
        step = ORDER.index(state) - ORDER.index(now.state)
        if step > 1:
            raise EditionRefused("한 단계씩 나아갑니다.")
        if step < 0 and not reason:
            raise EditionRefused("앞 단계로 되돌리는 까닭을 적어 주십시오.")
        before, now.state = now.state, state
        now.save(update_fields=["state"])
        EditionEvent.objects.create(
            edition=now, kind=EditionEvent.Kind.STATE, before=before, after=state, note=reason, by=user
        )


def token_of(edition: Edition) -> str:
    """Of what `edit` may change: it is another when somebody has."""
    return digest("\n".join(str(getattr(edition, name)) for name in EDITABLE))


def edit(edition, *, user, version_token="", **values):
    """Title, session, deadline; `version_token` is the mark of those that the user was shown. Raises ValidationError and EditionRefused."""
    with lock_for_update(edition) as now:
        if version_token and version_token != token_of(now):
            present = ", ".join(f"{_label(name)} ‘{_printed(getattr(now, name))}’" for name in EDITABLE)
            raise EditionRefused(EDITED_MEANWHILE.format(present))
        changed = {
            name: (getattr(now, name), value) for name, value in values.items() if getattr(now, name) != value
        }
        for name, (_, value) in changed.items():
            setattr(now, name, value)
        if changed:
            now.full_clean()
            now.save(update_fields=list(changed))
            note = ", ".join(
                f"{_label(name)} {_printed(old)} → {_printed(new)}" for name, (old, new) in changed.items()
            )
            EditionEvent.objects.create(edition=now, kind=EditionEvent.Kind.EDITED, note=note, by=user)
    return bool(changed)


def _label(name):
    return Edition._meta.get_field(name).verbose_name


def _printed(value):
    return day(value) if hasattr(value, "year") else value or "없음"


def delete_edition(edition):
    """An edition that was opened by mistake. Its drafts stay: they may hold work."""
    with lock_for_update(edition) as now:
        now.delete()

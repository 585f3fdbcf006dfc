"""What is done with an edition and its parts, one function each; every one leaves an EditionEvent. They raise EditionRefused, in Korean."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from seoul_digital.lib.tables import day

from ..models import Edition, EditionEvent, KeptValue, Submission
from ..models.published import digest
from .changes.held_list import held_lists
from .collection import PartCell
from .snapshot import snapshot_of
from .sources import EditionRefused

STATES = Submission.State
Pick = tuple[PartCell, str]  # with the mark of what was shown of it
WRITTEN = ("state", "note", "by", "at", "version", "in_place")
# PUBLISHED comes by publishing alone.
ORDER = [Edition.State.OPEN, Edition.State.COLLECTING, Edition.State.REVIEW]
EDITABLE = ("title", "council_session", "deadline", "correction")
NOT_COLLECTING = "지금은 제출과 확인을 받는 단계가 아닙니다."
OTHER_OWNER = "그 사이 다른 사람이 맡은 사람을 바꾸었습니다. 지금 맡은 사람을 보고 다시 해 주십시오."
EDITED_MEANWHILE = (
    "그 사이 다른 사람이 이 회차를 고쳤습니다. 지금은 {}입니다. 아래대로 바꾸려면 다시 저장해 주십시오."
)
MEANWHILE = "그 사이 다른 사람이 이 부분의 상태를 바꾸었습니다. 아래의 지금 상태를 보고 다시 해 주십시오."
UNSHOWN = "화면에 무엇이 보였는지 알 수 없어 아무것도 저장하지 않았습니다. 이 화면을 다시 열어 지금 상태를 보고 다시 해 주십시오."
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


@dataclass(frozen=True)
class Transition:
    """What becomes of parts: the state that they take, and what forbids it; `confirms_list`: what differs from the last
    report goes with it. `check` gets the part, the mark of what the user was
    shown of it, and the note; it raises EditionRefused."""

    state: str
    check: Callable[[PartCell, str, str], None]
    in_place: bool = False
    confirms_list: bool = False

    def __call__(
        self, edition: Edition, cell: PartCell, *, user: Any, note: str = "", version_token: str | None = None
    ) -> None:
        """Of one part; `version_token` is the mark of what the user was shown, else of what the cell says."""
        token = cell.version_token if version_token is None else version_token
        if refused := self.of_all(edition, [(cell, token)], user=user, note=note):
            raise EditionRefused(refused[0][1])

    def of_all(
        self, edition: Edition, picks: Sequence[Pick], *, user: Any, note: str = ""
    ) -> list[tuple[PartCell, str]]:
        """Of every part that may take it, in a fixed number of queries. Gives the others, each with the reason."""
        refused = []
        try:
            with lock_for_update(edition) as now:
                if not now.takes_parts:
                    raise EditionRefused(NOT_COLLECTING)
                known = {row.key: row for row in now.submissions.all()}
                changed = []
                for cell, token in picks:
                    try:
                        self.check(cell, token, note)
                        changed.append((cell, _shown_row(now, known, cell, token)))
                    except EditionRefused as error:
                        refused.append((cell, str(error)))
                self._write(now, changed, user, note)
        except EditionRefused as error:
            return [(cell, str(error)) for cell, _ in picks]
        return refused

    def _write(
        self, edition: Edition, changed: list[tuple[PartCell, Submission]], user: Any, note: str
    ) -> None:
        at, words = timezone.now(), f"기획 담당이 대신 확인함: {note}" if self.in_place else note
        # What is being written is called so in the history as on the page.
        before = [cell.state if row.state == STATES.NOT_BEGUN else row.state for cell, row in changed]
        for cell, row in changed:
            row.state, row.note, row.by, row.at = self.state, note, user, at
            row.version, row.in_place = cell.version, self.in_place
        new = [row for _, row in changed if row.pk is None]
        known = [row for _, row in changed if row.pk]
        Submission.objects.bulk_create(new)
        Submission.objects.bulk_update(known, WRITTEN)
        places = [cell.place for cell, _ in changed] if self.confirms_list else []
        held = held_lists(edition, snapshot_of(edition), places) if places else {}
        EditionEvent.objects.bulk_create(
            _event(
                edition,
                cell,
                EditionEvent.Kind.SUBMISSION,
                user,
                before=state,
                after=self.state,
                note=words,
                **(held[cell.place.key].confirmation if held else {}),
            )
            for (cell, _), state in zip(changed, before, strict=True)
        )


def _shown_row(edition: Edition, known: Mapping[Any, Submission], cell: PartCell, token: str) -> Submission:
    """How far the part is now; refused where the user was shown another state."""
    row = known.get(cell.place.key) or _new_row(edition, cell)
    if row.state != token.partition(" ")[0]:
        raise EditionRefused(MEANWHILE if token else UNSHOWN)
    return row


def _may_submit(cell: PartCell, token: str, note: str) -> None:
    if not cell.is_missing and not cell.changed_since:
        raise EditionRefused("이미 제출한 부분이고, 그 뒤로 고친 것이 없습니다.")
    _require_shown(cell, token)


def _may_confirm(cell: PartCell, token: str, note: str) -> None:
    if cell.stored != STATES.SUBMITTED:
        raise EditionRefused("제출한 부분만 확인할 수 있습니다.")
    _require_shown(cell, token)


def _may_confirm_in_place(cell: PartCell, token: str, note: str) -> None:
    if cell.is_confirmed:
        raise EditionRefused("이미 지금 내용대로 확인한 부분입니다.")
    if not note:
        raise EditionRefused("대신 확인하는 까닭을 적어 주십시오. 경과와 표지에 실립니다.")
    _require_shown(cell, token)


def _require_shown(cell: PartCell, token: str) -> None:
    """What nobody has looked at is not confirmed."""
    if token.partition(" ")[0] == cell.stored and token != cell.version_token:
        raise EditionRefused(REWRITTEN)


def _may_send_back(cell: PartCell, token: str, note: str) -> None:
    if cell.stored not in {STATES.SUBMITTED, STATES.CONFIRMED}:
        raise EditionRefused("제출하거나 확인한 부분만 반려할 수 있습니다.")
    if not note:
        raise EditionRefused("무엇을 고쳐야 하는지 적어 주십시오.")


submit = Transition(STATES.SUBMITTED, _may_submit, confirms_list=True)  # again, where it has changed since
confirm = Transition(STATES.CONFIRMED, _may_confirm)
# As it stands, what its owner has not handed in, or has changed since; the reason is printed on the cover.
confirm_in_place = Transition(STATES.CONFIRMED, _may_confirm_in_place, in_place=True)
send_back = Transition(STATES.RETURNED, _may_send_back)


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
        _event(now, cell, EditionEvent.Kind.KEPT, user, note=note).save()
    return len(kept)


def assign_owner(edition, cell: PartCell, owner, *, user, version_token: str):
    """Who delivers the part; None for nobody in particular. `version_token`: the key of the owner that the user was shown, '' for none."""
    with lock_for_update(edition) as now:
        submission = now.submissions.filter(**_named(cell)).first() or _new_row(now, cell)
        if version_token != str(submission.owner_id or ""):
            raise EditionRefused(OTHER_OWNER)
        if submission.owner != owner:
            submission.owner = owner
            submission.save()
            _event(
                now, cell, EditionEvent.Kind.OWNER, user, note=owner.display_name if owner else "없음"
            ).save()


def _new_row(edition, cell):
    return Submission(edition=edition, **_named(cell))


def _event(edition, cell, kind, user, **values):
    return EditionEvent(edition=edition, kind=kind, by=user, **_named(cell), **values)


def _named(cell):
    place = cell.place
    return {"department": place.department, "part": place.part, "project": place.project}


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


def edit(edition, *, user, version_token, **values):
    """Title, session, deadline; `version_token` is the mark of those that the user was shown. Raises ValidationError and EditionRefused."""
    with lock_for_update(edition) as now:
        if version_token != token_of(now):
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

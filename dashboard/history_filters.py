"""What a reader of the history asks for, and which rows of history that is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.access.scope import EVERYTHING, access_scope
from core.audit.changes import NOBODY
from core.audit.recording import tracked_models
from core.audit.revisions import source_path
from core.models import ChangeRecord
from core.remembered.together import read_together
from departments.models import Department, User
from projects.filters import Filter, asked, labelled
from seoul_digital.lib.query_params import asked_date

from .history_page import model_name

LONGEST_KEY = 18  # digits
COMMAND = "command"  # in place of a user's key: what was done by a command, with nobody signed in


@dataclass(frozen=True)
class HistoryChoice:
    """The filters; `since` and `until` are days, both included. `errors` say why the dates cannot be taken."""

    filters: Sequence[Filter]
    since: date | None
    until: date | None
    typed: Sequence[str]  # the two dates as they were typed
    errors: Sequence[str]
    departments: dict[str, int]  # keys by slug
    act: UUID | None = None
    before: ChangeRecord | None = None  # the last record of the pages before, where these begin anew

    @property
    def is_any(self):
        return bool(self.act or self.since or self.until or any(chosen.value for chosen in self.filters))

    def value(self, name):
        return next(chosen.value for chosen in self.filters if chosen.name == name)


def choice_from(parameters, user) -> HistoryChoice:
    known = Department.objects.filter(access_scope(user).filter_for(Department, "view"))
    people = User.objects.order_by("last_name", "first_name", "username")
    units: Any = known.order_by("name").values_list("slug", "name", "pk")
    units, people = read_together([units, people])
    users = [(str(person.pk), person.display_name) for person in people]
    models = sorted(
        ((model._meta.label_lower, model_name(model)) for model in visible_models(user)),
        key=lambda option: option[1],
    )
    filters = [
        asked(parameters, "user", _("바꾼 사람"), [(COMMAND, _(NOBODY)), *users]),
        asked(parameters, "department", _("부서"), [(slug, name) for slug, name, _key in units]),
        asked(parameters, "model", pgettext("history", "자료"), models),
        asked(parameters, "kind", pgettext("history", "구분"), labelled(ChangeRecord.Kind)),
    ]
    typed = [parameters.get(name, "").strip() for name in ("from", "to")]
    days = [asked_date(text, _("날짜")) for text in typed]
    errors = [day.error for day in days if day.error]
    since, until = (day.on for day in days)
    if since and until and since > until:
        errors = [_("‘부터’의 날이 ‘까지’의 날보다 늦습니다. 두 날을 바꾸어 보십시오.")]
    return HistoryChoice(
        filters,
        since,
        until,
        typed,
        errors,
        {slug: key for slug, _name, key in units},
        _act(parameters.get("act", "")),
        _before(parameters, user),
    )


def _act(text):
    try:
        return UUID(text)
    except ValueError:
        return None


def _before(parameters, user):
    key = parameters.get("before", "")
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        return None
    return visible_records(user).filter(pk=int(key)).first()


def visible_models(user):
    """Those of which the user may see any row in admin."""
    access = access_scope(user)
    return [model for model in tracked_models() if access.has(model, "view") or access.has(model, "change")]


def visible_records(user):
    """All that the user may see."""
    models = visible_models(user)
    return ChangeRecord.objects.filter(_visible(models, user)) if models else ChangeRecord.objects.none()


def chosen_records(choice: HistoryChoice, user):
    """The records that were asked for and that the user may see, the newest first."""
    wanted = choice.value("model")
    models = [model for model in visible_models(user) if wanted in ("", model._meta.label_lower)]
    if choice.errors or not models:
        return ChangeRecord.objects.none()
    records = ChangeRecord.objects.filter(_visible(models, user), _condition(choice))
    if unit := choice.departments.get(choice.value("department")):
        records = records.concerning([unit])
    return records.order_by("-at", "-pk")


def _visible(models, user):
    """The condition on records of the models. Who sees a part of them finds it by indexes, each kind by its own, and not by a look at all:
    facts by the index of sources, so what they are is not asked in a way that another index answers; what has no source is looked at
    record by record, so it comes behind a term that one does."""
    pairs = [(model, access_scope(user).history_filter(model)) for model in models]
    facts = [pair for pair in pairs if source_path(pair[0])]
    lasting = [pair for pair in pairs if not source_path(pair[0])]
    others = {model._meta.label_lower for model in tracked_models()}
    ways = [
        Q(way) & ~Q(model__in=others - labels)
        for labels, condition in _by_condition(facts)
        for way in (condition.children if condition.connector == Q.OR else [condition])
    ]
    of_lasting = [Q(model__in=labels) & condition for labels, condition in _by_condition(lasting)]
    ways += [Q(source=None) & reduce(or_, of_lasting)] if of_lasting else []
    if any(condition == EVERYTHING for _, condition in facts):
        return reduce(or_, ways)
    first, *more = (ChangeRecord.objects.filter(way).order_by().values("pk") for way in ways)
    return Q(pk__in=first.union(*more))


def _by_condition(pairs):
    """Of (model, condition) the labels of the models under each condition."""
    labels, conditions = defaultdict(set), {}
    for model, condition in pairs:
        conditions[id(condition)] = condition
        labels[id(condition)].add(model._meta.label_lower)
    return [(labels[key], condition) for key, condition in conditions.items()]


def _condition(choice):
    condition = Q(act=choice.act) if choice.act else Q()
    if user := choice.value("user"):
        condition &= Q(user=None) if user == COMMAND else Q(user=int(user))
    if kind := choice.value("kind"):
        condition &= Q(kind=kind)
    if choice.since:
        condition &= Q(at__gte=_midnight(choice.since))
    if choice.until:
        condition &= Q(at__lt=_midnight(choice.until + timedelta(days=1)))
    return condition


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))

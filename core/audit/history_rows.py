"""Reading history of many models at once: a few queries, however many rows of however many models.

Rows of different models come by one UNION as JSON, and so do the objects that they refer to, as they were last, deleted ones too.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from departments.models import User

from .recording import history_of, tracked_fields, tracked_models

OF_HISTORY = ("history_id", "history_date", "history_type", "history_user_id", "history_change_reason")
REFERRED_DEPTH = 2  # a figure's line, and the line's department


@dataclass
class State:
    """What an object was after one change: values by attname, and by link (many-to-many) the keys that it linked to."""

    values: dict
    links: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Row:
    """A row of history with the state before it; `latest_kind` says what was done to the object last."""

    model: type
    history_id: int
    object_id: int
    at: object
    kind: str
    user_id: int | None
    reason: str
    now: State
    before: State | None
    before_id: int | None
    latest_kind: str


def label_of(model):
    return model._meta.label_lower


def models_by_label():
    return {label_of(model): model for model in tracked_models()}


def union(parts):
    """UNION ALL of querysets of the same columns."""
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def listed(wanted, condition_of):
    """(label, history_id) of all rows of the models that meet their condition, newest first; a queryset to count and to slice."""
    parts = [
        history_of(model)
        ._base_manager.filter(condition_of(model))
        .order_by()
        .annotate(of_model=Value(label_of(model)))
        .values_list("of_model", "history_id", "history_date")
        for model in wanted
    ]
    return union(parts).order_by("-history_date", "of_model", "-history_id")


def touching(model, path, department):
    """The condition on rows of history of what belonged to the department along the path at any time.

    The steps go through history, so that what hung on something deleted is found. A path may end in a text that begins with a slug.
    """
    name, _, rest = path.partition("__")
    if name == "pk":
        return Q(id=department.pk)
    step = model._meta.get_field(name)
    if not step.is_relation:
        return Q(**{name: department.slug}) | Q(**{f"{name}__startswith": f"{department.slug}/"})
    if not rest:
        return Q(**{name: department.pk})
    related = step.related_model
    inner = history_of(related)._base_manager.filter(touching(related, rest, department)).order_by()
    if step.one_to_many:
        return Q(id__in=inner.values(step.field.attname))
    return Q(**{f"{step.attname}__in": inner.values("id")})


def rows(keys):
    """The rows that `keys`, pairs of label and history_id, name, in that order."""
    known, wanted = models_by_label(), defaultdict(list)
    for label, history_id in keys:
        wanted[known[label]].append(history_id)
    if not wanted:
        return []
    found = {}
    for label, now, before, latest in union([_with_earlier(model, ids) for model, ids in wanted.items()]):
        found[label, now["history_id"]] = _row(known[label], now, before, latest)
    _add_links(found.values())
    return [found[tuple(key)] for key in keys]


def _with_earlier(model, ids):
    of_object = history_of(model)._base_manager.filter(id=OuterRef("id")).order_by("-history_id")
    earlier = of_object.filter(history_id__lt=OuterRef("history_id")).annotate(now=_json(model, OF_HISTORY))
    return (
        history_of(model)
        ._base_manager.filter(history_id__in=ids)
        .order_by()
        .annotate(
            of_model=Value(label_of(model)),
            now=_json(model, OF_HISTORY),
            before=Subquery(earlier.values("now")[:1]),
            latest=Subquery(of_object.values("history_type")[:1]),
        )
        .values_list("of_model", "now", "before", "latest")
    )


def _json(model, more=()):
    """A row as a JSON object; decimals as text, since JSON has none."""
    columns = {one.attname: _exact(one) for one in tracked_fields(model)}
    return JSONObject(**columns, **{name: F(name) for name in more})


def _exact(one):
    return (
        Cast(one.attname, models.CharField(max_length=40))
        if isinstance(one, models.DecimalField)
        else F(one.attname)
    )


def _row(model, now, before, latest):
    return Row(
        model=model,
        history_id=now["history_id"],
        object_id=now["id"],
        at=_aware(models.DateTimeField().to_python(now["history_date"])),
        kind=now["history_type"],
        user_id=now["history_user_id"],
        reason=now["history_change_reason"],
        now=State(_values(model, now)),
        before=State(_values(model, before)) if before else None,
        before_id=before and before["history_id"],
        latest_kind=latest,
    )


def _values(model, data):
    return {one.attname: _value(one, data[one.attname]) for one in tracked_fields(model)}


def _value(one, value):
    if value is None or one.is_relation:
        return value
    value = one.to_python(value)
    return _aware(value) if isinstance(one, models.DateTimeField) else value


def _aware(moment):
    """SQLite gives moments in UTC without saying so."""
    return timezone.make_aware(moment, UTC) if timezone.is_naive(moment) else moment


def _add_links(found):
    """What each row and the one before it were linked to."""
    states = defaultdict(list)
    for row in found:
        for link in row.model._meta.many_to_many:
            for history_id, state in ((row.history_id, row.now), (row.before_id, row.before)):
                if state:
                    state.links[link.name] = []
                    states[str(link), history_id].append(state)
    parts = [
        history_of(link.remote_field.through)
        ._base_manager.filter(history_id__in=[history_id for name, history_id in states if name == str(link)])
        .order_by()
        .annotate(of_link=Value(str(link)))
        .values_list("of_link", "history_id", f"{link.m2m_reverse_field_name()}_id")
        for link in {link for row in found for link in row.model._meta.many_to_many}
    ]
    for name, history_id, target in union(parts) if parts else ():
        for state in states[name, history_id]:
            state.links[name.rpartition(".")[2]].append(target)


class Objects:
    """The objects that rows of history refer to, as they were last."""

    def __init__(self, found):
        self._known, self._names = {}, {}
        tracked = set(tracked_models())
        wanted = set().union(
            *(_references(row.model, state) for row in found for state in (row.now, row.before) if state)
        )
        wanted |= {(User, row.user_id) for row in found if row.user_id}
        for _ in range(REFERRED_DEPTH):
            latest = _latest({one for one in wanted if one[0] in tracked} - self._known.keys())
            self._known |= {key: key[0](**state.values) for key, state in latest.items()}
            self._names |= _untracked({one for one in wanted if one[0] not in tracked} - self._names.keys())
            wanted = set().union(*(_references(model, state) for (model, _), state in latest.items()))
        for instance in self._known.values():
            self.relate(instance)

    def get(self, model, key):
        return self._known.get((model, key))

    def relate(self, instance):
        """Hand an object those that it refers to, so that its name needs no query."""
        for one in instance._meta.fields:
            target = self.get(one.related_model, getattr(instance, one.attname)) if one.is_relation else None
            if target:
                setattr(instance, one.name, target)
        return instance

    def name_of(self, model, key):
        target = self.get(model, key)
        return name_of(target) if target else self._names.get((model, key), f"#{key}")


def name_of(instance):
    """What an object is called; what its name speaks of may be gone."""
    try:
        return str(instance)
    except ObjectDoesNotExist:
        return f"{instance._meta.verbose_name} #{instance.pk}"


def _references(model, state):
    """(model, key) of all that a state refers to."""
    single = {
        (one.related_model, state.values.get(one.attname)) for one in model._meta.fields if one.is_relation
    }
    linked = {
        (link.related_model, key)
        for link in model._meta.many_to_many
        for key in state.links.get(link.name, ())
    }
    return {one for one in single | linked if one[1] is not None}


def _latest(wanted):
    """(model, key) → State by one query."""
    keys = defaultdict(list)
    for model, key in wanted:
        keys[model].append(key)
    parts = []
    for model, ids in keys.items():
        history = history_of(model)._base_manager.order_by()
        newest = history.filter(id__in=ids).values("id").annotate(newest=Max("history_id")).values("newest")
        parts.append(
            history.filter(history_id__in=newest)
            .annotate(of_model=Value(label_of(model)), now=_json(model))
            .values_list("of_model", "now")
        )
    known = models_by_label()
    return {
        (known[label], now["id"]): State(_values(known[label], now))
        for label, now in (union(parts) if parts else ())
    }


def _untracked(wanted):
    """The names of groups and permissions, which have no history of their own."""
    models = {label_of(model): model for model, _ in wanted}
    parts = [
        model._default_manager.filter(pk__in=[key for one, key in wanted if one is model])
        .order_by()
        .annotate(of_model=Value(label))
        .values_list("of_model", "pk", "name")
        for label, model in models.items()
    ]
    return {(models[label], key): name for label, key, name in (union(parts) if parts else ())}

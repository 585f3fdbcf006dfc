"""History (바뀐 내역): every write leaves a row that says who, when, why and what the values became.

Kept by django-simple-history. Here is what it leaves out: fixtures, bulk writes, links changed from their other side,
and reasons that hold for all that is done at once. `history_guard` keeps the rows from being changed afterwards.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import NotSupportedError, connections, models, router, transaction
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.signals import post_delete, pre_delete, pre_save
from django.utils import timezone
from simple_history.models import HistoricalChanges, HistoricalRecords

CREATED, CHANGED, DELETED = "+", "~", "-"
LONGEST_REASON = 300
FROM_FILE = "파일에서 불러옴"
BEFORE_HISTORY = "내역을 남기기 전의 자료"
ROWS_AT_ONCE = 5_000

_reason: ContextVar[str] = ContextVar("reason", default="")
_disabled: ContextVar[bool] = ContextVar("history_disabled", default=False)


@contextmanager
def change_reason(reason):
    """The reason of every change made inside."""
    token = _reason.set(" ".join(reason.split())[:LONGEST_REASON])
    try:
        yield
    finally:
        _reason.reset(token)


@contextmanager
def history_disabled():
    """Fixtures loaded inside bring their history along, so none is written for them: a whole database moves to another."""
    token = _disabled.set(True)
    try:
        yield
    finally:
        _disabled.reset(token)


class History(HistoricalRecords):
    """simple-history, told of fixtures, of reasons, and of links (many-to-many) changed from their other side."""

    def __init__(self, **options):
        super().__init__(
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.CharField("바꾼 까닭", max_length=LONGEST_REASON, default=""),
            **options,
        )

    def contribute_to_class(self, cls, name):
        super().contribute_to_class(cls, name)
        cls.history_records = self

    def finalize(self, sender, **kwargs):
        super().finalize(sender, **kwargs)
        if issubclass(sender, self.cls):
            _watch_targets(sender)
            pre_save.connect(_begin, sender=sender)

    def _get_history_change_reason_field(self):
        return self.history_change_reason_field.clone()

    def _get_history_user_fields(self):
        """Who it was stays, also when the user is gone: no constraint, and nothing happens on deletion."""
        return {
            "history_user": models.ForeignKey(
                "departments.User",
                models.DO_NOTHING,
                verbose_name="바꾼 사람",
                null=True,
                db_constraint=False,
                related_name="+",
            )
        }

    def get_meta_options(self, model):
        """Without permissions: nobody may change history."""
        name = f"{model._meta.verbose_name} 바뀐 내역"
        return {
            **super().get_meta_options(model),
            "verbose_name": name,
            "verbose_name_plural": name,
            "default_permissions": (),
        }

    def get_meta_options_m2m(self, through_model):
        return {**super().get_meta_options_m2m(through_model), "default_permissions": ()}

    def post_save(self, instance, created, using=None, raw=False, update_fields=None, **kwargs):
        """Fixtures (`raw`) count; a sign-in, which saves nothing but fields that are not kept, does not."""
        kept = {field.name for field in self.fields_included(instance)}
        if _disabled.get() or (update_fields is not None and not kept & set(update_fields)):
            return
        with change_reason(_reason.get() or (FROM_FILE if raw else "")):
            super().post_save(instance, created, using=using)

    def get_change_reason_for_object(self, instance, history_type, using):
        return getattr(instance, "_change_reason", "") or _reason.get()

    def m2m_changed(self, instance, action, attr, pk_set, reverse, model=None, **kwargs):
        """`group.user_set.add(user)` changes the user."""
        if _disabled.get() or (action in {"post_add", "post_remove"} and not pk_set):
            return
        if not reverse:
            super().m2m_changed(instance, action, attr, pk_set, reverse)
        elif action in {"post_add", "post_remove"}:
            record_rows(model, pk_set)
        elif action == "pre_clear":
            instance.history_owners = _owners(model, attr, instance)
        elif action == "post_clear":
            record_rows(model, instance.history_owners)


def _begin(instance, raw=False, **kwargs):
    if not raw and not instance._state.adding:
        ensure_baseline(type(instance), [instance.pk])


def ensure_baseline(model, keys):
    """Rows that came in past history, as a budget file's lines do, get their first row of it before their first change."""
    rows = model._base_manager.filter(
        ~Exists(history_of(model)._base_manager.filter(id=OuterRef("pk"))), pk__in=keys
    )
    record_rows(model, rows.values_list("pk", flat=True), FROM_FILE)


def _owners(model, attr, target):
    return list(model._base_manager.filter(**{attr: target}).values_list("pk", flat=True))


def _watch_targets(model):
    """What a deleted target (a group, a budget line) was linked to has changed, and no other signal says so."""
    for field in model._meta.many_to_many:

        def note(instance, name=field.name, **kwargs):
            instance.history_owners = _owners(model, name, instance)

        def write(instance, **kwargs):
            record_rows(model, instance.history_owners)

        pre_delete.connect(note, sender=field.remote_field.model, weak=False)
        post_delete.connect(write, sender=field.remote_field.model, weak=False)


class RecordedQuerySet(models.QuerySet):
    """Writes that pass by `save` leave history too; `delete` and `bulk_update` do so through signals and `update`."""

    def update(self, **values):
        with transaction.atomic(using=self._write_db):
            keys = list(self.values_list("pk", flat=True))
            ensure_baseline(self.model, keys)
            changed = models.QuerySet.update(self.filter(pk__in=keys), **values) if keys else 0
            record_rows(self.model, keys)
        return changed

    update.alters_data = True

    def bulk_create(self, objs, *args, ignore_conflicts=False, **options):
        if ignore_conflicts:
            raise NotSupportedError("history cannot tell which rows were ignored")
        with transaction.atomic(using=self._write_db):
            created = super().bulk_create(objs, *args, **options)
            record_rows(self.model, [instance.pk for instance in created])
        return created

    bulk_create.alters_data = True

    @property
    def _write_db(self):
        return self._db or router.db_for_write(self.model)


def tracked_models():
    """Every model with history, in the order of the apps."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]


def is_history(model):
    return issubclass(model, HistoricalChanges)


def history_of(model):
    """The model of a model's history, or of the history of its links; in migrations too."""
    return model._meta.apps.get_model(
        model._meta.app_label, f"{HistoricalRecords.DEFAULT_MODEL_NAME_PREFIX}{model._meta.object_name}"
    )


def tracked_fields(model):
    """The fields of a model whose values history keeps."""
    names = {field.name for field in history_of(model)._meta.fields}
    return [field for field in model._meta.fields if field.name in names]


def record_rows(model, keys, reason=None):
    """Write history of rows as they are now: created where they have none yet, else changed. A few statements for any number of rows."""
    keys = list(keys)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        _record(model, keys[start : start + ROWS_AT_ONCE], _reason.get() if reason is None else reason)


def _record(model, keys, reason):
    history = history_of(model)
    known = Exists(history._base_manager.filter(id=OuterRef("pk")))
    values = {field.attname: F(field.attname) for field in tracked_fields(model)} | {
        "history_date": Value(timezone.now(), models.DateTimeField()),
        "history_type": Case(When(known, then=Value(CHANGED)), default=Value(CREATED)),
        "history_user_id": Value(_user_id(), models.BigIntegerField()),
        "history_change_reason": Value(reason, models.CharField()),
    }
    _copy(model._base_manager.filter(pk__in=keys), history, values)
    for field in model._meta.many_to_many:
        through, owner = field.remote_field.through, field.m2m_column_name()
        newest = (
            history._base_manager.filter(id=OuterRef(owner)).order_by("-history_id").values("history_id")[:1]
        )
        links = {link.attname: F(link.attname) for link in through._meta.fields}
        _copy(
            through._base_manager.filter(**{f"{owner}__in": keys}),
            history_of(through),
            links | {"history_id": Subquery(newest)},
        )


def restore(row):
    """Give an object the values of a row of its history again, by a change of its own; what was deleted comes back.

    Raises ValidationError where the values no longer fit, as when what they refer to is gone.
    """
    model, kept = row.instance_type, tracked_fields(row.instance_type)
    others = [field.name for field in model._meta.fields if field not in kept]
    with transaction.atomic():
        instance = model._base_manager.filter(pk=row.id).first() or model(pk=row.id)
        for field in kept:
            setattr(instance, field.attname, getattr(row, field.attname))
        instance.clean_fields(exclude=others)
        instance.full_clean(exclude=others)
        instance.save()
        for link in model._meta.many_to_many:
            _restore_links(instance, link, row)
    return instance


def _restore_links(instance, link, row):
    was = history_of(link.remote_field.through)._base_manager.filter(history_id=row.history_id)
    keys = was.values(f"{link.m2m_reverse_field_name()}_id")
    getattr(instance, link.name).set(link.related_model._base_manager.filter(pk__in=keys))


def _copy(rows, target, values):
    """INSERT … SELECT: `values` are expressions over `rows` by column of the target."""
    connection = connections[rows.db]
    quote = connection.ops.quote_name
    names = {f"value_{number}": expression for number, expression in enumerate(values.values())}
    sql, parameters = (
        rows.order_by("pk")
        .annotate(**names)
        .values_list(*names)
        .query.get_compiler(connection=connection)
        .as_sql()
    )
    columns = ", ".join(quote(name) for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(target._meta.db_table)} ({columns}) {sql}", parameters)  # noqa: S608 (names of models only)


def _user_id():
    user = getattr(getattr(History.context, "request", None), "user", None)
    return user.pk if user and user.is_authenticated else None


def populate(app_label):
    """The forward code of a migration: what was there before history begins it."""

    def forward(migration_apps, schema_editor):
        for model in migration_apps.get_app_config(app_label).get_models():
            prefix = HistoricalRecords.DEFAULT_MODEL_NAME_PREFIX
            if not model.__name__.startswith(prefix) and _has_history(model):
                record_rows(model, model._base_manager.values_list("pk", flat=True), BEFORE_HISTORY)

    return forward


def _has_history(model):
    try:
        return bool(history_of(model))
    except LookupError:
        return False

"""Which rows a user may see, edit and choose: the permissions say what may be done, the roles to which rows.

A role of a unit reaches what belongs to the user's unit and those below it in the newest tree in force, a role of a bureau what belongs
to the user's bureau. Who has a permission by hand and by no role reaches the same as a unit's, and may see what is in force besides;
of what belongs to a bureau and to no unit, that of the own bureau.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import Exists, Model, OuterRef, Q

from ..models import NaturalKeyModel, Source
from ..models.changes import concerning
from .roles import all_roles, unit_editable_models

NOTHING = Q(pk__in=())
EVERYTHING = Q()  # joined with nothing: `Q() | other` is `other`


def access_scope(user: Any) -> "AccessScope":
    """Kept with the user object, which lives for one request."""
    if not hasattr(user, "access_scope"):
        user.access_scope = AccessScope(user)
    return user.access_scope


def _of_row(model: type[Any], condition: Q) -> Q:
    """The condition on records whose object is there and meets one: looked at record by record, for few are of what lasts."""
    if model is Source:  # whose records name it as theirs, so that an index finds them
        return Q(source__in=Source._base_manager.filter(condition).order_by().values("pk"))
    return Q(Exists(model._base_manager.filter(condition, pk=OuterRef("object_id")).order_by()))


def _is_spoken_of(model: type[Any]) -> bool:
    """Whether its rows last, and sources of any bureau name them."""
    lasts = issubclass(model, NaturalKeyModel) and not (model.bureau_path or model.source_path())
    return lasts and bool(model.source_paths)


class AccessScope:
    def __init__(self, user: Any) -> None:
        self.user = user
        self._answers: dict[Any, Any] = {}

    @cached_property
    def roles(self) -> list[Any]:
        names = self.user.groups.values_list("name", flat=True)
        return [all_roles()[name] for name in names if name in all_roles()]

    @property
    def may_export_tables(self) -> Any:
        """Of pages. The backend has asked for it already."""
        user = self.user
        return user.is_active and (user.is_superuser or getattr(user, "can_export", False))

    def has(self, model: type[Any], action: str) -> bool:
        """Whether the user may do it to any row."""
        user, options = self.user, model._meta
        if not (user.is_superuser or getattr(user, "uses_admin", True)):  # as the backend has asked already
            return False
        return user.has_perm(f"{options.app_label}.{get_permission_codename(action, options)}")

    def history_filter(self, model: type[Any]) -> Q:
        """The condition on a model's change records that the user may see; what was a unit's stays with it when it is gone.

        Editions and explanations of other bureaus are seen by those who may change them.
        """
        if not model.restorable and not self.has(model, "change"):
            return concerning({self.user.bureau_id, *self.user.unit_ids} - {None})
        condition, roles = self.filter_for(model, "view"), self._roles_granting(model, "view")
        if condition == EVERYTHING:
            return EVERYTHING
        if model.source_path() and roles:
            return reduce(or_, (self._history_of_role(role, model) for role in roles))
        seen = _of_row(model, condition)
        return seen | self._gone(model) if any(map(self._is_bound, roles)) else seen

    def _gone(self, model: type[Any]) -> Q:
        """What was a bureau's stays with it; of what lasted nobody knows any more whose it was."""
        if model.bureau_path:
            return concerning(self.user.bureau_ids)
        return ~_of_row(model, EVERYTHING)

    def _history_of_role(self, role: Any, model: type[Any]) -> Any:
        if role.own_unit_only and model.owner:
            return concerning(self.user.unit_ids, only_owned=True)
        if role.own_unit_only:  # common to the bureau's units
            return self._of_sources(bureau=self.user.bureau_id)
        scopes = role.grant(model._meta.label_lower, "view").scopes
        limits: dict[str, Any] = {"bureau__in": self.user.bureau_ids} if self._is_bound(role) else {}
        return self._of_sources(**(limits | {"scope__in": tuple(scopes)} if scopes else limits))

    def _of_sources(self, **limits: Any) -> Q:
        """The condition on records of what such sources say, found by the index of sources; the same object each time."""
        if not limits:
            return EVERYTHING
        sources = Source._base_manager.filter(**limits).order_by().values("pk")
        return self._answers.setdefault(("sources", *limits.items()), Q(source__in=sources))

    def filter_for(self, model: type[Any], action: str) -> Q:
        """The condition on the rows to which the user's permission, which is not asked for here, extends."""
        if self.user.is_superuser:
            return EVERYTHING
        if model is get_user_model() and action != "view":
            return self._by_roles(model, action) & Q(is_superuser=False)
        return self._by_roles(model, action)

    def _by_roles(self, model: type[Any], action: str) -> Any:
        giving = self._roles_granting(model, action)
        if not giving:
            return self._direct_permissions(model, action)
        conditions = [self._of_role(role, model, action) for role in giving]
        return EVERYTHING if EVERYTHING in conditions else reduce(or_, conditions)

    def _roles_granting(self, model: type[Any], action: str) -> list[Any]:
        return [role for role in self.roles if role.grant(model._meta.label_lower, action)]

    def _of_role(self, role: Any, model: type[Any], action: str) -> Any:
        scopes = role.grant(model._meta.label_lower, action).scopes
        if role.own_unit_only:
            return self._own(model)
        bureaus = self._of_bureaus(model, action) if self._is_bound(role) else EVERYTHING
        return bureaus & (
            Q(**{"scope__in" if model is Source else "source__scope__in": scopes}) if scopes else EVERYTHING
        )

    def _is_bound(self, role: Any) -> bool:
        """Whether the role reaches no further than the user's bureau."""
        return role.own_bureau_only and self.user.bureau_ids is not None

    def _of_bureaus(self, model: type[Any], action: str) -> Q:
        """What the user's bureaus may change, and what lasts besides to look at: what they and readers know."""
        bureaus = self.user.bureau_ids
        if not hasattr(model, "belonging_to"):
            return EVERYTHING
        if _is_spoken_of(model) and action in ("view", "export"):
            return model.published() | model.spoken_of_by(bureaus)
        return model.belonging_to(bureaus)

    def unseen_filter(self, model: type[Any]) -> Q | None:
        """The condition on the rows that the user does not see, where these are few beside those that are seen; None elsewhere."""
        giving = [] if self.user.is_superuser else self._roles_granting(model, "view")
        is_of_bureaus = all(self._is_bound(role) and not role.own_unit_only for role in giving)
        if not (giving and is_of_bureaus and _is_spoken_of(model)):
            return None
        return model.unpublished() & ~model.spoken_of_by(self.user.bureau_ids)

    def reaches_bureau(self, model: type[Any], action: str, bureau: int | None) -> bool:
        """Whether the user's permission, which is not asked for here, extends to all rows of the bureau (key)."""
        giving = self._roles_granting(model, action)
        wide = [role for role in giving if not role.own_unit_only]
        if self.user.is_superuser or any(not self._is_bound(role) for role in wide):
            return True
        if not giving and issubclass(model, NaturalKeyModel):  # given by hand: what is the unit's
            return self._direct_permissions(model, action) == EVERYTHING
        reached = self.user.bureau_ids
        return bool(wide or not giving) and (reached is None or bureau in reached)

    def _own(self, model: type[Any]) -> Any:
        """What a unit edits: its own. What it only chooses from: what is known, and its own."""
        if not issubclass(model, NaturalKeyModel):
            return model.belonging_to([self.user.bureau_id])
        own = self._own_of(model)
        return own if getattr(model, "unit_editable", False) else model.published() | own

    def _own_of(self, model: type[Any]) -> Any:
        return self._concerning if model is Source else model.owned_by(self.user.unit_ids)

    def _direct_permissions(self, model: type[Any], action: str) -> Any:
        if not issubclass(model, NaturalKeyModel):
            return self._of_bureaus(model, action) if self.user.bureau_ids is not None else EVERYTHING
        own, edits = self._own_of(model), action not in ("view", "export") or self.has(model, "change")
        return own if edits and (model.owner or model is Source) else model.published() | own

    @cached_property
    def _concerning(self) -> Any:
        """The sources in which the user's units say something: of their bureau, or limited to them."""
        bureau = self.user.bureau_id
        scopes = {scope for model in unit_editable_models() for scope in getattr(model, "scopes", ())}
        whole = Q(bureau=bureau, department__isnull=True, scope__in=sorted(scopes)) if bureau else NOTHING
        return whole | Q(department__in=self.user.unit_ids)

    # Single objects

    def may(self, instance: Model, action: str) -> bool:
        """Whether the user's permission, which is not asked for here, reaches the object; of one that is not in the database, as it would be."""
        if (condition := self.filter_for(type(instance), action)) == EVERYTHING:
            return True
        key = (type(instance), instance.pk, action)
        if key not in self._answers:
            stored = type(instance)._base_manager.filter(pk=instance.pk)
            self._answers[key] = (
                stored.filter(condition).exists() or not stored.exists() and self.may_save_as(instance)
            )
        return self._answers[key]

    def visible(self, model: type[Any], keys: Any) -> set[int]:
        """Those of the keys whose rows the user may see in admin, by one query at most."""
        return (
            self._within(model, keys, "view")
            if self.has(model, "view") or self.has(model, "change")
            else set()
        )

    def visible_conditions(self, models: Iterable[type[Any]]) -> dict[type[Any], Q]:
        """By model, of those of which the user may see any row in admin, the condition on the rows that he may see."""
        return {
            model: self.filter_for(model, "view")
            for model in models
            if self.has(model, "view") or self.has(model, "change")
        }

    def changeable(self, model: type[Any], keys: Any) -> set[int]:
        """Those of the keys whose rows the user may change in admin, by one query at most; by none for those who don't come there."""
        return (
            self._within(model, keys, "change") if self.user.is_staff and self.has(model, "change") else set()
        )

    def _within(self, model: type[Any], keys: Any, action: str) -> Any:
        condition = self.filter_for(model, action)
        stored = model._base_manager.filter(condition, pk__in=keys)
        return set(keys) if condition == EVERYTHING else set(stored.values_list("pk", flat=True))

    def allows(self, instance: Model, action: str) -> bool:
        return self.has(type(instance), action) and self.may(instance, action)

    def may_save_as(self, instance: Model) -> bool:
        """Whether the user may choose all that the object refers to, as it is now: asked before a file or an earlier state is put in."""
        if self.user.is_superuser:
            return True
        if isinstance(instance, get_user_model()):
            return not instance.is_superuser
        if isinstance(instance, Source) and not self._may_hold_scope(instance):
            return False
        return not any(self._forbidden(instance))

    def _may_hold_scope(self, source: Any) -> Any:
        grants = [
            role.grant(Source._meta.label_lower, "change") for role in self._roles_granting(Source, "change")
        ]
        return not grants or any(not grant.scopes or source.scope in grant.scopes for grant in grants)

    def _forbidden(self, instance: Model) -> Iterator[Any]:
        model: Any = type(instance)
        for field in model._meta.fields:
            key = getattr(instance, field.attname) if field.is_relation else None
            if key is None and field.name == getattr(model, "bureau_path", ""):  # of the whole city
                yield self._choosable(model, field) != EVERYTHING
            elif key is not None and (condition := self._choosable(model, field)) != EVERYTHING:
                yield not self._is_among(field, key, condition)

    def _is_among(self, field: Any, key: str, condition: Any) -> Any:
        asked = (field, key)
        if asked not in self._answers:
            self._answers[asked] = field.related_model._base_manager.filter(condition, pk=key).exists()
        return self._answers[asked]

    def choices(self, model: type[Any], field: Any) -> Any:
        """The objects that the user may put into a field of the model."""
        return field.related_model._default_manager.filter(self._choosable(model, field))

    def _choosable(self, model: type[Any], field: Any) -> Any:
        related = field.related_model
        if self.user.is_superuser or not (
            issubclass(related, NaturalKeyModel) and issubclass(model, NaturalKeyModel)
        ):
            return EVERYTHING
        giving = self._roles_granting(model, "change")
        if related is Source:
            return self._sources_for(model, giving)
        if wide := [role for role in giving if not role.own_unit_only]:
            is_bound = all(self._is_bound(role) for role in wide)
            return self._choosable_in_bureaus(model, field) if is_bound else EVERYTHING
        if not giving and field.name == model.bureau_path and self.user.bureau_ids is not None:
            return Q(pk__in=self.user.bureau_ids)
        if field.name == model.owner:
            return related.owned_by(self.user.unit_ids)
        return (
            related.available_to(self.user.unit_ids)
            if hasattr(related, "available_to")
            else related.published() | related.owned_by(self.user.unit_ids)
        )

    def _choosable_in_bureaus(self, model: type[Any], field: Any) -> Q:
        """Facts speak of all that is known, what lasts is joined to the bureaus' own alone."""
        related, bureaus = field.related_model, self.user.bureau_ids
        if field.name == model.bureau_path:
            return Q(pk__in=bureaus)
        if model.source_path() or model is Source:
            return self._of_bureaus(related, "view")
        own = related.belonging_to(bureaus)
        return own | related.spoken_of_by(bureaus) if model.source_paths else own

    def _sources_for(self, model: type[Any], giving: Any) -> Any:
        """Those that the user edits as a whole, and for what a unit says those in which it says it."""
        conditions = [
            self._of_role(role, Source, "change")
            for role in giving
            if role.grant(Source._meta.label_lower, "change")
        ]
        if EVERYTHING in conditions:
            return EVERYTHING
        if not conditions or any(role.own_unit_only for role in giving):
            owned_sources = model._base_manager.filter(model.owned_by(self.user.unit_ids)).values("source")
            fitting = Q(scope__in=model.scopes or Source.Scope.values) & ~Q(state=Source.State.WITHDRAWN)
            conditions.append(self._concerning & fitting | Q(pk__in=owned_sources))
        return reduce(or_, conditions)

from contextlib import suppress
from functools import cache, cached_property
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group, Permission, UserManager
from django.db import models
from django.db.models import CharField, F, OuterRef, Value
from django.db.models.functions import Cast

from core.access.roles import administers_users, can_export, uses_admin
from core.models import Source, SourceRevision, TrackedModel, TrackedQuerySet
from core.remembered.queries import RememberedQuery

from .units import Department, Placement

ACCESS = ("can_export", "uses_admin", "is_administrator", "second_factor_key")
MOST_BUREAUS = 500
_bureaus: dict[tuple[str, int | None], int | None] = {}  # by version and unit


class StaffManager(UserManager.from_queryset(TrackedQuerySet)):
    use_in_migrations = False

    def _create_user_object(
        self, username: str, email: str | None, password: str | None, **fields: Any
    ) -> "User":
        fields.pop("is_staff", None)  # which Django's manager presets
        user = super()._create_user_object(username, email, password, **fields)
        user._password = password  # so that `save` tells the validators, as after `set_password`
        return user

    def with_access(self) -> "models.QuerySet[User]":
        """Users with what every page asks of who is signed in, in one query: rights, and the second factor."""
        user = OuterRef("pk")
        return self.annotate(
            can_export=can_export(user),
            uses_admin=uses_admin(user),
            is_administrator=administers_users(user),
            second_factor_key=F("second_factor__pk"),
        )

    def get_with_access(self, pk: int) -> "User | None":
        return self._read(_with_access.values(pk))

    def get_with_session(self, key: str | None) -> "User | None":
        """Whose session it is, with the session itself: `session_data` and `session_expires`, which may be past."""
        return self._read(_with_session.values(key))

    def _read(self, found: list[dict[str, Any]]) -> "User | None":
        for values in found:
            names = _columns()
            user = User.from_db(self.db, names, [values.pop(name) for name in names])
            vars(user).update(values)
            return user
        return None


class User(TrackedModel, AbstractUser):
    """A member of staff; the home department decides which bureau is shown.

    Who has left is made inactive, not deleted.
    """

    department_paths = ("department",)
    untracked_fields = ("password", "last_login")
    restorable = True

    department = models.ForeignKey(
        "departments.Department",
        models.PROTECT,
        verbose_name="소속 부서",
        null=True,
        blank=True,
        related_name="users",
    )

    must_change_password = models.BooleanField(
        "다음 로그인 때 비밀번호 변경",
        default=False,
        help_text="다른 사람이 정해 준 비밀번호는 본인이 로그인하여 바꿀 때까지 다른 화면을 열 수 없습니다.",
    )
    is_city_wide = models.BooleanField(
        "서울시 전체",
        default=False,
        help_text="기획 담당과 예산 담당이 모든 국·정책관의 자료를 다룹니다. 켜지 않으면 소속 부서가 있는 국·정책관의 것만 다룹니다.",
    )

    language = models.CharField(
        "화면 언어", max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    objects = StaffManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "사용자"
        verbose_name_plural = "사용자"

    @property
    def is_staff(self) -> bool:  # type: ignore[override]  # a field of Django's
        """Whether the administration is open: it follows the permissions, by whatever way they were given."""
        if self.is_superuser:
            return True
        annotated: bool | None = getattr(self, "uses_admin", None)
        if annotated is not None:
            return annotated
        return User.objects.filter(uses_admin(OuterRef("pk")), pk=self.pk).exists()

    @cached_property
    def is_administrator(self) -> bool:
        """Whether the user makes accounts or gives rights."""
        return User.objects.filter(administers_users(OuterRef("pk")), pk=self.pk).exists()

    @cached_property
    def second_factor_key(self) -> int | None:
        factor = User.objects.filter(pk=self.pk, second_factor__isnull=False)
        return factor.values_list("second_factor", flat=True).first()

    @property
    def needs_second_factor(self) -> bool:
        """Whether the user may not go without one (settings.SECOND_FACTOR)."""
        match settings.SECOND_FACTOR:
            case "editors":
                return self.is_staff
            case "administrators":
                return self.is_superuser or self.is_administrator
        return False

    @property
    def display_name(self):
        return f"{self.last_name}{self.first_name}".strip() or self.username

    @property
    def rights(self) -> tuple[Any, ...]:
        """All that the user may do, by value: with the data, what a page shows of it follows from this. One query; of readers none,
        who have no other permission than that to take tables out."""
        by_flag = (self.is_superuser, self.is_staff, getattr(self, "can_export", None))
        if not self.is_staff:
            return by_flag
        where = (self.department_id, self.is_city_wide)
        return *by_flag, *where, *sorted(_rights.rows(self.pk))

    def bureau_under(self, version: str) -> int | None:
        """The user's bureau, remembered under a version of all data that was read before."""
        self.forget_units()
        with suppress(KeyError):
            self.__dict__["bureau_id"] = _bureaus[version, self.department_id]
        bureau = self.bureau_id
        self.remember_bureau(version)
        return bureau

    def remember_bureau(self, version: str) -> None:
        """What was worked out, where it was, holds as long as that version."""
        if "bureau_id" in self.__dict__:
            if len(_bureaus) >= MOST_BUREAUS:
                _bureaus.clear()
            _bureaus[version, self.department_id] = self.bureau_id

    @staticmethod
    def trees_of(unit: int) -> Any:
        """The trees in force from which it follows to which bureau the unit belongs, as revisions."""
        trees = {"source__state": Source.State.IN_FORCE, "source__scope": Source.Scope.ORGANISATION}
        placing, own = (
            SourceRevision.objects.filter(**trees, **way).values_list(
                Value("bureau"), "source_id", "revision", Value("tree")
            )
            for way in ({"source__placement__department": unit}, {"source__bureau": unit})
        )
        return placing.union(own)

    def forget_units(self) -> None:
        """What was worked out of the data is worked out anew."""
        for name in ("bureau_id", "_tree", "bureau_ids", "unit_ids", "unit_slugs", "access_scope"):
            self.__dict__.pop(name, None)

    @cached_property
    def bureau_id(self) -> int | None:
        """The bureau that the user's unit belongs to: in whose tree it stands, or stood last; of a bureau before its first tree itself."""
        if not (unit := self.department_id):
            return None
        for (bureau,) in _placed.rows(unit):
            return cast("int", bureau)
        return unit if self.department.kind == Department.Kind.BUREAU else None

    @cached_property
    def _tree(self) -> list[tuple[int, int | None]]:
        """(unit, parent) of the newest tree of the user's bureau."""
        newest = _trees_in_force().filter(bureau=self.bureau_id).values("pk")[:1]
        placements = Placement._base_manager.filter(source=models.Subquery(newest)).order_by()
        return list(placements.values_list("department_id", "parent_id"))

    @cached_property
    def bureau_ids(self) -> frozenset[int] | None:
        """The bureaus that the user plans for: the own with those that it came from or became; None is the whole city."""
        if self.is_city_wide or self.is_superuser:
            return None
        bureau = self.bureau_id
        kin = Department.objects.kin_of(bureau) if bureau else Department.objects.none()
        return frozenset(kin.values_list("pk", flat=True))

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The user's unit and all below it; for a bureau's own members every unit of the bureau."""
        unit, bureau = self.department_id, self.bureau_id
        if unit is None:
            return frozenset()
        placements = self._tree
        found = {unit} | ({department for department, _ in placements} if unit == bureau else set())
        while below := {department for department, parent in placements if parent in found} - found:
            found |= below
        return frozenset(found)

    @cached_property
    def unit_slugs(self) -> frozenset[str]:
        return frozenset(Department.objects.filter(pk__in=self.unit_ids).values_list("slug", flat=True))


@cache
def _columns() -> list[str]:
    return [field.attname for field in User._meta.concrete_fields]


def _trees_in_force() -> Any:
    return Source.objects.in_force().filter(scope=Source.Scope.ORGANISATION).newest_first()


_placed = RememberedQuery(
    lambda unit: (
        _trees_in_force()
        .filter(
            models.Q(pk__in=Placement._base_manager.filter(department=unit).values("source"))
            | models.Q(bureau=unit)
        )
        .values_list("bureau_id")[:1]
    )
)
_with_access = RememberedQuery(
    lambda user: User.objects.with_access().filter(pk=user).values(*_columns(), *ACCESS)
)
_with_session = RememberedQuery(
    lambda key: (
        User.objects.with_access()
        .filter(sessions__session_key=key)
        .values(
            *(*_columns(), *ACCESS),
            session_data=F("sessions__session_data"),
            session_expires=F("sessions__expire_date"),
        )
    )
)
_rights = RememberedQuery(
    lambda user: (
        Group.objects.filter(user=user)
        .order_by()
        .values_list(Value("group"), "name")
        .union(
            *(
                Permission.objects.filter(**way)
                .order_by()
                .values_list(Value("permission"), Cast("pk", CharField()))
                for way in ({"user": user}, {"group__user": user})
            )
        )
    )
)

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from core.audit.history import History, RecordedQuerySet


class StaffManager(UserManager.from_queryset(RecordedQuerySet)):
    use_in_migrations = False


class User(AbstractUser):
    """A member of staff; the home department decides which bureau is shown.

    Who has left is made inactive, not deleted.
    """

    department_paths = ("department",)
    _history_m2m_fields = ("groups", "user_permissions")

    department = models.ForeignKey(
        "departments.Department",
        models.PROTECT,
        verbose_name="소속 부서",
        null=True,
        blank=True,
        related_name="users",
    )

    history = History(excluded_fields=["password", "last_login"])
    objects = StaffManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "사용자"
        verbose_name_plural = "사용자"

    @property
    def display_name(self):
        return f"{self.last_name}{self.first_name}".strip() or self.username

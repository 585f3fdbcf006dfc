from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models


class User(AbstractUser):
    """A member of staff; the home department decides which bureau is shown."""

    department = models.ForeignKey(
        "departments.Department",
        models.SET_NULL,
        verbose_name="소속 부서",
        null=True,
        blank=True,
        related_name="users",
    )

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "사용자"
        verbose_name_plural = "사용자"

    @property
    def display_name(self):
        return f"{self.last_name}{self.first_name}".strip() or self.username

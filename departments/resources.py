"""Columns of import and export files that differ from the models' fields."""

from core.import_export.fields import Column
from core.import_export.resources import BaseResource
from core.models import ControlTotal

from .models import User


class UserResource(BaseResource):
    """Who there is, without rights and passwords: those are given in admin, one by one. Who is new signs in once a password is set."""

    class Meta(BaseResource.Meta):
        model = User
        fields = ("username", "last_name", "first_name", "email", "department", "is_active")

    def init_instance(self, row=None):
        user = super().init_instance(row)
        user.set_unusable_password()
        return user


class ControlTotalResource(BaseResource):
    value = Column(ControlTotal._meta.get_field("value"), "값(금액은 원, 비율은 %)")

    class Meta(BaseResource.Meta):
        model = ControlTotal

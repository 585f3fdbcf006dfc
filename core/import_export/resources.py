"""The import and export resource of every model: the house's, and where a model needs more, its own."""

from functools import cache

from import_export.resources import modelresource_factory

from departments.models import User

from ..models import ControlTotal
from .resources_base import BaseResource


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
    headers = {"value": "값(금액은 원, 비율은 %)"}

    class Meta(BaseResource.Meta):
        model = ControlTotal


OWN = {User: UserResource, ControlTotal: ControlTotalResource}


@cache
def resource_of(model) -> type[BaseResource]:
    return OWN.get(model) or modelresource_factory(model, BaseResource)

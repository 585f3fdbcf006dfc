"""What the admin of every model has, one concern a module."""

from typing import Any

from django.http import HttpRequest

from ..edit_conflicts.admin import OptimisticLockAdmin
from ..import_export.admin import FileAdmin
from .amount_fields import type_in_unit_of
from .binding import BindingAdmin
from .checks import ChecksAfterSaving
from .fields import FieldsAdmin
from .history import HistoryAdmin
from .numbers import NumbersAdmin
from .permissions import PermissionsAdmin
from .removals import RemovalAdmin
from .return_to_page import ReturnToPageMixin
from .search import SearchAdmin
from .view_on_site import ViewOnSiteMixin


class BaseAdmin(
    PermissionsAdmin,
    ReturnToPageMixin,
    ViewOnSiteMixin,
    SearchAdmin,
    FieldsAdmin,
    NumbersAdmin,
    ChecksAfterSaving,
    RemovalAdmin,
    OptimisticLockAdmin,
    BindingAdmin,
    HistoryAdmin,
    FileAdmin,
):
    """History with reasons, a word on the figures' agreement and on where it is seen after each save, and before a deletion on what it
    breaks; units, previews, search; own rows."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        type_in_unit_of(obj, form)
        return form

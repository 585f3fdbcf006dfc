"""What the admin of every model has, one concern a module."""

from ..edit_conflicts.admin import OptimisticLockAdmin
from ..import_export.admin import FileAdmin
from .checks import ChecksAfterSaving
from .fields import FieldsAdmin
from .history import HistoryAdmin
from .permissions import PermissionsAdmin
from .return_to_page import ReturnToPageMixin
from .search import SearchAdmin
from .view_on_site import ViewOnSiteMixin


class BaseAdmin(
    PermissionsAdmin,
    ReturnToPageMixin,
    ViewOnSiteMixin,
    SearchAdmin,
    FieldsAdmin,
    ChecksAfterSaving,
    OptimisticLockAdmin,
    HistoryAdmin,
    FileAdmin,
):
    """History with reasons, a word on the figures' agreement and on where it is seen after each save; units, previews, search; own rows."""

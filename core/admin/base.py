"""What the admin of every model has, one concern a module."""

from .checks_admin import ChecksAfterSaving
from .fields_admin import FieldsAdmin
from .history_admin import HistoryAdmin
from .import_export_admin import FileAdmin
from .permissions_admin import PermissionsAdmin
from .return_admin import ReturnAdmin
from .searching_admin import SearchAdmin
from .shown_admin import ShownAdmin
from .together_admin import TogetherAdmin


class HouseAdmin(
    PermissionsAdmin, ReturnAdmin, ShownAdmin, SearchAdmin, FieldsAdmin, ChecksAfterSaving, TogetherAdmin, HistoryAdmin, FileAdmin
):
    """History with reasons, a word on the figures' agreement and on where it is seen after each save; units, previews, search; own rows."""

"""What the admin of every model has, one concern a module."""

from .checks_admin import ChecksAfterSaving
from .history_admin import HistoryAdmin


class HouseAdmin(ChecksAfterSaving, HistoryAdmin):
    """History with reasons, and a word on the figures' agreement after each save."""

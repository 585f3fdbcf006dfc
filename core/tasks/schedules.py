"""Registers what of core comes again by the clock."""

from datetime import time, timedelta

from ..audit.verify_task import verify_records
from .periodic import register_periodic
from .upkeep import clear_up

register_periodic(clear_up, every=timedelta(hours=1))
register_periodic(verify_records, at=time(3, 30))

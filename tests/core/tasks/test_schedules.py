"""What comes again by the clock, of core and of the apps above it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.tasks import periodic

NOON = datetime(2022, 8, 29, 12, tzinfo=ZoneInfo("Asia/Seoul"))


def test_every_work_of_the_clock_has_its_next_time():
    found = {
        name.rpartition(".")[2]: schedule.after(NOON).astimezone(NOON.tzinfo)
        for name, schedule in periodic._schedules.items()
        if not name.startswith("tests.")
    }
    assert found == {
        "clear_up": NOON + timedelta(hours=1),
        "tidy": NOON + timedelta(hours=1),
        "verify_records": datetime(2022, 8, 30, 3, 30, tzinfo=NOON.tzinfo),
        "remind_daily": datetime(2022, 8, 30, 9, tzinfo=NOON.tzinfo),
    }

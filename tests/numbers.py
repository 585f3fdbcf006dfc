"""A text with a number for each thing that may become of one; tests/numbers_fixtures.py puts it into a report."""

from projects.models import Measurement

TEXT = "ㅇ 공공와이파이 4,530대 설치\n - 현원 24명, 도로 폭 20m"
INSTALLED = "measurement:public-wifi-first-phase-ap"
AT_INSTALLED = ("achievements", "4530", "대", 0)


def measure(value):
    """What was installed in the first phase is another number."""
    row = Measurement.objects.get(indicator__slug="public-wifi-first-phase-ap", source__as_of="2022-08-29")
    row.value, row.printed = value, f"{value:,}대"
    row.save()

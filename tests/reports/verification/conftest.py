"""The edition of 2022-11-01 and its people."""

from tests.reports.editions.conftest import (  # noqa: F401
    bureau,
    edition,
    opened,
    planner,
    quick_formats,
    reviewed,
    settled,
)

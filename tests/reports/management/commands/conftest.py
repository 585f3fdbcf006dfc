"""An edition and those who work on it, as in the tests of editions."""

from tests.reports.editions.conftest import (  # noqa: F401
    bureau,
    collecting,
    edition,
    member,
    opened,
    opened_and_settled,
    planner,
    quick_formats,
    reviewed,
    settled,
)

"""Whether the database holds the demonstration city (`manage.py demo_city`), which every page and every document then says."""

from django.db import DatabaseError

from ..models import Source

SLUG = "demonstration-city"  # what the slugs of its sources begin with; those that the system makes of words have no slash
NOTE = "시범 자료입니다. 디지털정책관 밖의 국·정책관, 금액과 사업은 지어낸 것입니다."
_known: dict[str, bool] = {}


def is_demonstration() -> bool:
    """Asked once in a process: a city is made in a database that nobody is served from yet."""
    if SLUG not in _known:
        try:
            remember(Source.objects.filter(slug__startswith=f"{SLUG}/").exists())
        except DatabaseError:
            return False  # it does not answer, as the page says itself
    return _known[SLUG]


def remember(is_there: bool) -> None:
    _known[SLUG] = is_there

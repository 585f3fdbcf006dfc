"""Rows below another that have been read apart from it."""

from collections.abc import Sequence
from typing import Any


def keep_rows_below(instance: Any, name: str, rows: Sequence[Any]) -> None:
    """As a prefetch of that relation leaves them."""
    kept = getattr(instance, name).all()
    kept._result_cache = list(rows)
    known = getattr(instance, "_prefetched_objects_cache", {})
    instance._prefetched_objects_cache = known | {name: kept}

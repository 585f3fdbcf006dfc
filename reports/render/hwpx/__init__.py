"""The document as HWPX, the open format of Hangul (KS X 6101)."""

from .document import to_hwpx

__all__ = ["to_hwpx"]

"""The assembled report: the waist between the apps' queries and every document, frozen copy and comparison."""

from .assemble import assemble
from .report import Report
from .serial import from_json, to_json

__all__ = ["Report", "assemble", "from_json", "to_json"]

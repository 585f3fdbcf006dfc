from .edition_sources import EditionSource
from .editions import Edition, EditionEvent, Submission
from .explanations import Explanation
from .kept_values import KeptValue
from .published import PublishedFile, PublishedReport

__all__ = [
    "Edition",
    "EditionEvent",
    "EditionSource",
    "Explanation",
    "KeptValue",
    "PublishedFile",
    "PublishedReport",
    "Submission",
]

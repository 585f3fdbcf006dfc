from .edition_sources import EditionSource
from .editions import Edition, EditionEvent, Submission
from .explanations import Explanation
from .published import PublishedFile, PublishedReport

__all__ = [
    "Edition",
    "EditionEvent",
    "EditionSource",
    "Explanation",
    "PublishedFile",
    "PublishedReport",
    "Submission",
]

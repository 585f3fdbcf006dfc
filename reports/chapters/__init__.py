"""The chapters of the report, in its order. Whoever walks this list knows none of them by name."""

from ..chapter import Chapter
from .duties.chapter import CHAPTER as DUTIES
from .expenditure.chapter import CHAPTER as EXPENDITURE
from .glossary.chapter import CHAPTER as GLOSSARY
from .indicators.chapter import CHAPTER as INDICATORS
from .organisation.chapter import CHAPTER as ORGANISATION
from .projects.chapter import CHAPTER as PROJECTS
from .revenue.chapter import CHAPTER as REVENUE
from .staffing.chapter import CHAPTER as STAFFING
from .vision.chapter import CHAPTER as VISION

CHAPTERS: list[Chapter] = [
    ORGANISATION,
    STAFFING,
    DUTIES,
    REVENUE,
    EXPENDITURE,
    VISION,
    PROJECTS,
    INDICATORS,
    GLOSSARY,
]

from .indicators import Indicator, Measurement, Target
from .milestones import Milestone
from .projects import Brief, Contact, Funding, Project
from .vision import Strategy, Vision, VisionStrategy, VisionValue

__all__ = [
    "Brief",
    "Contact",
    "Funding",
    "Indicator",
    "Measurement",
    "Milestone",
    "Project",
    "Strategy",
    "Target",
    "Vision",
    "VisionStrategy",
    "VisionValue",
]

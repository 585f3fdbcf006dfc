from .staffing import JobSeries, Staffing, StaffingCount
from .units import Department, Duty, FoundationProfile, Placement, Succession
from .users import User

__all__ = [
    "Department",
    "Duty",
    "FoundationProfile",
    "JobSeries",
    "Placement",
    "Staffing",
    "StaffingCount",
    "Succession",
    "User",
]

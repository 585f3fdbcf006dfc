from .second_factors import RecoveryCode, SecondFactor
from .sign_ins import PastPassword, UserSession
from .staffing import JobSeries, Staffing, StaffingCount
from .units import Department, Duty, FoundationProfile, Placement, Succession
from .users import User

__all__ = [
    "Department",
    "Duty",
    "FoundationProfile",
    "JobSeries",
    "PastPassword",
    "Placement",
    "RecoveryCode",
    "SecondFactor",
    "Staffing",
    "StaffingCount",
    "Succession",
    "User",
    "UserSession",
]

from .units import Department, Duty, FoundationProfile, Placement, Staffing, Succession
from .users import User

__all__ = ["Department", "Duty", "FoundationProfile", "Placement", "Staffing", "Succession", "User"]

from .editions import Edition, Step, Submission
from .explanations import Explanation
from .published import FrozenFile, FrozenReport

__all__ = ["Edition", "Explanation", "FrozenFile", "FrozenReport", "Step", "Submission"]

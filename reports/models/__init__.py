from .editions import Edition, Step, Submission
from .explanations import Explanation
from .frozen import FrozenFile, FrozenReport

__all__ = ["Edition", "Explanation", "FrozenFile", "FrozenReport", "Step", "Submission"]

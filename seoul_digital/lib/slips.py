"""Slips of the hand: what a number or a phone becomes when it is typed wrong."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from .reported import Number

TOLERANCE = Fraction(5, 4)
SIGN_TOLERANCE = Fraction(11, 10)  # of magnitudes: a number that crosses zero is mostly just another one


class Slip(StrEnum):
    """`words`: `숫자 하나가 빠진` (값)."""

    EXCHANGED = "exchanged"
    LOST = "lost"
    GAINED = "gained"
    TENFOLD = "tenfold"
    ONE_DIGIT = "one_digit"
    SIGN = "sign"

    @property
    def words(self) -> str:
        return {
            "exchanged": "이웃한 두 숫자가 바뀐",
            "lost": "숫자 하나가 빠진",
            "gained": "숫자 하나가 더 들어간",
            "tenfold": "자릿수가 틀린",
            "one_digit": "숫자 하나가 틀린",
            "sign": "부호가 바뀐",
        }[self.value]


def slip_between(before: Number, now: Number, tolerance: Fraction = TOLERANCE) -> Slip | None:
    """How a number could have been typed as another one; None where it is the same, or just another."""
    if before and now and (before < 0) != (now < 0):
        ratio = abs(Fraction(now) / Fraction(before))
        return Slip.SIGN if max(ratio, 1 / ratio) <= SIGN_TOLERANCE else None
    old, new = _digits(before, now)
    if not (before and now) or Fraction(before) == Fraction(now) or max(len(old), len(new)) < 2:
        return None
    return slip_of_digits(old, new) or (Slip.TENFOLD if is_off_by_places(now, before, tolerance) else None)


def slip_of_digits(old: str, new: str) -> Slip | None:
    """Of two rows of digits."""
    if is_exchanged(old, new):
        return Slip.EXCHANGED
    if old and new and _is_without_one(old, new):
        return Slip.LOST
    return Slip.GAINED if old and new and _is_without_one(new, old) else None


def is_exchanged(old: str, new: str) -> bool:
    """Whether two neighbours changed places."""
    differing = [place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]]
    if len(old) != len(new) or len(differing) != 2 or differing[1] - differing[0] != 1:
        return False
    first, second = differing
    return old[first] == new[second] and old[second] == new[first]


def is_one_digit_off(old: str, new: str) -> bool:
    return len(old) == len(new) and sum(left != right for left, right in zip(old, new, strict=True)) == 1


def is_off_by_places(now: Number, before: Number, tolerance: Fraction = TOLERANCE) -> bool:
    """Whether one of two numbers is about a power of ten times the other, as where a digit was lost or gained."""
    if not (now and before):
        return False
    ratio = abs(Fraction(now) / Fraction(before))
    ratio = max(ratio, 1 / ratio)
    while ratio >= 10 / tolerance:
        if ratio <= 10 * tolerance:
            return True
        ratio /= 10
    return False


def _is_without_one(longer: str, shorter: str) -> bool:
    if len(longer) != len(shorter) + 1:
        return False
    start = next((place for place, digit in enumerate(shorter) if digit != longer[place]), len(shorter))
    return longer[start + 1 :] == shorter[start:]


def _digits(before: Number, now: Number) -> tuple[str, str]:
    """Both without sign and point, with the same number of decimals."""
    fractions = Fraction(before), Fraction(now)
    exact = [Decimal(number.numerator) / Decimal(number.denominator) for number in fractions]
    decimals = max(0, *(-int(number.normalize().as_tuple().exponent) for number in exact))
    old, new = (str(abs(int(number.scaleb(decimals)))) for number in exact)
    return old, new

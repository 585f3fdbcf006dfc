"""The numbers and dates of a text, each at its place: `2,872만여 건`, `35만3천권`, `6.9%p`, `△8`, `8,617백만원`, `’22.8. ~ 12.`.

Numbers and units are compared, not spellings: 2,872만 건 is 28,720,000건. What stands behind a Latin letter (Wi-Fi6, p.9) is a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import prod

from .periods import PartialDate, Period
from .printed_dates import PrintedDate, PrintedPeriod, periods_at

DATE = "날짜"  # the unit of dates
LONGEST = 24  # characters of a number
LONGEST_REMEMBERED = 10_000  # characters of a text
POWERS = {"십": 10, "백": 100, "천": 1_000, "만": 10_000, "억": 10**8, "조": 10**12}
# Units as texts write them; what a unit of two spellings is called.
_SAME = {
    "인": "명",
    "개소": "곳",
    "군데": "곳",
    "미터": "m",
    "㎞": "km",
    "킬로미터": "km",
    "㎡": "m2",
    "제곱미터": "m2",
}
_SAME |= {"㎢": "km2", "퍼센트": "%", "％": "%", "%P": "%p", "포인트": "%p", "년도": "년", "개국": "개국"}
_UNITS = """
제곱미터 킬로미터 퍼센트 포인트 정책관 담당관 사업소 인가구 전시실 상황실 개사업 개소 개구 개국 개사 개월 개년 개팀 개과 개동 개역 미터 군데 년도 호선 단계 주년
시간 가구 세대 차원 학교 회선 카메라 건 개 대 명 인 곳 팀 과 국 권 면 종 점 원 배 위 층 컷 회 차 호 년 월 일 주 분 초 시 세 동 구 기 석 편 부 쪽 장
채 필지 km2 ㎢ ㎡ m2 km ㎞ ms Gbps Mbps Kbps GB TB PB MB MHz GHz Hz cm mm kW MW ％ %p %P % m D G K
"""
_UNIT = "(?:" + "|".join(map(re.escape, sorted(_UNITS.split(), key=len, reverse=True))) + ")(?![A-Za-z0-9])"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"
_SCALE = r"(?:[십백천만억]|조(?=\s?[0-9]|\s?원|여))"
_NUMBER = re.compile(
    r"(?P<about>(?<![가-힣])(?:약|대략|거의)\s?)?"
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]\.)"
    r"(?P<sign>[△▲]\s?|(?<![0-9A-Za-z가-힣)])-(?=[0-9]))?"
    rf"(?P<parts>{_DIGITS}(?:{_SCALE}{{1,3}}+(?:\s?{_DIGITS}\s?{_SCALE}{{1,3}}+)*+(?:{_DIGITS})?+)?+"
    rf"|(?<![가-힣])[십백천만]{{1,2}}(?=\s?(?:개|건|명|대|원|권)(?![가-힣])|(?:개|건|명|대|권)\s?/))"
    rf"(?P<over>여)?(?P<unit>(?!분야|분기){_UNIT}|\s{_UNIT}(?![가-힣])|\s{_UNIT}(?=[을를은는이가의에로씩](?![가-힣])))?"
    r"(?P<around>여|\s?(?:가량|내외|정도|남짓|안팎))?"
)
_PART = re.compile(rf"(?P<digits>{_DIGITS})?\s?(?P<scale>[십백천만억조]*)")
_MONTH_AND_DAY = re.compile(
    r"(?<![0-9.,’'‘`])(?P<month>1[0-2]|0?[1-9])\.\s?(?P<day>3[01]|[12][0-9]|0?[1-9])\.(?![0-9])"
)
# Numbers in words: counts (열두 곳), halves and parts of a whole, which are compared with rates.
_TENS = {"열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50}
_ONES = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_ENDS = r"(?=여?(?![가-힣])|[을를은는이가의에로씩](?![가-힣]))"
_IN_WORDS = re.compile(
    rf"(?<![가-힣0-9])(?:(?P<tens>{'|'.join(_TENS)})(?P<ones>{'|'.join(_ONES)})?|(?P<twenty>스무)"
    rf"|(?P<few>{'|'.join([*_ONES][1:])}))(?P<unit>(?:곳|개|배)|\s(?:개소|군데|곳|개|배|명|건|대|팀|권)){_ENDS}"
    r"|(?<![가-힣])(?P<half>절반)(?![가-힣]*감)"
    r"|(?<![0-9.,])(?P<whole>[1-9][0-9]?)분의\s?(?P<part>[1-9][0-9]?)(?![0-9])"
)
_DIGIT = re.compile("[0-9십백천만열스서마쉰두세네섯곱덟홉]|절반|[상하]반기")
_OVER = re.compile("여|남짓")
_BARE_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class NumberToken:
    """`value` is in `unit` (원 of 백만원); of a date `period` says it and `value` is None. `text[start:end]` is `printed`.

    `place` is the worth of the last place that it is printed to: 1,000 in 1.7만.
    """

    start: int
    end: int
    printed: str
    value: Decimal | None = None
    unit: str = ""
    approximate: bool = False
    period: PrintedPeriod | None = None
    place: Decimal = Decimal(1)

    @cached_property
    def number(self) -> str:
        """The value or date as text that is equal for equal ones: `28720000`, `2022-08~2022-12`."""
        return str(self.period) if self.value is None else plain_number(self.value)

    @property
    def is_date(self) -> bool:
        return self.period is not None


def plain_number(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def number_tokens(text: str) -> list[NumberToken]:
    """In the order of the text; no two overlap. Of texts that are met again and again they are remembered."""
    if not _DIGIT.search(text):
        return []
    return _found_in(text) if len(text) > LONGEST_REMEMBERED else [*_remembered(text)]


@lru_cache(2_048)
def _remembered(text: str) -> tuple[NumberToken, ...]:
    return tuple(_found_in(text))


def _found_in(text: str) -> list[NumberToken]:
    found: list[NumberToken] = []
    at = 0
    for whole in [*sorted([*_dates(text), *_in_words(text)], key=lambda token: token.start), None]:
        end = whole.start if whole else len(text)
        found += filter(None, map(_number, _NUMBER.finditer(text, at, end)))
        if whole and whole.start >= at:
            found.append(whole)
            at = whole.end
    return found


def _in_words(text: str) -> Iterator[NumberToken]:
    for match in _IN_WORDS.finditer(text):
        if match["half"] or match["whole"]:
            part, whole = (int(match[name] or default) for name, default in (("part", 1), ("whole", 2)))
            if part < whole:
                share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"))
                yield NumberToken(*match.span(), match[0], share, "%", approximate=True)
            continue
        tens = 20 if match["twenty"] else _TENS.get(match["tens"], 0)
        unit = match["unit"].strip()
        count = Decimal(tens + _ONES.get(match["ones"] or match["few"], 0))
        yield NumberToken(*match.span(), match[0], count, _SAME.get(unit, unit))


def _dates(text: str) -> Iterator[NumberToken]:
    """Those of `printed_dates`, and days without a year: `8.31.`; a bare number is no year."""
    at = 0
    for start, end, period in periods_at(text):
        printed = text[start:end].rstrip()
        if start and text[start - 1] in "0123456789,.":
            continue
        number = _NUMBER.match(text, start) if _BARE_YEAR.fullmatch(printed) else None
        if number and number[0] != printed:
            continue  # 2000만원
        yield from _days(text, at, start)
        yield NumberToken(start, start + len(printed), printed, unit=DATE, period=period)
        at = start + len(printed)
    yield from _days(text, at, len(text))


def _days(text: str, start: int, end: int) -> Iterator[NumberToken]:
    for match in _MONTH_AND_DAY.finditer(text, start, end):
        day = PrintedDate(None, int(match["month"]), int(match["day"]))
        yield NumberToken(*match.span(), match[0], unit=DATE, period=PrintedPeriod(day, day))


def _number(match: re.Match[str]) -> NumberToken | None:
    """None for a run of digits that nobody would read as a number."""
    if len(match["parts"]) > LONGEST:
        return None
    value, place = _spoken(match["parts"])
    unit = (match["unit"] or "").strip()
    return NumberToken(
        *match.span(),
        match[0],
        -value if match["sign"] else value,
        _SAME.get(unit, unit),
        bool(match["about"] or match["over"] or match["around"]),
        place=place,
    )


def _spoken(text: str) -> tuple[Decimal, Decimal]:
    """The value of `35만3천`, `3천 5백만`, and the worth of its last place; what stands before 만 counts 만."""
    total = section = Decimal(0)
    place = Decimal(1)
    for digits, scale in _PART.findall(text):
        if not (digits or scale):
            continue
        small, large = _worths(scale)
        number = Decimal(digits.replace(",", "")) if digits else Decimal(1)
        section += number * small
        place = Decimal(1).scaleb(int(number.as_tuple().exponent)) * small * large
        if large > 1:
            total, section = total + section * large, Decimal(0)
    if (
        place == 1 and total + section and not (total + section) % 10
    ):  # 35,000: as far as its last digit that is not zero
        shown = str(int(total + section))
        place = Decimal(10 ** (len(shown) - len(shown.rstrip("0"))))
    return total + section, place


@lru_cache
def _worths(scale: str) -> tuple[int, int]:
    """By how much a number is multiplied by 십, 백 and 천, and by 만, 억 and 조."""
    large = [POWERS[power] for power in scale if power in "만억조"]
    return prod(POWERS[power] for power in scale) // prod(large), prod(large)


def same_unit(left: str, right: str) -> bool:
    """Whether two units may be of one number: they are called alike, or one of them is left out."""
    return not left or not right or _SAME.get(left, left) == _SAME.get(right, right)


def agrees(token: NumberToken, value: Decimal, *, rounded: bool = False) -> bool:
    """Whether a number says the value: exactly or, approximate or `rounded`, within its last place. What is `여` is no less."""
    if token.value is None or (_OVER.search(token.printed) and abs(value) < abs(token.value)):
        return False
    apart = abs(value - token.value)
    if not apart or not (token.approximate or rounded):
        return not apart
    return (
        apart < token.place
        if abs(value) > abs(token.value) or token.approximate
        else apart <= token.place / 2
    )


def rounds(token: NumberToken, value: Decimal) -> bool:
    """Whether a number of fewer places gives the value to its last one: 86억 of 8,617백만, 6.9 of 6.94; 20 is no 24."""
    has_fewer_places = "." in token.printed or any(power in token.printed for power in POWERS)
    return has_fewer_places and token.value != value and agrees(token, value, rounded=True)


def agrees_on_date(token: NumberToken, period: Period | PartialDate) -> bool:
    """Whether a date is the period, or one of its ends where it is a single one."""
    printed = token.period
    if printed is None:
        return False
    if isinstance(period, PartialDate):
        return printed.is_printed_of(Period(period, period)) or printed.has(period)
    if printed.is_printed_of(period):
        return True
    ends = [end for end in (period.start, period.end) if end]
    return printed.start == printed.end and any(printed.has(end) for end in ends)

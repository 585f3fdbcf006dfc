"""What a hand types in place of a number, a date, a phone or a word."""

from random import Random

from seoul_digital.lib.periods import PartialDate


def exchanged(digits: str, random: Random) -> str:
    places = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    place = random.choice(places or [0])
    return digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]


def lost(digits: str, random: Random) -> str:
    place = random.randrange(len(digits))
    return digits[:place] + digits[place + 1 :]


def gained(digits: str, random: Random) -> str:
    place = random.randrange(len(digits) + 1)
    return digits[:place] + random.choice("123456789") + digits[place:]


def tenfold(digits: str, random: Random) -> str:
    return f"{digits}0" if not digits.endswith("0") or random.random() < 0.5 else digits[:-1]


def by_one(digits: str, random: Random) -> str:
    return str(max(0, int(digits) + random.choice((-1, 1))))


DIGITS = {
    "digits exchanged": exchanged,
    "place lost": lost,
    "place gained": gained,
    "tenfold": tenfold,
    "off by one": by_one,
}


def another_digit(text: str, random: Random) -> str:
    """The text with one of its digits typed wrong."""
    place = random.choice([place for place, sign in enumerate(text) if sign.isdigit()])
    digit = random.choice([digit for digit in "0123456789" if digit != text[place]])
    return text[:place] + digit + text[place + 1 :]


def another_letter(text: str, random: Random) -> str:
    """One syllable typed as its neighbour in the alphabet, or left out."""
    places = [place for place, sign in enumerate(text) if "가" <= sign <= "힣"]
    if not places:
        return f"{text}x"
    place = random.choice(places)
    if len(places) > 3 and random.random() < 0.3:
        return text[:place] + text[place + 1 :]
    code = ord(text[place]) - ord("가")
    return (
        text[:place]
        + chr(ord("가") + (code // 28 * 28) + (code + random.choice((1, 4, 8))) % 28)
        + text[place + 1 :]
    )


def with_digits(printed: str, kind: str, random: Random) -> str:
    """The first number of a printed form typed otherwise, its separators set anew."""
    start = next(place for place, sign in enumerate(printed) if sign.isdigit())
    end = start
    while end < len(printed) and (
        printed[end].isdigit() or (printed[end] in ",." and printed[end + 1 : end + 2].isdigit())
    ):
        end += 1
    number = printed[start:end]
    whole, point, rest = number.replace(",", "").partition(".")
    typed = DIGITS[kind](whole, random) or "0"
    grouped = f"{int(typed):,}" if "," in number or len(whole) < 4 else str(int(typed))
    return printed[:start] + grouped + point + rest + printed[end:]


def year_off(text: str, random: Random) -> str:
    return f"{int(text[:4]) + random.choice((-10, -1, 1, 10))}{text[4:]}"


def month_off(text: str, months: int) -> str:
    """A partial date some months on."""
    date = PartialDate.parse(text)
    if date.month is None:
        return f"{date.year + (1 if months > 0 else -1)}"
    month = date.year * 12 + date.month - 1 + months
    day = f"-{min(date.day, 28):02d}" if date.day else ""
    return f"{month // 12}-{month % 12 + 1:02d}{day}"


def swapped(text: str) -> str:
    """Month and day in each other's places; the same where that is no date."""
    date = PartialDate.parse(text)
    return f"{date.year}-{date.day:02d}-{date.month:02d}" if date.day and date.day <= 12 else text

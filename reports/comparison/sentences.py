"""What changed between two dates, in computed sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from seoul_digital.lib import amounts
from seoul_digital.lib.hangul import postposition
from seoul_digital.lib.tables import STATUSES, day

from ..chapters.indicators.changes import IndicatorChanges
from ..chapters.organisation.changes import (
    ABOLISHED,
    MERGED,
    MOVED,
    NEW,
    RENAMED,
    SPLIT,
    OrganisationChanges,
    Untold,
)
from ..chapters.projects.changes import ProjectChanges
from ..chapters.staffing.changes import StaffingChanges, StaffLine
from .changes import Counts, Figure, Kind
from .compare import Comparison
from .money import MoneyChanges

UNITS_SAID = {
    NEW: "새로 생긴",
    ABOLISHED: "없어진",
    RENAMED: "이름을 바꾼",
    MERGED: "합친",
    SPLIT: "나눈",
    MOVED: "자리를 옮긴",
}
KINDS_SAID = {"added": "새로 생긴 것", "removed": "없어진 것", "changed": "달라진 것"}
SAME = "달라진 것이 없습니다."


def lead(comparison: Comparison) -> list[SafeString]:
    """The sentences at the head of the page: staff, budget, projects; what else changed where none of these did."""
    said = [
        *_staff_lead(comparison.staffing),
        *_units_lead(comparison.organisation),
        *_budget_lead(comparison.expenditure),
        *_projects_lead(comparison.projects),
    ]
    return said or [format_html("<span>{}</span>", _rest(comparison))]


def _rest(comparison: Comparison) -> str:
    subjects = (
        "organisation",
        "staffing",
        "duties",
        "revenue",
        "expenditure",
        "vision",
        "projects",
        "indicators",
        "glossary",
    )
    parts = [part for name in subjects if (part := getattr(comparison, name)) is not None]
    if not parts:
        return "두 날에 함께 있는 자료가 없어 견줄 것이 없습니다."
    differing = sum(part.counts.differing for part in parts)
    if differing:
        return f"달라진 것이 {differing}건 있습니다."
    return (
        organisation(comparison.organisation)
        if _says_otherwise(comparison)
        else f"두 날의 보고 내용에 {SAME}"
    )


def _says_otherwise(comparison: Comparison) -> bool:
    return comparison.organisation is not None and comparison.organisation.says_otherwise


def _staff_lead(changes: StaffingChanges | None) -> Iterable[SafeString]:
    if changes is None or changes.total.kind is Kind.SAME:
        return
    old, new = changes.total.figures["authorized"], changes.total.figures["headcount"]
    yield format_html(
        "<span>{}, {}.</span>", _moved("정원", old, "명", "고"), _moved("현원", new, "명", "었습니다")
    )


def _moved(word: str, figure: Figure, unit: str, ending: str) -> SafeString:
    """`정원은 208명에서 266명으로 58명 늘고`; `고` becomes `었습니다` at the end."""
    subject = f"{word}{postposition(word, ('은', '는'))}"
    if not figure.difference:
        same = "으로 같고" if ending == "고" else "으로 같습니다"
        return format_html("{} {}{}{}", subject, amounts.plain(figure.new), unit, same)
    verb = {"고": ("늘고", "줄고"), "었습니다": ("늘었습니다", "줄었습니다")}[ending][figure.difference < 0]
    change = format_html(
        '<span class="nb"><b>{}{}</b></span> {}', amounts.plain(abs(figure.difference)), unit, verb
    )
    return format_html(
        "{} {}{}에서 {}{}으로 {}",
        subject,
        amounts.plain(figure.old),
        unit,
        amounts.plain(figure.new),
        unit,
        change,
    )


def _units_lead(changes: OrganisationChanges | None) -> Iterable[SafeString]:
    found = [(words, len(changes.of_kind(kind))) for kind, words in UNITS_SAID.items()] if changes else []
    parts = [(words, number) for words, number in found if number]
    if parts:
        counted = format_html_join(", ", '<span class="nb">{} 부서 <b>{}곳</b></span>', parts)
        yield format_html("<span>{}이 있습니다.</span>", counted)


def _budget_lead(changes: MoneyChanges | None) -> Iterable[SafeString]:
    if changes is None or not (changes.total.current.is_changed or changes.total.executed.is_changed):
        return
    current = changes.total.current
    old, new = (f"{amounts.hundred_million(won)}억 원" for won in (current.old, current.new))
    moved = (
        f"세출 예산현액은 {old}에서 {new}으로 바뀌었고"
        if current.is_changed
        else f"세출 예산현액은 {new}으로 같고"
    )
    rate = _rate_words(changes)
    yield (
        format_html("<span>{}, {}.</span>", moved, rate)
        if rate
        else format_html("<span>{}.</span>", moved.removesuffix("고") + "습니다")
    )


def _rate_words(changes: MoneyChanges) -> SafeString | None:
    old, new = changes.total.rates
    if old is None or new is None:
        return None
    old, new = amounts.percent(old), amounts.percent(new)
    if old == new:  # as they are printed
        return format_html("집행률은 {}{} 같습니다", new, postposition("%", ("으로", "로")))
    return format_html("집행률은 {}에서 <b>{}</b>{} 되었습니다", old, new, postposition("%", ("이", "가")))


def _projects_lead(changes: ProjectChanges | None) -> Iterable[SafeString]:
    if changes is None or not changes.counts.differing:
        return
    yield format_html(
        "<span>주요 사업 {}건 가운데 {}.</span>", len(changes.projects), _counted(changes.counts)
    )


def _counted(counts: Counts) -> SafeString:
    """`3건이 달라지고 1건이 새로 생겼습니다`, in bold numbers."""
    said = [
        (counts.changed, "달라졌", "달라지고"),
        (counts.added, "새로 생겼", "새로 생기고"),
        (counts.removed, "없어졌", "없어지고"),
    ]
    parts = [(number, done, on) for number, done, on in said if number]
    words = [(number, on) for number, _, on in parts[:-1]] + [(parts[-1][0], f"{parts[-1][1]}습니다")]
    return format_html_join(" ", '<span class="nb"><b>{}건</b>이</span> {}', words)


def counted(counts: Counts) -> str:
    """`새로 생긴 것 1건, 달라진 것 3건입니다.`"""
    parts = [f"{word} {number}건" for key, word in KINDS_SAID.items() if (number := getattr(counts, key))]
    return f"{', '.join(parts)}입니다." if parts else SAME


def organisation(changes: OrganisationChanges) -> str:
    """Which units came, went or became others, those read and not told with how."""
    said = []
    for kind, words in UNITS_SAID.items():
        units = changes.of_kind(kind)
        if units:
            names = ", ".join(_unit(unit) for unit in units)
            said.append(f"{words} 곳은 {names}입니다.")
    return " ".join(said) or (
        "부서의 이름과 자리는 그대로이고, 원문에 적힌 부서 수나 말이 달라졌습니다."
        if changes.says_otherwise
        else SAME
    )


def _unit(unit) -> str:
    note = f"({unit.match.note})" if unit.match.note else ""
    return f"{unit.match.name}{note}"


def untold(one: Untold, before, after) -> str:
    """Why units that only one report names are called neither new nor abolished."""
    named, other = (after, before) if one.is_later else (before, after)
    names, what = ", ".join(one.names), "새로 생겼는지" if one.is_later else "없어졌는지"
    stated = (
        f"수({one.stated}개)만 적고 이름을 다 적지 않아" if one.stated is not None else "이름을 적지 않아"
    )
    return f"※ {one.kind_word} {len(one.names)}개({names})는 {day(named)} 자료에만 이름이 나옵니다. {day(other)} 자료는 {one.kind_word}의 {stated} {what} 알 수 없습니다."


def staffing(changes: StaffingChanges) -> str:
    """Where headcount rose and fell the most; who is new in the total; what the units of both dates come to."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return SAME
    said = [
        _extremes([line for line in changes.lines if line.kind is Kind.CHANGED]),
        *_came_and_went(changes),
    ]
    if changes.lasting:
        line = changes.lasting.figures
        said.append(
            f"두 날에 모두 있는 부서만 더하면 정원 {_arrow(line['authorized'])}, 현원 {_arrow(line['headcount'])}입니다."
        )
    return " ".join(filter(None, said)) or counted(changes.counts)


def _arrow(figure: Figure) -> str:
    if not figure.difference:
        return f"{amounts.plain(figure.new)}(그대로)"
    return f"{amounts.plain(figure.old)} → {amounts.plain(figure.new)}({amounts.signed(figure.difference)})"


def _extremes(lines: Sequence[StaffLine]) -> str:
    known = {line.name: difference for line in lines if (difference := line.figures["headcount"].difference)}
    rise, fall = max(known.values(), default=0), min(known.values(), default=0)
    parts = [
        f"현원이 가장 많이 {verb} 곳은 {', '.join(name for name, change in known.items() if change == most)}({amounts.signed(most)}명)"
        for most, verb, is_found in ((rise, "는", rise > 0), (fall, "준", fall < 0))
        if is_found
    ]
    return "이고, ".join(parts) + "입니다." if parts else ""


def _came_and_went(changes: StaffingChanges) -> Iterable[str]:
    for kind, side, words in (
        (Kind.ADDED, "new", "뒤 날의 계에는 앞 날에 없던"),
        (Kind.REMOVED, "old", "앞 날의 계에는 뒤 날에 없는"),
    ):
        units = [f"{line.name}({_people(line, side)})" for line in changes.of_kind(kind)]
        if units:
            yield f"{words} {', '.join(units)}{postposition(changes.of_kind(kind)[-1].name, ('이', '가'))} 들어 있습니다."


def _people(line: StaffLine, side: str) -> str:
    authorized, headcount = (getattr(line.figures[key], side) for key in ("authorized", "headcount"))
    return f"정원 {amounts.plain(authorized)}, 현원 {amounts.plain(headcount)}"


def money(changes: MoneyChanges, what: str) -> str:
    """The whole, and the line of it that changed the most either way."""
    if not changes.counts.differing and changes.total.kind is Kind.SAME:
        return SAME
    total = changes.total.current
    years = (
        ""
        if changes.same_year
        else f"{changes.years[0]}년과 {changes.years[1]}년의 예산이라 회계연도가 다릅니다. "
    )
    if not total.difference:
        return f"{years}{what} 예산현액의 계는 {amounts.thousand(total.new)}천원으로 같습니다. {counted(changes.counts)}"
    rate = amounts.change_percent(total.new, total.old)
    return f"{years}{what} 예산현액은 {amounts.thousand(total.old)}천원에서 {amounts.thousand(total.new)}천원으로 {amounts.signed(amounts.in_thousands(total.difference))}천원({rate}) 바뀌었습니다."


def projects(changes: ProjectChanges) -> str:
    """How many projects differ, and how the statuses of their milestones moved."""
    moves = Counter(
        (one.before.status, one.after.status)
        for project in changes.shown
        for one in project.milestones
        if one.before and one.after and one.before.status != one.after.status
    )
    if not moves:
        return counted(changes.counts)
    listed = ", ".join(
        f"{STATUSES[old]} → {STATUSES[new]} {number}건" for (old, new), number in moves.most_common()
    )
    return f"{counted(changes.counts)} 상태가 바뀐 실적·일정은 {moves.total()}건입니다({listed})."


def indicators(changes: IndicatorChanges) -> str:
    """How many indicators differ, and how many of these in their value."""
    values = sum(one.kind is Kind.CHANGED and bool(one.difference) for one in changes.indicators)
    return (
        f"{counted(changes.counts)} 값이 바뀐 지표는 {values}개입니다." if values else counted(changes.counts)
    )

"""Reports of imports as sentences, for the command and the pages."""

from seoul_digital.lib import amounts
from seoul_digital.lib.file_errors import Problem
from seoul_digital.lib.hangul import quoted
from seoul_digital.lib.tables import day

from .fields import EXECUTION, KINDS, LABELS, OVERVIEW

SHOWN_GROUPS = 40
COUNTERS = {
    "부서": "곳",
    "회계": "곳",
    "편성목": "줄",
    "통계목": "줄",
}  # what is counted at a level; else programmes
ACCOUNT_UNCLEAR = "확정된 자료에 회계를 나누지 않은 줄이 있어 한 회계만 바꿀 수 없습니다. 이 파일이 모든 회계를 말하는 것으로 봅니다."


def lines_of(incoming) -> list[str]:
    """The report of an import as lines of text."""
    report = incoming.report
    if "remarks" in report and "groups" not in report:
        return [*opening(report), f"{incoming.parts.count()}개 실·국의 자료로 나눕니다.", *report["remarks"]]
    if "groups" in report:
        rest = *notices(report), *_unasked(report), *_groups(report), total_sentence(report)
        return [target(incoming), *cautions(incoming), *rest]
    if "unknown" in report:
        return [_unknown(incoming.file_name, report["sheet"], unknown) for unknown in report["unknown"]]
    found = [Problem(**problem).sentence(incoming.file_name) for problem in report["problems"]]
    if report.get("labels"):
        found.append(
            "뜻을 모르는 열: "
            + ", ".join(f"‘{label}’" for label in report["labels"])
            + ". 화면이나 ‘열 이름 대응’에서 뜻을 정할 수 있습니다."
        )
    more = report["problem_count"] - len(found)
    return [*found, f"그 밖에 {more:,}건이 더 있습니다."] if more > 0 and not report.get("labels") else found


def target(incoming) -> str:
    """Whose budget a file is, of which year and date."""
    source = incoming.source
    year = f"{source.fiscal_year}년 " if source.fiscal_year else ""
    kind = KINDS[incoming.report["kind"]]
    return f"{source.bureau}의 {year}{kind}, {day(source.as_of)} 기준입니다."


def _unknown(file_name, sheet, unknown):
    proposals = f" 비슷한 부서: {', '.join(unknown['names'])}." if unknown["names"] else ""
    where = f"‘{sheet}’ 시트 " if sheet else ""
    return (
        f"[{file_name}] {where}{unknown['row']:,}행 ‘{LABELS['department']}’ 열: {quoted(unknown['name'], '이라는/라는')} 부서를 모릅니다({unknown['lines']:,}줄).{proposals} "
        "관리 화면의 ‘부서 이름 대응’에서 어느 부서인지 정하십시오."
    )


def opening(report) -> list[str]:
    """Return what the file is, how far it was read and what was assumed."""
    sheet = f"‘{report['sheet']}’ 시트에서 " if report["sheet"] else ""
    kind = f"{KINDS[report['kind']]} 파일입니다. {sheet}{report['read']:,}행까지 읽었습니다."
    return [kind, *report.get("assumed", [])]


def notices(report) -> list[str]:
    """Return sentences about assumptions, filled blanks, hidden rows and disagreements in the file."""
    lines = opening(report)
    if report["level"]:
        lines.append(f"확정된 자료와 나눈 단위가 달라, 둘 다 있는 ‘{report['level']}’까지 견주었습니다.")
    if report["subtotals"] and report["kind"] != OVERVIEW:
        lines.append(f"소계·합계 {report['subtotals']:,}행이 줄들의 합과 맞습니다.")
    if report["filled"]:
        lines.append(f"비어 있는 이름 {report['filled']:,}칸을 바로 위의 이름으로 읽었습니다.")
    if report["hidden"]:
        lines.append(f"숨긴 행 {report['hidden']:,}개도 읽었습니다.")
    if report["account_unclear"]:
        lines.append(ACCOUNT_UNCLEAR)
    if report["unknown_columns"]:
        lines.append("쓰지 않은 열: " + ", ".join(f"‘{label}’" for label in report["unknown_columns"]) + ".")
    if report["warning_count"]:
        first = Problem(**report["warnings"][0])
        lines.append(
            f"{first.message} {report['warning_count']:,}줄이 그렇습니다({first.place}부터). 적힌 대로 두었습니다."
        )
    return lines


def _unasked(report):
    if count := sum(proposal.get("fits", False) for proposal in report.get("proposals", [])):
        yield (
            f"{count:,}개 사업은 확정된 사업 가운데 어느 것인지 파일만으로 알 수 없어 새 사업으로 봅니다. "
            "화면에서 올리면 어느 사업인지 고를 수 있습니다."
        )


def cautions(incoming) -> list[str]:
    """What a person should look at before anything else."""
    report, source = incoming.report, incoming.source
    found = []
    if is_execution(report) and source.as_of.year != source.fiscal_year:
        found.append(
            f"기준일({day(source.as_of)})이 {source.fiscal_year} 회계연도 밖입니다. 기준일이 맞는지 확인하십시오."
        )
    total = totals(report)
    if total["executed_before"] is not None and total["executed_after"] is None:
        found.append("확정된 자료에는 집행액이 있는데 이 파일에는 없거나 빠진 줄이 있습니다.")
    return found


def is_execution(report) -> bool:
    return report["kind"] == EXECUTION


def _groups(report):
    changed = [group for group in report["groups"] if group["added"] or group["changed"] or group["gone"]]
    for group in changed[:SHOWN_GROUPS]:
        budget = f"예산현액 {amounts.thousand(group['before'])} → {amounts.thousand(group['after'])}천원"
        executed = [_executed(group)] if is_execution(report) else []
        yield f"  {group['name']}: {', '.join([*executed, _change_words(group, report), budget])}"
    if len(changed) > SHOWN_GROUPS:
        yield f"  … 그 밖에 {len(changed) - SHOWN_GROUPS:,}곳"


def _change_words(group, report):
    counter = COUNTERS.get(report["level"], "개 사업") if report["level"] else "줄"
    words = (("새로", "added"), ("바뀜", "changed"), ("없어짐", "gone"))
    return ", ".join(f"{word} {group[name]:,}{counter}" for word, name in words)


def _executed(group):
    """`집행액 1,234천원(40.1%) → 2,345천원(71.2%)`."""
    before, after = group["executed_before"], group["executed_after"]
    sides = [
        f"{amounts.thousand(spent)}천원({amounts.percent(amounts.rate(spent, budget))})"
        for spent, budget in ((before, group["before"]), (after, group["after"]))
        if spent is not None
    ]
    return f"집행액 {' → '.join(sides)}" if sides else "집행액 없음"


def totals(report) -> dict:
    """The groups added up; what was spent is unknown where it is of any of them that has lines."""
    names = ("before", "after", "lines_before", "lines_after", "added", "changed", "gone")
    total = {name: sum(group[name] for group in report["groups"]) for name in names}
    for side in ("before", "after"):
        spent = [group[f"executed_{side}"] for group in report["groups"] if group[f"lines_{side}"]]
        total[f"executed_{side}"] = None if not spent or None in spent else sum(spent)
    return total


def total_sentence(report) -> str:
    """What changes, in one sentence: of execution first what was spent, then the budget, then the lines."""
    total = totals(report)
    if not (total["added"] or total["changed"] or total["gone"]):
        return f"확정된 자료와 {total['lines_after']:,}줄이 모두 같습니다."
    executed = f"{_executed(total)}. " if is_execution(report) else ""
    before = f"{amounts.thousand(total['before'])}천원에서 " if total["lines_before"] else ""
    budget = f"예산현액이 {before}{amounts.thousand(total['after'])}천원이 됩니다."
    return f"{executed}{_change_words(total, report)}. {budget}"

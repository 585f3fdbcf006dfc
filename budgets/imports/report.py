"""Reports of imports as sentences, for the command and the pages."""

from seoul_digital.lib import amounts
from seoul_digital.lib.file_errors import Problem

from .fields import KINDS, LABELS

SHOWN_GROUPS = 40
ACCOUNT_UNCLEAR = "확정된 자료에 회계를 나누지 않은 줄이 있어 한 회계만 바꿀 수 없습니다. 이 파일이 모든 회계를 말하는 것으로 봅니다."


def lines_of(incoming) -> list[str]:
    """The report of an import as lines of text."""
    report = incoming.report
    if "groups" in report:
        return [target(incoming), *notices(report), *_groups(report), total_sentence(report)]
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
    return f"{source.bureau}의 {year}{kind}, {source.as_of:%Y-%m-%d} 기준입니다."


def _unknown(file_name, sheet, unknown):
    proposals = f" 비슷한 부서: {', '.join(unknown['names'])}." if unknown["names"] else ""
    where = f"‘{sheet}’ 시트 " if sheet else ""
    return (
        f"[{file_name}] {where}{unknown['row']:,}행 ‘{LABELS['department']}’ 열: ‘{unknown['name']}’(이)라는 부서를 모릅니다({unknown['lines']:,}줄).{proposals} "
        "관리 화면의 ‘부서 이름 대응’에서 어느 부서인지 정하십시오."
    )


def notices(report) -> list[str]:
    """Return sentences about assumptions, filled blanks, hidden rows and disagreements in the file."""
    sheet = f"‘{report['sheet']}’ 시트에서 " if report["sheet"] else ""
    lines = [f"{KINDS[report['kind']]} 파일입니다. {sheet}{report['read']:,}행까지 읽었습니다."]
    lines += report.get("assumed", [])
    if report["subtotals"]:
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


def _groups(report):
    changed = [group for group in report["groups"] if group["added"] or group["changed"] or group["gone"]]
    for group in changed[:SHOWN_GROUPS]:
        yield f"  {group['name']}: {_change_words(group)}, {amounts.thousand(group['before'])} → {amounts.thousand(group['after'])}천원"
    if len(changed) > SHOWN_GROUPS:
        yield f"  … 그 밖에 {len(changed) - SHOWN_GROUPS:,}곳"


def _change_words(group):
    return f"새로 {group['added']:,}줄, 바뀜 {group['changed']:,}줄, 없어짐 {group['gone']:,}줄"


def totals(report) -> dict:
    """The groups added up."""
    names = ("before", "after", "lines_before", "lines_after", "added", "changed", "gone")
    return {name: sum(group[name] for group in report["groups"]) for name in names}


def total_sentence(report) -> str:
    total = totals(report)
    if not (total["added"] or total["changed"] or total["gone"]):
        return f"확정된 자료와 {total['lines_after']:,}줄이 모두 같습니다."
    before = f"{amounts.thousand(total['before'])}천원에서 " if total["lines_before"] else ""
    return f"{_change_words(total)}. 예산현액이 {before}{amounts.thousand(total['after'])}천원이 됩니다."

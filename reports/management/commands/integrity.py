import json
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError

from core.integrity import Level, number, number_text
from core.snapshot import snapshots_at
from seoul_digital.lib import query_params

from ...findings import Explained, errors_left, findings_of, summary


class Command(BaseCommand):
    help = "자료의 정합성을 점검합니다. 설명되지 않은 오류가 있으면 1로 끝납니다."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of", default="", help="기준일 (2022. 8. 29. 또는 2022-08-29). 없으면 가장 새로운 기준일"
        )
        parser.add_argument(
            "--level",
            choices=[level.label for level in Level],
            default=Level.INFO.label,
            help="이 수준까지 보임 (적지 않으면 ‘참고’까지)",
        )
        parser.add_argument("--json", action="store_true", help="다른 프로그램이 읽을 JSON 목록으로 씀")

    def handle(self, *, as_of, level, json: bool, **options):
        asked = query_params.asked_date(as_of)
        if asked.error:
            raise CommandError(asked.error)
        found = [explained for snapshot in snapshots_at(asked) for explained in findings_of(snapshot)]
        deepest = next(known.rank for known in Level if known.label == level)
        shown = [explained for explained in found if explained.finding.level.rank <= deepest]
        self.stdout.write(as_json(shown) if json else as_text(shown, found))
        if errors_left(found):
            raise SystemExit(1)


def as_json(found: list[Explained]) -> str:
    return json.dumps(list(map(_entry, found)), ensure_ascii=False, indent=1)


def _entry(explained: Explained) -> dict:
    finding = explained.finding
    return {
        "id": finding.id,
        "level": finding.level.value,
        "subject": finding.subject,
        "formula": finding.formula,
        "printed": _plain(finding.printed),
        "computed": _plain(finding.computed),
        "difference": _plain(finding.difference),
        "unit": finding.unit,
        "hint": finding.hint,
        "app": finding.app,
        "department": finding.department,
        "url": finding.url,
        "explanation": explained.explanation.reason if explained.explanation else None,
    }


def _plain(value):
    shown = number(value)
    return float(shown) if isinstance(shown, Decimal) else shown


def as_text(shown: list[Explained], found: list[Explained]) -> str:
    return "\n".join([*map(_line, shown), summary(found)])


def _line(explained: Explained) -> str:
    finding = explained.finding
    numbers = ""
    if finding.difference is not None:
        first, second = finding.names
        numbers = f" {first} {number_text(finding.printed)}, {second} {number_text(finding.computed)}, 차이 {number_text(finding.difference)}"
        numbers += f" ({finding.unit})" if finding.unit else ""
    reason = f" [설명: {explained.explanation.reason}]" if explained.explanation else ""
    hint = f"\n  {finding.hint}" if finding.hint and finding.level is not Level.HOLDS else ""
    return f"[{finding.level.label}] {finding.subject}: {finding.formula}{numbers}{reason}{hint}"

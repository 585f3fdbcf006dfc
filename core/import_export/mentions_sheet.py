"""The sheet of mentions (언급) of a workbook: what each number of the rows' texts states, a line each."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from seoul_digital.lib.file_errors import Problem
from seoul_digital.lib.hangul import quoted

from ..mentions.alignment import placed
from ..mentions.formula import FormulaError, identities
from ..mentions.mention import Kind, Mention
from ..stated_facts import is_identity
from .file_reader import BLANK, MAX_ROWS, MENTIONS, SPLIT_HINT

COLUMNS = (
    "항목",
    "수",
    "단위",
    "몇 번째",
    "앞말",
    "뒷말",
    "구분",
    "근거",
    "근거 이름",
    "셈식",
    "어림",
    "없어짐",
)
KINDS = {kind.label: kind for kind in Kind}
YES = "예"
Key = tuple[str, ...]


def mentions_of(resource: Any) -> tuple[list[str], Callable[[Any], list[list[Any]]]]:
    """The head, and what gives the lines of a row; each begins with what tells its row apart."""
    keys = [column for name, column in resource.fields.items() if _is_key(resource, name)]

    def lines_of(row: Any) -> list[list[Any]]:
        named = [column.export(row) for column in keys]
        return [[*named, *_cells(row, mention)] for mention in row.all_mentions]

    return [*(column.column_name for column in keys), *COLUMNS], lines_of


def _is_key(resource: Any, name: str) -> bool:
    model = resource._meta.model
    is_named = resource.key_column is not None  # where the key stands in no file
    keys = (*model.named_by, *model.told_apart_by) if is_named else resource.get_import_id_fields()
    return name.partition("__")[0] in keys


def _cells(row: Any, mention: Mention) -> list[Any]:
    return [
        str(row._meta.get_field(mention.field).verbose_name),
        mention.number,
        mention.unit,
        str(mention.nth + 1),
        mention.before,
        mention.after,
        mention.kind.label,
        mention.target,
        mention.label,
        mention.formula,
        YES if mention.rounded else "",
        YES if mention.is_lost else "",
    ]


@dataclass
class MentionsSheet:
    """What a file says of mentions: those of each row by its key, with the number of their line."""

    keys: list[str]
    of_rows: dict[Key, list[tuple[int, Mention]]] = field(default_factory=lambda: defaultdict(list))

    def key_of(self, row: dict[str, Any]) -> Key:
        return tuple(_text(row.get(name)) for name in self.keys)

    def give(self, instance: Any, row: dict[str, Any]) -> None:
        """Give a row its mentions. ValidationError for one whose number its text does not have."""
        known = self.of_rows.get(self.key_of(row), [])
        for name in instance.mention_fields:
            own = [
                (line, mention) for line, mention in known if mention.field == name and not mention.is_lost
            ]
            missing = placed(getattr(instance, name), [mention for _, mention in own]).lost if own else ()
            if missing:
                line = next(line for line, mention in own if mention is missing[0])
                raise ValidationError(_refusal(instance, missing[0], line, [mention for _, mention in own]))
        instance.mentions = [mention.stored for _, mention in known]


def _refusal(instance: Any, missing: Mention, line: int, own: list[Mention]) -> str:
    """Why a mention finds no number: there is none, or the lines before it have them all."""
    place = f"‘{MENTIONS}’ 시트 {line:,}행: ‘{instance._meta.get_field(missing.field).verbose_name}’에"
    number = quoted(f"{missing.number}{missing.unit}", "이/가")
    if any(same.key[1:3] == missing.key[1:3] and same is not missing for same in own):
        return f"{place} 수 {number} 줄보다 적습니다. 수 하나에 줄 하나만 남겨 주세요."
    return f"{place} 수 {number} 없습니다. 수를 글과 맞추거나 이 줄을 지워 주세요."


def read_sheet(resource: Any, dataset: Any) -> tuple[MentionsSheet | None, list[Problem]]:
    """The sheet and what is wrong with it; no sheet where the file has none."""
    keys = [column.column_name for name, column in resource.fields.items() if _is_key(resource, name)]
    lines = [
        (number, values)
        for number, values in dataset.mentions or ()
        if any(value not in BLANK for value in values)
    ]
    if dataset.mentions is None or not lines:
        return None, []
    sheet, (head_row, head) = MentionsSheet(keys), lines[0]
    headers = [_text(value) for value in head]
    problems = [
        Problem(
            f"‘{name}’ 열이 없습니다.", "내보낸 파일의 머리글을 그대로 써 주세요.", MENTIONS, head_row, name
        )
        for name in (*keys, *COLUMNS)
        if name not in headers
    ]
    if len(lines) - 1 > MAX_ROWS:
        problems.append(Problem(f"언급이 {MAX_ROWS:,}줄을 넘습니다.", SPLIT_HINT, MENTIONS))
    if problems:
        return None, problems
    named = {sheet.key_of(row) for row in dataset.dict}
    for number, values in lines[1:]:
        line = dict(zip(headers, map(_text, [*values, *[None] * (len(headers) - len(values))]), strict=False))
        try:
            if sheet.key_of(line) not in named:
                raise _Wrong(
                    keys[0],
                    "이 자료가 첫 시트에 없습니다.",
                    "가리키는 열을 첫 시트와 똑같이 적거나 이 줄을 지워 주세요.",
                )
            sheet.of_rows[sheet.key_of(line)].append((number, _mention(resource._meta.model, line)))
        except _Wrong as wrong:
            problems.append(Problem(wrong.message, wrong.remedy, MENTIONS, number, wrong.column))
    return sheet, problems


class _Wrong(ValueError):
    def __init__(self, column: str, message: str, remedy: str = "") -> None:
        self.column, self.message, self.remedy = column, message, remedy


def _text(value: Any) -> str:
    return "" if value in BLANK else str(value).strip()


def _mention(model: Any, line: dict[str, str]) -> Mention:
    fields = {str(model._meta.get_field(name).verbose_name): name for name in model.mention_fields}
    kind = KINDS[_one_of(KINDS, line, "구분")]
    target, formula = line["근거"] if kind == Kind.BOUND else "", line["셈식"] if kind == Kind.DERIVED else ""
    if kind == Kind.BOUND and not is_identity(target):
        raise _Wrong(
            "근거",
            f"{quoted(target[:60], '은/는')} 근거가 아닙니다.",
            "내보낸 파일의 값을 그대로 두거나 화면에서 골라 주세요.",
        )
    try:
        named = identities(formula) if kind == Kind.DERIVED else []
        if kind == Kind.DERIVED and not (named and all(map(is_identity, named))):
            raise FormulaError("셈식에 근거가 없거나 근거가 아닌 것이 있습니다.")
    except FormulaError as error:
        raise _Wrong("셈식", str(error), "내보낸 파일의 셈식을 그대로 두거나 화면에서 골라 주세요.") from None
    stored = {
        "field": fields[_one_of(fields, line, "항목")],
        "number": line["수"],
        "unit": line["단위"],
        "nth": _turn(line["몇 번째"]),
        "before": line["앞말"],
        "after": line["뒷말"],
        "kind": kind,
        "target": target,
        "formula": formula,
        "label": line["근거 이름"],
        "rounded": line["어림"] == YES,
        "is_lost": line["없어짐"] == YES,
    }
    try:
        return Mention.of(stored)
    except ValueError:
        raise _Wrong(
            "수", f"{quoted(line['수'][:40], '은/는')} 수가 아닙니다.", "28006처럼 쉼표 없이 적어 주세요."
        ) from None


def _one_of(known: Iterable[str], line: dict[str, str], column: str) -> str:
    value = line[column]
    if value not in known:
        raise _Wrong(
            column,
            f"{quoted(value[:40], '은/는')} 고를 수 없습니다.",
            f"{', '.join(known)} 가운데 하나를 적어 주세요.",
        )
    return value


def _turn(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) > 0 and len(text) < 6):
        raise _Wrong("몇 번째", f"{quoted(text[:40], '은/는')} 차례가 아닙니다.", "1, 2, 3처럼 적어 주세요.")
    return int(text) - 1

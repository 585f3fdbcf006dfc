"""Filters of the cross-tab, from the query string, falling back safely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from seoul_digital.lib import query_params, tables
from seoul_digital.lib.hangul import postposition, quoted, with_particle

from ..expenditure.drilldown import LEVELS

DIMENSIONS = {
    "department": "부서",
    "account": "회계",
    **LEVELS,
    "object_group": "편성목",
    "object_name": "통계목",
}
MEASURES = {
    "current": "예산현액",
    "committed": "집행액(원인행위)",
    "rate": "집행률(원인행위)",
    "unexecuted": "집행잔액(원인행위 기준)",
}
OPTIONS = {"rows": ("행", DIMENSIONS), "columns": ("열", DIMENSIONS), "measure": ("값", MEASURES)}
EARLIER, EARLIER_WORD = (
    "from",
    "앞의 날",
)  # parameter and label of the earlier date, as on the comparison page
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class CrossTabFilters:
    """`earlier` is the base date to compare with, if any; `errors` (Korean) say what could not be taken as asked."""

    rows: str = "department"
    columns: str = "account"
    measure: str = "current"
    earlier: date | None = None
    errors: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, parameters: Mapping[str, str], as_of: date | None) -> Self:
        """`as_of`: the date of the page, which the earlier date must precede."""
        chosen, errors = {}, []
        for name, (word, options) in OPTIONS.items():
            asked, default = parameters.get(name, ""), getattr(cls, name)
            chosen[name] = asked if asked in options else default
            if asked and asked not in options:
                shown = _quoted_with_direction(options[default])
                errors.append(
                    f"{quoted(asked[:LONGEST_SHOWN], '이라는/라는')} {with_particle(word, '은/는')} 없어 {shown} 보입니다."
                )
        if chosen["rows"] == chosen["columns"]:
            chosen["columns"] = "account" if chosen["rows"] != "account" else "department"
            if parameters.get("columns") in DIMENSIONS:
                shown = _quoted_with_direction(DIMENSIONS[chosen["columns"]])
                errors.append(f"행과 열은 서로 달라야 하므로 열을 {shown} 바꾸었습니다.")
        earlier = query_params.asked_date(parameters.get(EARLIER, ""), EARLIER_WORD)
        if earlier.error:
            errors.append(earlier.error)
        elif earlier.on and as_of and earlier.on >= as_of:
            errors.append(
                f"{with_particle(EARLIER_WORD, '은/는')} 기준일({tables.day(as_of)})보다 앞서야 합니다."
            )
            earlier = query_params.AskedDate()
        return cls(**chosen, earlier=earlier.on, errors=tuple(errors))

    @property
    def fields(self) -> list[tuple[str, str, Mapping[str, str], str]]:
        """Name, label, options and chosen value of each selection."""
        return [(name, word, options, getattr(self, name)) for name, (word, options) in OPTIONS.items()]

    @property
    def row_label(self) -> str:
        return DIMENSIONS[self.rows]

    @property
    def column_label(self) -> str:
        return DIMENSIONS[self.columns]

    @property
    def measure_label(self) -> str:
        return MEASURES[self.measure]

    @property
    def is_rate(self) -> bool:
        return self.measure == "rate"

    @property
    def is_of_budget(self) -> bool:
        """Whether what was executed plays no part."""
        return self.measure == "current"

    @property
    def is_any(self) -> bool:
        return self != type(self)()


def _quoted_with_direction(label: str) -> str:
    """`‘부서’로`, `‘회계명’으로`"""
    return f"‘{label}’{postposition(label, ('으로', '로'))}"

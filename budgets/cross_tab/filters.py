"""Filters of the cross-tab, from the query string, falling back safely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.language import with_facts
from seoul_digital.lib import query_params, tables
from seoul_digital.lib.hangul import quoted, with_particle

from ..expenditure.drilldown import LEVELS

DIMENSIONS = {
    "department": gettext_lazy("부서"),
    "account": gettext_lazy("회계"),
    **LEVELS,
    "object_group": gettext_lazy("편성목"),
    "object_name": gettext_lazy("통계목"),
}
MEASURES = {
    "current": gettext_lazy("예산현액"),
    "committed": gettext_lazy("집행액(원인행위)"),
    "rate": gettext_lazy("집행률(원인행위)"),
    "unexecuted": gettext_lazy("집행잔액(원인행위 기준)"),
}
OPTIONS = {
    "rows": (gettext_lazy("행"), DIMENSIONS),
    "columns": (gettext_lazy("열"), DIMENSIONS),
    "measure": (gettext_lazy("값"), MEASURES),
}
EARLIER, EARLIER_WORD = (
    "from",
    gettext_lazy("앞의 날"),
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
                errors.append(_unknown(asked[:LONGEST_SHOWN], str(word), str(options[default])))
        if chosen["rows"] == chosen["columns"]:
            chosen["columns"] = "account" if chosen["rows"] != "account" else "department"
            if parameters.get("columns") in DIMENSIONS:
                name = str(DIMENSIONS[chosen["columns"]])
                sentence = _("행과 열은 서로 달라야 하므로 열을 %(name_as)s 바꾸었습니다.")
                errors.append(sentence % {"name": name, "name_as": quoted(name, "으로/로")})
        earlier = query_params.asked_date(parameters.get(EARLIER, ""), str(EARLIER_WORD))
        if earlier.error:
            errors.append(earlier.error)
        elif earlier.on and as_of and earlier.on >= as_of:
            sentence = _("앞의 날은 기준일(%(day)s)보다 앞서야 합니다.")
            errors.append(sentence % {"day": tables.day(as_of)})
            earlier = query_params.AskedDate()
        return cls(**chosen, earlier=earlier.on, errors=tuple(errors))

    @property
    def fields(self) -> list[tuple[str, str, Mapping[str, str], str]]:
        """Name, label, options and chosen value of each selection."""
        return [(name, word, options, getattr(self, name)) for name, (word, options) in OPTIONS.items()]

    @property
    def row_label(self) -> str:
        return str(DIMENSIONS[self.rows])

    @property
    def column_label(self) -> str:
        return str(DIMENSIONS[self.columns])

    @property
    def measure_label(self) -> str:
        return str(MEASURES[self.measure])

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


def _unknown(asked: str, word: str, default: str) -> str:
    """`‘팀’이라는 행은 없어 ‘부서’로 보입니다.`"""
    return with_facts(
        _("%(asked_named)s %(word_topic)s 없어 %(default_as)s 보입니다."),
        asked=asked,
        asked_named=quoted(asked, "이라는/라는"),
        word=word,
        word_topic=with_particle(word, "은/는"),
        default=default,
        default_as=quoted(default, "으로/로"),
    )

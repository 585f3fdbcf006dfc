"""The bureau that something belongs to: of the units only those of that kind, in forms, in files and in the database."""

from typing import Any

from django.conf import settings
from django.db import models

ONLY_BUREAUS = {"kind": "bureau"}
NO_BUREAU = "국·정책관이 아닌 부서입니다. 담당관·과·팀이 아니라 그 위의 국·정책관을 골라 주세요."


def bureau_key(on_delete: Any, **options: Any) -> Any:
    """A foreign key; `core.audit.choices` has the database hold it to bureaus."""
    return models.ForeignKey(
        settings.ORGANISATION_UNIT_MODEL,
        on_delete,
        verbose_name="국·정책관",
        limit_choices_to=ONLY_BUREAUS,
        error_messages={"invalid": NO_BUREAU},
        **options,
    )

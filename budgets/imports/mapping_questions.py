"""Questions about unknown names of departments and columns in a file, and people's answers."""

from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction

from core.audit.recording import change_reason
from departments.bureaus import unit_labels
from departments.models import Department
from seoul_digital.lib.hangul import fold
from seoul_digital.lib.typed_text import within

from ..models import BudgetImport, ColumnMapping, DepartmentAlias
from .fields import IGNORED, LABELS, plain_label
from .options import Options
from .sandbox.row_parser import YEARS
from .sandbox.sandbox_protocol import SCALES

DEPARTMENT, COLUMN = "department-", "column-"  # fields of the form, numbered as the report has the names
LONGEST_NAME = 80
NEW = "new-bureau"  # the answer that makes one
WHOLE = "whole-"  # those of the whole file
MEANINGS = [*LABELS.items(), (IGNORED, "쓰지 않음")]


def questions(incoming: BudgetImport) -> dict:
    """The unknown departments with those proposed first, the unknown columns with the file's first rows, what the file lacks."""
    report = incoming.report
    missing = report.get("missing", [])
    asked = "unknown" in report or "department" in missing
    units = unit_labels(Options.from_dict(incoming.options).day) if asked else {}
    if is_of_bureaus := report.get("bureaus", False):
        bureaus = Department.objects.filter(kind=Department.Kind.BUREAU).values_list("slug", flat=True)
        units = {slug: units[slug] for slug in bureaus.order_by("name")}
    departments = [
        {
            **unknown,
            "field": f"{DEPARTMENT}{number}",
            "options": [(slug, units[slug]) for slug in unknown["proposals"] if slug in units],
        }
        for number, unknown in enumerate(report.get("unknown", []))
    ]
    columns = [
        {"label": label, "field": f"{COLUMN}{number}"}
        for number, label in enumerate(report.get("labels", []))
    ]
    return {
        "departments": departments,
        "units": units.items(),
        "of_bureaus": is_of_bureaus,
        "unit_word": "실·국" if is_of_bureaus else "부서",
        "new": NEW,
        "columns": columns,
        "missing": {name: f"{WHOLE}{name}" for name in missing},
        "meanings": MEANINGS,
        "money_units": SCALES,
        "sample": report.get("sample", []),
    }


@transaction.atomic
def answer(incoming: BudgetImport, given: Mapping[str, str], may_create: bool = False) -> None:
    """Keeps the answers of a form for this file and later ones of its bureau; what is not answered stays unknown.

    `may_create`: whether the person may make the bureaus that are not known.
    """
    report, meanings = incoming.report, dict(MEANINGS)
    with change_reason(f"예산 파일의 이름: {incoming.file_name}"):
        for number, unknown in enumerate(report.get("unknown", [])):
            chosen = given.get(f"{DEPARTMENT}{number}", "")
            if chosen == NEW and report.get("bureaus") and may_create:
                name = unknown["name"]
                slug = f"bureau-{sha256(fold(name).encode()).hexdigest()[:16]}"
                new = {"name": within(LONGEST_NAME, name), "kind": Department.Kind.BUREAU}
                Department.objects.get_or_create(slug=slug, defaults=new)
            elif unit := Department.objects.filter(slug=chosen).first():
                DepartmentAlias.objects.update_or_create(
                    bureau=incoming.bureau, name=fold(unknown["name"]), defaults={"department": unit}
                )
        for number, label in enumerate(report.get("labels", [])):
            meaning = given.get(f"{COLUMN}{number}", "")
            if meaning in meanings:
                ColumnMapping.objects.update_or_create(
                    bureau=incoming.bureau, label=plain_label(label)[:80], defaults={"field": meaning}
                )
    incoming.options = incoming.options | _of_the_whole(report.get("missing", []), given)
    incoming.save(update_fields=["options", "beat_at"])


def _of_the_whole(missing, given):
    """The department (slug), fiscal year and unit that hold for every line, where they are given and can be."""
    answers = {}
    if (
        "department" in missing
        and Department.objects.filter(slug=given.get(f"{WHOLE}department", "")).exists()
    ):
        answers["department"] = given[f"{WHOLE}department"]
    if "money_unit" in missing and given.get(f"{WHOLE}money_unit") in SCALES:
        answers["unit"] = given[f"{WHOLE}money_unit"]
    year = given.get(f"{WHOLE}fiscal_year", "")
    if "fiscal_year" in missing and year.isdecimal() and int(year) in YEARS:
        answers["fiscal_year"] = int(year)
    return answers

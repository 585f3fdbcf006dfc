"""Execution summaries from plain values, without a database. Amounts are in 천원."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from budgets.expenditure.execution import Execution, ExecutionSummary
from core.models import ControlTotal, Source
from seoul_digital.lib.reported import ReportedFigure

PACE = Fraction(241, 365)


def in_won(thousands):
    return None if thousands is None else thousands * 1000


def row(label, current, previous=None, committed=None, accounts=(), slug=""):
    slug = slug or label
    accounts = tuple(replace(account, slug=slug, department=label) for account in accounts)
    return Execution(
        label, in_won(current), in_won(previous), in_won(committed), slug=slug, accounts=accounts
    )


def account(label, kind, current, previous=None, committed=None):
    return Execution(label, in_won(current), in_won(previous), in_won(committed), account=kind)


def total_of(rows, name):
    values = [getattr(one, name) for one in rows]
    return None if None in values else sum(values)


def summary_of(*departments, previous=..., totals=None, notes=(), year=2022):
    """`previous`: the whole of last year where it is not what the departments add up to."""
    before = total_of(departments, "previous") if previous is ... else in_won(previous)
    total = Execution("계", total_of(departments, "current"), before, total_of(departments, "committed"))
    return ExecutionSummary(year, date(2022, 8, 29), PACE, total, tuple(departments), notes, totals or {})


def printed(**values):
    """Control totals of the whole in 2022, by measure, in 원 or percent."""
    return {
        ("", measure, 2022): ControlTotal(source=Source(), measure=measure, value=value, printed="…")
        for measure, value in values.items()
    }


# As in the report, without the accounts of other departments.
SECURITY = row(
    "정보통신보안담당관",
    33_716_436,
    33_106_529,
    19_056_893,
    [
        account("일반회계", "general", 22_952_023, 30_142_602, 17_088_618),
        account("특별회계", "special", 10_764_413, 2_963_927, 1_968_275),
    ],
    slug="ict-security",
)
CENTER = row("데이터센터", 46_706_677, 25_923_001, 25_640_449, slug="data-center")
BIG_DATA = row("빅데이터담당관", 14_817_415, 11_053_517, 13_077_831, slug="big-data")
ARCHIVES = row("서울기록원", 4_658_912, 4_660_865, 3_637_806, slug="seoul-archives")


def won(computed, printed=None, terms=1):
    """An amount in 원, printed to 천원."""
    return ReportedFigure(computed, printed, terms, 1_000)

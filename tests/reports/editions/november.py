"""A next report of the same bureau that is consistent, written as its people would write it."""

from collections import Counter
from decimal import Decimal

from budgets.models import BudgetFigure, RevenueFigure
from core.plausibility.held_totals import MovedTotals
from core.plausibility.last_report import last_row
from core.plausibility.rules import doubts
from departments.models import JobSeries, Staffing
from projects.models import Brief, Contact, Measurement, Milestone
from reports.editions.snapshot import own_sources, snapshot_of
from seoul_digital.lib.number_notation import same_notation
from seoul_digital.lib.number_tokens import number_tokens
from tests.slips import change

RENEWED = ("stock", "flow", "cumulative", "in_progress")


def asked(*rows):
    """What forms that save the rows together ask about."""
    totals = MovedTotals()
    for row in rows:
        totals.add(row)
    return [*(sentence for row in rows for sentence in doubts(row)), *totals.broken()]


class Clerk:
    """Saves rows as forms do, and counts those that asked for a confirmation."""

    def __init__(self, edition):
        self.sources = own_sources(edition, snapshot_of(edition))
        self.asked = Counter()
        self.saved = 0

    def save(self, row, **values):
        for name, value in values.items():
            setattr(row, name, value)
        self.asked[type(row).__name__] += bool(asked(row))
        self.saved += 1
        for series in JobSeries.objects.all() if isinstance(row, Staffing) else ():
            if series.form_field in values:
                change(row.counts.filter(series=series), count=values[series.form_field])
        row.save()

    def staffing(self, slug):
        return Staffing.objects.get(source__in=self.sources, department__slug=slug)

    def move(self, series, origin, goal, *, with_post):
        """A person, and perhaps the post, from one unit to another."""
        for slug, step in ((origin, -1), (goal, 1)):
            row = self.staffing(slug)
            count = row.counts.get(series=series).count + step
            posts = {"authorized": row.authorized + step} if with_post else {}
            self.save(row, **{series.form_field: count}, **posts)


def renewed(value):
    """Grown by some three per cent, as whole as it was."""
    exact = -min(0, value.normalize().as_tuple().exponent)
    return round(value * Decimal("1.03"), exact)


def measured_anew(clerk):
    """Values of the report's own day, of indicators that stand alone: a table that adds up is renewed as a whole."""
    rows = Measurement.objects.filter(
        source__in=clerk.sources, indicator__kind__in=RENEWED, measured_printed="", measured_on="2022-08-29"
    )
    for row in rows.filter(indicator__parent=None, indicator__children=None).order_by("pk"):
        alone = Measurement.objects.filter(source=row.source, indicator=row.indicator).count() == 1
        tokens = number_tokens(row.printed)
        quoted = Milestone.objects.filter(recorded_in__contains=row.printed).exists()
        if alone and not quoted and len(tokens) == 1 and tokens[0].value == row.value and row.value > 10:
            yield row


def write_november(clerk):
    general = JobSeries.objects.get(name="일반직")
    clerk.move(general, "data-center", "digital-policy", with_post=True)
    clerk.move(general, "ict-security", "big-data", with_post=True)
    clerk.move(general, "spatial-information", "data-center", with_post=False)
    clerk.move(general, "digital-policy", "ict-security", with_post=False)
    for figure in BudgetFigure.objects.filter(source__in=clerk.sources, committed=None):
        last = last_row(figure, "committed")
        if last and last.values["committed"]:
            clerk.save(figure, committed=min(last.values["committed"] * 23 // 20, figure.current))
    for row in measured_anew(clerk):
        (token,) = number_tokens(row.printed)
        printed = same_notation(token, renewed(row.value))
        value = number_tokens(printed)[0].value
        printed = row.printed[: token.start] + printed + row.printed[token.end :]
        clerk.save(row, value=value, printed=printed, measured_on="2022-11-01")
    schedule = Milestone.objects.filter(brief__source__in=clerk.sources, listing="schedule")
    for milestone in schedule.exclude(end="").filter(end__lt="2022-11"):
        clerk.save(milestone, title=f"{milestone.title} 완료", recorded="done", recorded_in="완료")
    due = schedule.filter(end="2022-12").exclude(brief__project__indicators__targets__due="2022-12")
    for milestone in due:
        clerk.save(milestone, start="", end="2023-01", period_printed="~ ’23. 1.")
    for brief in Brief.objects.filter(source__in=clerk.sources):
        clerk.save(brief, achievements=f"{brief.achievements}\nㅇ 자치구와 성과를 공유하고 확산 방안 협의")
    head = Contact.objects.filter(brief__source__in=clerk.sources, role__endswith="담당관").first()
    for contact in Contact.objects.filter(brief__source__in=clerk.sources, names=head.names):
        clerk.save(contact, names="김새로")
    for figure in RevenueFigure.objects.filter(source__in=clerk.sources, fiscal_year=2022)[:3]:
        clerk.save(figure, current_budget=(figure.current_budget or 0) + 731_000_000)

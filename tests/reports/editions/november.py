"""A next report of the same bureau that is consistent, written as its people would write it."""

from collections import Counter
from decimal import Decimal

from budgets.models import BudgetFigure, RevenueFigure
from core.plausibility.held_totals import MovedTotals
from core.plausibility.last_report import last_row
from core.plausibility.rules import doubts
from departments.models import JobSeries, Staffing
from projects.models import Contact, Measurement, Milestone
from reports.editions.snapshot import own_sources, snapshot_of
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
    measured = Measurement.objects.filter(source__in=clerk.sources, indicator__kind__in=RENEWED)
    newest = {(row.indicator_id, row.place): row for row in measured.order_by("measured_on")}
    for row in newest.values():
        clerk.save(row, value=renewed(row.value), measured_on="2022-10")
    for milestone in Milestone.objects.filter(brief__source__in=clerk.sources, listing="schedule"):
        clerk.save(milestone, recorded="done", recorded_in="완료")
    for milestone in Milestone.objects.filter(brief__source__in=clerk.sources, end="2022-12"):
        clerk.save(milestone, end="2023-01")
    head = Contact.objects.filter(brief__source__in=clerk.sources, role__endswith="담당관").first()
    for contact in Contact.objects.filter(brief__source__in=clerk.sources, names=head.names):
        clerk.save(contact, names="김새로")
    for figure in RevenueFigure.objects.filter(source__in=clerk.sources, fiscal_year=2022)[:3]:
        clerk.save(figure, current_budget=(figure.current_budget or 0) + 731_000_000)

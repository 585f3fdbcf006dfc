"""Queries of the budget in the field's words."""

from django.db.models import Min, Q, Sum

from departments.models import FactQuerySet


def speaks_for(source):
    """The lines that a source of limited scope speaks for; every line, where it names no department or account."""
    limits = Q()
    if source.department_id:
        limits &= Q(line__department=source.department_id)
    if source.account:
        limits &= Q(line__account_kind=source.account) | Q(line__account_name=source.account)
    return limits


class BudgetFigureQuerySet(FactQuerySet):
    def of_newest(self, sources):
        """The figures that count of sources given newest first.

        What a newer source speaks for, an older one no longer says: a later file of a special account leaves the
        general account of an earlier delivery in force.
        """
        counted, covered = Q(pk__in=[]), None
        for source in sources:
            counted |= Q(source=source) if covered is None else Q(source=source) & ~covered
            limits = speaks_for(source)
            if not limits:
                break
            covered = limits if covered is None else covered | limits
        return self.filter(counted)

    def by_account(self):
        """A row a department and account, in 원: current, committed, disbursed, and its place in the source."""
        return (
            self.values("line__department__slug", "line__department__name", "line__account_kind", "line__account_name")
            .annotate(
                total_current=Sum("current"),
                total_committed=Sum("committed"),
                total_disbursed=Sum("disbursed"),
                place=Min("line__order"),
            )
            .order_by("place", "line__department__name", "line__account_kind")
        )

    def of_department(self, department):
        return self.filter(line__department=department).select_related("line", "source").order_by("line__order", "pk")

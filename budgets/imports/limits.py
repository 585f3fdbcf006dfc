"""Of what a file speaks: everything, or one department or account only, so that the others stay as they are."""

from budgets.models import BudgetLine
from departments.models import Department

from .comparison import Comparison


def possible(source, departments, accounts, options) -> dict:
    """`department` (key) and `account` to which a file of these departments and accounts (kind, name) could be limited.

    What a person has said of the file, or else what leaves something in force that would be gone if the file spoke for everything. Lines of no
    account are of all accounts: beside them a file of one account would count twice, so there it has to speak for everything.
    """
    then, stated = Comparison.of(source).then, bool(options.department or options.account)
    limits = {}
    if len(departments) == 1 and (options.department or (not stated and then.exclude(line__department__in=departments).exists())):
        limits["department"] = next(iter(departments))
        then = then.filter(line__department__in=departments)
    account = _common(accounts)
    if account and not then.filter(line__account_kind="").exists():
        others = then.exclude(line__account_kind=account).exclude(line__account_name=account)
        if options.account or (not stated and others.exists()):
            limits["account"] = account
    return limits


def _common(accounts):
    """The one account that all lines are of, or their kind; '' for none, or where files do not say."""
    kinds, names = {kind for kind, _ in accounts}, {name for _, name in accounts}
    if len(kinds) != 1:
        return ""
    return next(iter(names)) if len(names) == 1 and names != {""} else next(iter(kinds))


def apply(source, limits):
    """Limits a draft; with no limits it speaks for everything."""
    source.department_id, source.account = limits.get("department"), limits.get("account", "")
    source.save(update_fields=["department", "account"])


def words(incoming) -> dict:
    """Of a draft that could be limited: to what, whether it is, and what that means for the rest."""
    could = incoming.report["could_limit"]
    if not could:
        return {}
    unit = Department.objects.filter(pk=could.get("department")).first()
    account = could.get("account", "")
    names = [unit.name if unit else "", account and dict(BudgetLine.AccountKind.choices).get(account, account)]
    return {"name": " ".join(filter(None, names)), "limited": bool(incoming.source.department_id or incoming.source.account)}

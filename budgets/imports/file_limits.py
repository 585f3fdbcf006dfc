"""Limits of a file: everything, or one department or account, so that the others stay in force."""

from core.models import Source
from departments.models import Department

from ..models import BudgetImport, BudgetLine
from .comparison import Comparison
from .options import Options

BESIDE_GENERAL = {BudgetLine.AccountKind.SPECIAL, BudgetLine.AccountKind.FUND}


def possible(
    source: Source, departments: set[int], accounts: set[tuple[str, str]], options: Options
) -> tuple[dict, bool]:
    """`department` (key) and `account` to which a file of these departments and accounts (kind, name) could be limited.

    What a person has said of the file, or else what leaves something in force that would be gone if the file spoke for everything; a special
    account's file never speaks for the general account. Lines of no account are of all accounts, and special ones of no name of all special
    accounts: beside those of the same department a file of one account would count twice. So it takes the place of all special accounts, or
    has to speak for everything: the second value tells where that is so although the file should be limited.
    """
    then, is_given = Comparison.of(source).then, bool(options.department or options.account)
    limits = {}
    if len(departments) == 1 and (
        options.department or (not is_given and then.exclude(line__department__in=departments).exists())
    ):
        limits["department"] = next(iter(departments))
        then = then.filter(line__department__in=departments)
    of_same = then.filter(line__department__in=departments, line__account_name="")
    kinds = {kind for kind, _ in accounts}
    is_special = len(kinds) == 1 and kinds <= BESIDE_GENERAL
    kind = min(kinds) if is_special else ""
    account = kind if kind and of_same.filter(line__account_kind=kind).exists() else _common(accounts)
    others = then.exclude(line__account_kind=account).exclude(line__account_name=account)
    wanted = bool(account) and (is_special or options.account or (not is_given and others.exists()))
    is_unclear = of_same.filter(line__account_kind="").exists()
    if wanted and not is_unclear:
        limits["account"] = account
    return limits, bool(is_unclear and (options.account or is_special))


def _common(accounts):
    """The one account that all lines are of, or their kind; '' for none, or where files do not say."""
    kinds, names = {kind for kind, _ in accounts}, {name for _, name in accounts}
    if len(kinds) != 1:
        return ""
    return next(iter(names)) if len(names) == 1 and names != {""} else next(iter(kinds))


def apply(source: Source, limits: dict) -> None:
    """Limits a draft; with no limits it speaks for everything."""
    source.department_id, source.account = limits.get("department"), limits.get("account", "")
    source.save(update_fields=["department", "account"])


def words(incoming: BudgetImport) -> dict:
    """Return what a draft could be limited to, and whether it is; empty where it could not."""
    could = incoming.report.get("could_limit")
    if not could:
        return {}
    unit = Department.objects.filter(pk=could.get("department")).first()
    account = could.get("account", "")
    names = [
        unit.name if unit else "",
        account and dict(BudgetLine.AccountKind.choices).get(account, account),
    ]
    return {
        "name": " ".join(filter(None, names)),
        "limited": bool(incoming.source.department_id or incoming.source.account),
    }

"""Single slips in the seeded report, and the findings that tell of them."""

from itertools import chain

from core import integrity
from core.integrity import Level
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate


def wrong(check):
    """What a check finds wrong in the report as it is stored now, in all scopes that it takes one at a time."""
    name, snapshot = f"{check.__module__}.{check.__qualname__}", snapshots_at(AskedDate(None))[0]
    parts = [part.findings(snapshot) for part in integrity._checks if part.name == name]
    return [finding for finding in chain.from_iterable(parts) if finding.level is not Level.HOLDS]


def found_by(check):
    """Their levels by id."""
    return {finding.id: finding.level for finding in wrong(check)}


def fingerprints(check):
    """What explanations of them hold for."""
    return {finding.id: finding.fingerprint for finding in wrong(check)}


def change(query, **values):
    """Changes the one row of a query past the administration, as a slip in a file would."""
    (key,) = query.values_list("pk", flat=True)
    type(query.get()).objects.filter(pk=key).update(**values)

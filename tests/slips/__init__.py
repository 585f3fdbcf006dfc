"""Single slips in the seeded report, and the findings that tell of them."""

from core.integrity import Level
from core.snapshot import snapshots_at
from seoul_digital.lib.query_params import AskedDate


def found_by(check):
    """By id the level of what a check finds wrong in the report as it is stored now."""
    findings = check(snapshots_at(AskedDate(None))[0])
    return {finding.id: finding.level for finding in findings if finding.level is not Level.HOLDS}


def fingerprints(check):
    """The same with what an explanation of it holds for."""
    findings = check(snapshots_at(AskedDate(None))[0])
    return {finding.id: finding.fingerprint for finding in findings if finding.level is not Level.HOLDS}


def change(query, **values):
    """Changes the one row of a query past the administration, as a slip in a file would."""
    (key,) = query.values_list("pk", flat=True)
    type(query.get()).objects.filter(pk=key).update(**values)

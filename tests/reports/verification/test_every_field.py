"""Each field of what reports keep, changed by SQL past the program: it is named."""

import pytest

from core.audit.verification import Verified
from reports.models import (
    Edition,
    EditionEvent,
    EditionSource,
    Explanation,
    PublishedFile,
    PublishedReport,
    Submission,
)
from reports.verification.published import verify_published
from tests.reports.editions.conftest import publish
from tests.tampering import drop_all_triggers, unnamed_fields

pytestmark = [pytest.mark.django_db, pytest.mark.engine, pytest.mark.usefixtures("quick_formats")]
MODELS = (Edition, EditionEvent, EditionSource, Explanation, PublishedFile, PublishedReport, Submission)


def lines():
    return [str(each) for each in verify_published(Verified(""))]


@pytest.mark.thorough
def test_each_field_of_each_model_of_reports_is_named(reviewed, planner):
    publish(reviewed, planner)
    Explanation.objects.create(
        bureau=reviewed.bureau, finding="staffing/sum", fingerprint="x", reason="단수", explained_by=planner
    )
    drop_all_triggers()
    rows = {model: model._base_manager.order_by("pk").last() for model in MODELS}
    assert None not in rows.values()
    looks = {PublishedReport: lines, PublishedFile: lines}
    missed = [
        name
        for model, row in rows.items()
        for name in unnamed_fields(model, row, looks.get(model, lambda: ()))
    ]
    assert missed == []

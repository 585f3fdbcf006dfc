"""The subjects of administration, on its index and at its side."""

from django.contrib import admin

from core.page_links import pages_of_model
from reports.admin_site import OTHERS, SUBJECTS
from tests.audit import RESTORABLE


def test_every_model_that_readers_see_has_a_subject():
    named = {label for labels in SUBJECTS.values() for label in labels}
    shown = [model for model in RESTORABLE if pages_of_model(model)]
    assert {model._meta.label_lower for model in shown} <= named
    assert named <= {model._meta.label_lower for model in admin.site._registry}


def test_the_side_lists_the_subjects_too(admin_client, seeded):
    page = admin_client.get("/admin/departments/staffing/")
    assert [subject["name"] for subject in page.context["available_apps"]] == [*SUBJECTS, OTHERS]

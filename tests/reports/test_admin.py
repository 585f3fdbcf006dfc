"""Editions in admin are looked at; the work is done on their pages."""

from types import SimpleNamespace

import pytest
from django.contrib import admin

from reports.models import Edition, Explanation, PublishedReport
from tests.factories import make_edition, publish_file


@pytest.mark.parametrize("model", [Edition, PublishedReport, Explanation])
def test_nothing_is_added_changed_or_deleted(rf, model):
    registered = admin.site._registry[model]
    request = rf.get("/")
    assert not registered.has_add_permission(request)
    assert not registered.has_change_permission(request)
    assert not registered.has_delete_permission(request)


def test_list_of_editions_is_for_those_who_change_them(rf):
    registered, request = admin.site._registry[Edition], rf.get("/")
    for held, found in (("reports.change_edition", True), ("reports.view_edition", False)):
        request.user = SimpleNamespace(has_perm=lambda name, held=held: name == held)
        assert registered.has_view_permission(request) is found


def test_published_report_lists_its_files_with_their_sums(admin_client, seeded):
    report = PublishedReport.objects.create(edition=make_edition("2022-11-03", "review"), report="{}")
    publish_file(report, b"%PDF", extension="pdf", name="보고.pdf")
    page = admin_client.get(f"/admin/reports/publishedreport/{report.pk}/change/").content.decode()
    sha256 = "315d429b7714cedb6ad04ac31240145257692630457f3c88253c5beceac76027"
    assert f"<p>보고.pdf (4\xa0바이트) {sha256}</p>" in page

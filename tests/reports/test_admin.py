"""Editions in admin are looked at; the work is done on their pages."""

from types import SimpleNamespace

import pytest
from django.contrib import admin

from reports.models import Edition, Explanation, PublishedReport


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


def test_published_report_lists_its_files_with_their_sums():
    files = [SimpleNamespace(name="보고.pdf", size=2048, sha256="ab<")]
    published = SimpleNamespace(files=SimpleNamespace(defer=lambda name: files))
    listed = admin.site._registry[PublishedReport].file_list(published)
    assert listed.replace("\xa0", " ") == "<p>보고.pdf (2.0 KB) ab&lt;</p>"

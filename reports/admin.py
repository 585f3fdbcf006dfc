"""Editions in admin: to be looked at. The work is done on /reports/, where every step is kept."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html_join
from django_tasks_db.models import DBTaskResult

from .models import Edition, Explanation, PublishedReport

admin.site.unregister(DBTaskResult)  # background work has nothing to be edited, and no Korean


class LookedAt(admin.ModelAdmin):
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Edition)
class EditionAdmin(LookedAt):
    list_display = ("title", "bureau", "council_session", "as_of", "deadline", "state")
    list_select_related = ("bureau",)
    list_filter = ("state",)
    search_fields = ("title", "council_session")
    date_hierarchy = "as_of"

    def has_view_permission(self, request, obj=None):
        """Who takes part in an edition sees his own on its page; here are those of all bureaus."""
        return request.user.has_perm("reports.change_edition")


@admin.register(PublishedReport)
class PublishedReportAdmin(LookedAt):
    list_display = ("edition", "published_at", "published_by", "sha256")
    list_select_related = ("edition", "published_by")
    fields = ("edition", "published_at", "published_by", "sha256", "file_list")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("report", "before")

    @admin.display(description="발행한 파일")
    def file_list(self, published):
        files = published.files.all()
        rows = ((file.name, filesizeformat(file.size), file.sha256) for file in files)
        return format_html_join("", "<p>{} ({}) {}</p>", rows)


@admin.register(Explanation)
class ExplanationAdmin(LookedAt):
    list_display = ("finding", "reason", "bureau", "explained_by", "explained_at")
    list_select_related = ("bureau", "explained_by")
    search_fields = ("finding", "reason")
    date_hierarchy = "explained_at"

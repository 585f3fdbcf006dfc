from django.urls import include, path

from . import views_document, views_editions, views_parts, views_publishing

edition_pages = [
    path("", views_editions.index, name="list"),
    path("new/", views_editions.new, name="new"),
    path("<int:pk>/", views_editions.edition, name="edition"),
    path("<int:pk>/edit/", views_editions.edit, name="edit"),
    path("<int:pk>/events/", views_editions.events, name="events"),
    path("<int:pk>/state/", views_editions.change_state, name="state"),
    path("<int:pk>/delete/", views_editions.delete_edition, name="delete"),
    path("<int:pk>/parts/<slug:unit>/<slug:part>/", views_parts.part, name="part"),
    path("<int:pk>/parts/<slug:unit>/<slug:part>/<slug:project>/", views_parts.part, name="part"),
    path("<int:pk>/findings/", views_parts.edition_findings, name="findings"),
    path("<int:pk>/missing/", views_parts.missing, name="missing"),
    path("<int:pk>/remind/", views_parts.remind, name="remind"),
    path("<int:pk>/publish/", views_publishing.publish, name="publish"),
    path("<int:pk>/document/", views_publishing.document, name="document"),
    path("<int:pk>/files/<slug:extension>/", views_publishing.file, name="file"),
    path("<int:pk>/changes/", views_publishing.changes, name="changes"),
]

urlpatterns = [
    path("document/", views_document.live, name="document"),
    path("reports/", include((edition_pages, "reports"))),
]

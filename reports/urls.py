from django.urls import include, path

from .views import document, editions, numbers, one_page, parts, publishing, unit_actions, verification

edition_pages = [
    path("", editions.index, name="list"),
    path("new/", editions.new, name="new"),
    path("file/", verification.file, name="check-file"),
    path("records/", verification.records, name="verify"),
    path("<int:pk>/", editions.edition, name="edition"),
    path("<int:pk>/edit/", editions.edit, name="edit"),
    path("<int:pk>/events/", editions.events, name="events"),
    path("<int:pk>/state/", editions.change_state, name="state"),
    path("<int:pk>/delete/", editions.delete_edition, name="delete"),
    path("<int:pk>/parts/<slug:unit>/<slug:part>/", parts.part, name="part"),
    path("<int:pk>/parts/<slug:unit>/<slug:part>/<slug:project>/", parts.part, name="part"),
    path("<int:pk>/units/<slug:unit>/confirm/", unit_actions.confirm_unit, name="confirm-unit"),
    path("<int:pk>/units/<slug:unit>/submit/", unit_actions.submit_unit, name="submit-unit"),
    path("<int:pk>/findings/", parts.edition_findings, name="findings"),
    path("<int:pk>/numbers/", numbers.of_edition, name="numbers"),
    path("<int:pk>/missing/", parts.missing, name="missing"),
    path("<int:pk>/remind/", parts.remind, name="remind"),
    path("<int:pk>/sources/<int:source>/", publishing.source, name="source"),
    path("<int:pk>/confirm/", unit_actions.confirm_rest, name="confirm-rest"),
    path("<int:pk>/checklist/", publishing.checklist, name="checklist"),
    path("<int:pk>/publish/", publishing.publish, name="publish"),
    path("<int:pk>/publish/documents/", publishing.prepared, name="prepared"),
    path("<int:pk>/publish/documents/<slug:extension>/", publishing.prepared_file, name="prepared-file"),
    path("<int:pk>/document/", publishing.document, name="document"),
    path("<int:pk>/files/<slug:extension>/", publishing.file, name="file"),
    path("<int:pk>/changes/", publishing.changes, name="changes"),
]

urlpatterns = [
    path("document/", document.live, name="document"),
    path("document/numbers/", numbers.live, name="document-numbers"),
    path("document/one-page/", one_page.page, name="one-page"),
    path("document/one-page/picture/", one_page.picture, name="one-page-picture"),
    path("reports/", include((edition_pages, "reports"))),
]

"""What a change did to the figures' agreement, told right after saving."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from .. import integrity
from ..access.scope import access_scope
from ..integrity import Level
from ..models import Source
from ..page_links import findings_url, source_reached
from ..snapshot import with_source

SERIOUS = (Level.ERROR, Level.WARNING)


class ChecksAfterSaving(admin.ModelAdmin):
    """Says which errors a save made and which it mended; known ones are not repeated at every save."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id:
            request.found_before = self._serious(self.get_object(request, object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        source = source_reached(form.instance)
        if source is not None:
            tell(request, source, getattr(request, "found_before", {}), self._serious(form.instance))

    def _serious(self, instance: Any) -> Any:
        source = instance and source_reached(instance)
        return serious_findings(source, self.model) if source else {}


def serious_findings(source: Any, model: type[Any] = Source) -> dict[tuple[str, str], integrity.Finding]:
    """Errors and warnings under their id and numbers, as if the source were in force: those that a change of its rows of the model may
    make, of the source itself all."""
    found = integrity.run(with_source(source), () if model is Source else (source.scope,))
    return {(finding.id, finding.fingerprint): finding for finding in found if finding.level in SERIOUS}


def heard(user: Any, source: Any, found: Any) -> Any:
    """Of a draft who edits only a unit's figures hears of these alone."""
    access = access_scope(user)
    if source.state == Source.State.IN_FORCE or access.allows(source, "change"):
        return found
    return {key: finding for key, finding in found.items() if finding.department in user.unit_slugs}


def tell(request: HttpRequest, source: Any, before: Any, after: Any) -> None:
    before, after = (heard(request.user, source, found) for found in (before, after))
    new = [finding for key, finding in after.items() if key not in before]
    gone = {key[0] for key in before} - {key[0] for key in after}
    page = findings_url(source)
    for finding in new[:5]:
        text = format_html(
            '맞지 않는 값이 있습니다. {}: {} <a href="{}">자료 점검</a>',
            finding.subject,
            finding.formula,
            page,
        )
        messages.warning(request, text)
    if len(new) > 5:
        messages.warning(
            request, format_html('그 밖에 {}건이 더 있습니다. <a href="{}">자료 점검</a>', len(new) - 5, page)
        )
    if gone:
        messages.success(request, f"맞지 않던 값 {len(gone)}건이 풀렸습니다.")

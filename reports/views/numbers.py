"""숫자 확인: the numbers in the texts of what is in force and of an edition that is being written, and what is answered about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.access.scope import access_scope
from core.admin.return_to_page import page_before
from core.admin.text_numbers import name_of
from core.audit.recording import change_reason
from core.edit_conflicts.form_data import is_key
from core.edit_conflicts.versions import FORM_VERSIONS, FormVersions
from core.mentions.marking import fact_words
from core.mentions.states import TextState, states
from core.models import Source
from core.page_links import source_reached
from core.pages import render_page
from core.snapshot import Snapshot, snapshot_with
from seoul_digital.lib.typed_text import TextTooLongError, line_from

from ..edition_requests import deny_unless, get_edition_or_403
from ..editions.access import Access
from ..editions.snapshot import snapshot_of
from ..numbers import page as numbers_page
from ..numbers import saving
from ..numbers.conflicts import Conflict, conflict_of
from ..numbers.derived import SHAPES, derivable_facts
from ..numbers.page import NumbersFilter

REASON = "숫자 확인"
EVERYTHING = "accept_everything"  # the action that takes every new value of the page


@dataclass(frozen=True)
class Shown:
    """What a page of numbers is of."""

    request: HttpRequest
    snapshot: Snapshot
    texts: Sequence[TextState]
    template: str
    context: dict[str, Any]
    is_draft: bool = False

    def render(self, conflict: Conflict | None = None, text: TextState | None = None) -> HttpResponse:
        choice = NumbersFilter.from_query(self.request.GET, self.texts)
        shown = [text] if text else choice.select(self.texts)
        rows = numbers_page.row_views(
            self.request, self.snapshot, shown, every=bool(choice.text or text), is_draft=self.is_draft
        )
        slugs = {text.department for text in self.texts} - {""}
        own = numbers_page.changeable_texts(self.request.user, choice.select(self.texts))
        context = self.context | {
            "choice": choice,
            "rows": rows,
            "counts": numbers_page.counts_of(self.texts),
            "asked": numbers_page.asked_count(self.texts),
            "departments": self.snapshot.names_of(slugs),
            "offers": sum(len(tokens) for _, tokens in saving.offers_of(own)),
            "offers_token": saving.offers_token(own),
            "conflict": conflict,
            "shapes": [(shape, word) for shape, (word, _) in SHAPES.items()],
            "terms": [fact_words(fact) for fact in derivable_facts(self.snapshot)] if choice.text else [],
            "on": self.snapshot.base_date,
        }
        status = 409 if conflict else 200
        return cast(HttpResponse, render_page(self.request, self.template, context, status=status))

    def back(self, key: str = "") -> HttpResponse:
        page = page_before(self.request) or self.request.get_full_path()
        return redirect(f"{page}#{key}" if key and "#" not in page else page)


def live(request: HttpRequest) -> HttpResponse:
    """Of what is in force or, with `?source=`, of one draft that the user may see."""
    snapshot: Snapshot = request.snapshot  # type: ignore[attr-defined]
    if "source" in request.GET and not snapshot.error:
        return _answered(_of_source(request, request.GET["source"]))
    if snapshot.error or snapshot.is_empty:
        return cast(HttpResponse, render_page(request, "document/numbers.html", {}))
    return _answered(Shown(request, snapshot, states(snapshot), "document/numbers.html", {}))


def _of_source(request: HttpRequest, key: str) -> Shown:
    scope = access_scope(request.user)
    keys = scope.visible(Source, [int(key)]) if is_key(key) else set()
    source = get_object_or_404(Source.objects.select_related("bureau"), pk__in=keys)
    snapshot = snapshot_with(source)
    own = [text for text in states(snapshot) if source_reached(text.row) == source]
    seen = numbers_page.rows_by_model(own, scope.visible)
    texts = [text for text in own if text.row.pk in seen[type(text.row)]]
    return Shown(request, snapshot, texts, "document/numbers.html", {"source": source}, is_draft=True)


def of_edition(request: HttpRequest, pk: int) -> HttpResponse:
    edition, access = get_edition_or_403(request, pk)
    if edition.is_published:
        raise Http404("발행한 회차의 글은 더 고치지 않습니다. 업무보고 문서의 숫자 확인에서 봅니다.")
    snapshot = snapshot_of(edition)
    texts = visible_texts(access, states(snapshot))
    context = {"edition": edition, "access": access}
    return _answered(Shown(request, snapshot, texts, "reports/numbers.html", context, is_draft=True))


def visible_texts(access: Access, texts: Sequence[TextState]) -> list[TextState]:
    """Those that the user may look into: of an edition all, of the own units, or what he may change himself."""
    if access.may_preview:
        return list(texts)
    own = {name_of(text) for text in numbers_page.changeable_texts(access.user, texts)}
    return [text for text in texts if name_of(text) in own or text.department in access.user.unit_slugs]


def _answered(shown: Shown) -> HttpResponse:
    request = shown.request
    if request.method != "POST":
        return shown.render()
    try:
        reason = line_from(request.POST, "reason") or REASON
        with change_reason(reason):
            return _accept_everything(shown) if request.POST.get("action") == EVERYTHING else _save(shown)
    except (saving.NotSavedError, TextTooLongError) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, f"저장하지 못했습니다. {' '.join(error.messages)}")
    return shown.back(request.POST.get("text", ""))


def _accept_everything(shown: Shown) -> HttpResponse:
    texts = numbers_page.changeable_texts(shown.request.user, shown.texts)
    deny_unless(texts)
    chosen = NumbersFilter.from_query(shown.request.GET, shown.texts).select(texts)
    count = saving.accept_everything(chosen, shown.snapshot, shown.request.POST.get("offers", ""))
    messages.success(shown.request, f"달라진 숫자 {count:,}개를 새 값으로 바꾸었습니다.")
    return shown.back()


def _save(shown: Shown) -> HttpResponse:
    sent = shown.request.POST
    text = next((text for text in shown.texts if name_of(text) == sent.get("text")), None)
    if text is None:
        raise Http404("그런 글이 없거나, 이제는 숫자가 없습니다.")
    deny_unless(numbers_page.changeable_texts(shown.request.user, [text]))
    answers, versions = saving.Answers.from_form(sent), FormVersions.read(sent.get(FORM_VERSIONS))
    with transaction.atomic():
        versions.lock(no_key=True)
        now = saving.fresh(text, shown.snapshot)
        if now is None:
            raise saving.NotSavedError("그 사이에 글이 바뀌어 물었던 숫자가 없습니다. 저장한 것은 없습니다.")
        if conflict := conflict_of(versions, now, answers.of(now), shown.snapshot):
            return shown.render(conflict, now)
        words = saving.save(now, answers, shown.snapshot)
    messages.success(shown.request, f"‘{text.title}’ {text.label}: {words}")
    return shown.back(name_of(text))

"""Two people at once, in admin: whoever saves over somebody's newer change is asked first, and nothing is saved until then."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, router, transaction
from django.template.response import TemplateResponse
from django.urls import reverse

from ..audit import changes
from ..audit.history_rows import label_of, rows
from ..audit.recording import DELETED
from .edit_conflicts import CHOICE, CONTESTED, Meeting, Part, flat, parts_of
from .form_data import is_key
from .presentation import conflicts, since
from .versions import OPENED, Opened, is_tracked, newest

ASIDE = {"csrfmiddlewaretoken", OPENED, CONTESTED}  # of what is sent, what is not sent again
TOLD = 5  # changes of others that a message names


class TogetherAdmin(admin.ModelAdmin):
    """Every form carries what it was opened with. Who checks and saves holds the rows meanwhile."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def proceed(context=None):
            return super(TogetherAdmin, self).changeform_view(
                request, object_id, form_url, {**(context or {}), **(extra_context or {})}
            )

        if object_id is None or "_saveasnew" in request.POST or not is_tracked(self.model):
            return twice(proceed)
        if request.method != "POST":
            return proceed({OPENED: self._opened(request, object_id).signed()})
        sent = request.POST
        return twice(lambda: self._save(request, sent, object_id, proceed))

    def _save(self, request, sent, object_id, proceed):
        request.POST = sent
        opened = Opened.read(request.POST.get(OPENED))
        with transaction.atomic(using=router.db_for_write(self.model)):
            opened.lock(no_key=True)
            instance = self.get_object(request, unquote(object_id))
            if instance is None:
                return self._gone(request, object_id, opened) or proceed()
            if not self.has_change_permission(request, instance):
                return proceed()  # which refuses
            refusal = self._meet(
                request, opened, lambda: flat(*self._forms(request, object_id)), str(instance)
            )
            return refusal or proceed({OPENED: request.POST.get(OPENED, "")})

    def _opened(self, request, object_id):
        """Read before the page's rows are, so that what changes in between counts as changed."""
        opened, instance = Opened(), self.get_object(request, unquote(object_id))
        if instance is None or not self.has_change_permission(request, instance):
            return opened
        opened.see(self.model, [instance.pk])
        forms = [self._form(request, instance)]
        for formset in self._create_formsets(request, instance, change=True)[0]:
            if is_tracked(formset.model):
                forms += formset.initial_forms
                opened.see(formset.model, formset.get_queryset().values_list("pk", flat=True))
                opened.see_added(formset.model, formset.fk.name, instance.pk)
        for part in (part for form in forms for part in parts_of(form) if part.instance.pk):
            opened.see(type(part.instance), [part.instance.pk])
        return opened

    def _forms(self, request, object_id):
        """The change form and its formsets, bound to request.POST."""
        instance = self.get_object(request, unquote(object_id))
        formsets = self._create_formsets(request, instance, change=True)[0]
        return self._form(request, instance), [formset for formset in formsets if is_tracked(formset.model)]

    def _form(self, request, instance):
        names = flatten_fieldsets(self.get_fieldsets(request, instance))
        return self.get_form(request, instance, change=True, fields=names)(
            request.POST, request.FILES, instance=instance
        )

    def _meet(self, request, opened, forms, title):
        """The page that asks, or None; then request.POST holds what others made of what I left as it was."""
        contested, kept = Meeting(request, opened, forms).settle()
        if not contested:
            self._tell(request, kept)
            return None
        return self._refuse(
            request,
            "admin/conflict.html",
            title=f"그 사이에 바뀌었습니다: {title}",
            conflicts=conflicts(contested),
            kept=changes.changes(kept[:TOLD]),
            sent=[
                (name, value) for name, values in request.POST.lists() if _is_sent(name) for value in values
            ],
            opened=opened.renewed().signed(),
            address=request.get_full_path(),
        )

    def _tell(self, request, kept):
        for change in changes.changes(kept[:TOLD]):
            text = f"그 사이에 {change.who} 님이 {change.kind_label}한 것은 그대로 두었습니다: {change.model_label} ‘{change.name}’"
            messages.info(request, text)

    def _gone(self, request, object_id, opened):
        """The page for what somebody deleted while I was writing; None where it was not so."""
        label = label_of(self.model)
        ((key, then),) = opened.versions.get(label, {}).items() or ((None, None),)
        if then is None or str(key) != unquote(object_id) or not self.has_change_permission(request):
            return None
        was, now = rows([(label, then), (label, newest(self.model, [key])[key])])
        if now.kind != DELETED:
            return None  # it is there, and out of my reach
        part = Part(self._form(request, self.model(**was.now.values)), was, now)
        history = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[key])
        return self._refuse(
            request,
            "admin/conflict_gone.html",
            title="그 사이에 지워졌습니다",
            conflict=conflicts([part])[0],
            history=history,
        )

    def get_changelist_instance(self, request):
        """A list that is edited in place carries the versions of its rows. They are read before the rows are."""
        found = super().get_changelist_instance(request)
        if found.list_editable and is_tracked(self.model):
            found.opened = request.POST.get(OPENED) or self._opened_list(found.result_list)
        return found

    def _opened_list(self, shown):
        opened = Opened()
        opened.see(self.model, list(shown.values_list("pk", flat=True)))
        return opened.signed()

    def changelist_view(self, request, extra_context=None):
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise SuspiciousOperation("rows were picked by what is no key")
        if request.POST.get("action") == "delete_selected" and is_tracked(self.model):
            return self._delete_picked(request, extra_context)
        opened = Opened.read(request.POST.get(OPENED))
        if "_save" not in request.POST or not opened.versions or not self.has_change_permission(request):
            return super().changelist_view(request, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            opened.lock(no_key=True)
            refusal = self._meet(
                request,
                opened,
                lambda: flat(None, [self._list_formset(request)]),
                self.opts.verbose_name_plural,
            )
            return refusal or super().changelist_view(request, extra_context)

    def _list_formset(self, request):
        formset = self.get_changelist_formset(request)
        edited = self._get_list_editable_queryset(request, formset.get_default_prefix())
        return formset(request.POST, request.FILES, queryset=edited)

    def _delete_picked(self, request, extra_context):
        """As `_confirm`, of several."""
        if "post" not in request.POST:
            response = super().changelist_view(request, extra_context)
            if "queryset" in (getattr(response, "context_data", None) or ()):  # the page that asks
                response.context_data[OPENED] = Opened.whole(
                    self.model, (one.pk for one in response.context_data["queryset"])
                ).signed()
            return response
        opened = Opened.read(request.POST.get(OPENED))
        with transaction.atomic(using=router.db_for_write(self.model)):
            opened.lock()
            if self._is_outdated(opened):
                return self._ask_again(request, opened)
            return super().changelist_view(request, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        return self._confirm(request, object_id, super().delete_view, extra_context=extra_context)

    def restore_view(self, request, object_id, history_id):
        return self._confirm(request, str(object_id), super().restore_view, history_id)

    def _confirm(self, request, object_id, view, *arguments, **options):
        """A page that asks before it does something: what it has shown must still be so when the answer comes."""
        key = unquote(object_id)
        if not is_tracked(self.model) or not is_key(key):
            return view(request, object_id, *arguments, **options)
        if request.method != "POST":
            seen = Opened.whole(self.model, [int(key)]).signed()
            response = view(request, object_id, *arguments, **options)
            if hasattr(response, "context_data"):
                response.context_data[OPENED] = seen
            return response
        opened = Opened.read(request.POST.get(OPENED))
        with transaction.atomic(using=router.db_for_write(self.model)):
            opened.lock()
            if self._is_outdated(opened) and self.has_view_permission(request, self.get_object(request, key)):
                return self._ask_again(request, opened)
            return view(request, object_id, *arguments, **options)

    def _is_outdated(self, opened):
        """Whether what a page has asked of is no longer as it was shown."""
        keys = opened.versions.get(label_of(self.model))
        return bool(keys) and opened != Opened.whole(self.model, keys)

    def _ask_again(self, request, opened):
        seen = opened.versions[label_of(self.model)]
        made = [change for key, version in seen.items() for change in since(self.model, key, version)]
        return self._refuse(
            request,
            "admin/conflict_confirm.html",
            title="그 사이에 바뀌었습니다",
            changes=made,
            address=request.get_full_path(),
        )

    def _refuse(self, request, template, **context):
        request.current_app = self.admin_site.name
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=409)


def _is_sent(name):
    return name not in ASIDE and not name.startswith(CHOICE)


def twice(save):
    """Of two who add the same thing at the same time the second meets the database's constraint; asked again, the form says it."""
    try:
        return save()
    except IntegrityError:
        return save()

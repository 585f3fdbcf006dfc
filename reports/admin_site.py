"""The site of admin: its index shows the work by subject, not the tables; and the pages that belong to no one model."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import slugify
from django.views.i18n import JavaScriptCatalog

from core.admin.outline_widget import preview
from core.admin.text_numbers import typed_numbers

from . import admin_index, admin_sources

SUBJECTS = {  # a task: what is worked on most comes first
    "자료와 보고서": ("core.source", "reports.edition", "reports.publishedreport"),
    "조직·현원": (
        "departments.department",
        "departments.placement",
        "departments.duty",
        "departments.staffing",
        "departments.staffingcount",
        "departments.jobseries",
        "departments.foundationprofile",
        "departments.succession",
    ),
    "예산": (
        "budgets.budgetfigure",
        "budgets.budgetline",
        "budgets.revenuefigure",
        "budgets.revenueitem",
        "budgets.departmentalias",
        "budgets.columnmapping",
    ),
    "사업": (
        "projects.brief",
        "projects.milestone",
        "projects.measurement",
        "projects.target",
        "projects.project",
        "projects.contact",
        "projects.funding",
        "projects.indicator",
        "projects.vision",
        "projects.visionvalue",
        "projects.strategy",
        "projects.visionstrategy",
    ),
    "용어": ("glossary.definition", "glossary.term"),
    "점검": ("reports.explanation", "core.controltotal", "core.threshold"),
}
OTHERS = "사람과 권한"  # what has no task of the report
SHOWN = 4  # of a task; the rest folds


class AdminSite(admin.AdminSite):
    site_header = site_title = "업무보고 관리"
    index_title = "할 일과 자료"
    index_template = "admin/index.html"

    def get_app_list(self, request, app_label=None):
        """By subject instead of by app; the list of one app stays as Django makes it."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["model"]._meta.label_lower: model for app in apps for model in app["models"]}
        subjects = [
            _subject(name, [models.pop(label) for label in labels if label in models])
            for name, labels in SUBJECTS.items()
        ]
        return [
            subject for subject in [*subjects, _subject(OTHERS, list(models.values()))] if subject["models"]
        ]

    def index(self, request, extra_context=None):
        context = admin_index.context(self, request, self.get_app_list(request))
        return super().index(request, context | (extra_context or {}))

    def i18n_javascript(self, request, extra_context=None):
        """What the scripts say: in our words (`locale/`) before Django's."""
        return JavaScriptCatalog.as_view()(request)

    def login(self, request, extra_context=None):
        """There is one page to sign in; who is signed in and may not come here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_urls(self):
        own = [
            path("preview/", self.admin_view(self.preview), name="outline_preview"),
            *admin_sources.urls(self),
        ]
        return [*own, *super().get_urls()]

    def preview(self, request):
        """개조식 text as readers will see it: of the field that `preview` names or, for the script, of `text`; with `?part` no page around it."""
        typed = request.POST.get(request.POST.get("preview", "text"), "")
        numbers = typed_numbers(request.user, request.POST.get("of", ""), typed)
        context = {
            **self.each_context(request),
            "title": "미리보기",
            "preview": preview(typed, numbers=numbers),
        }
        template = "admin/_outline_preview.html" if "part" in request.GET else "admin/outline_preview.html"
        return TemplateResponse(request, template, context)


def _subject(name, models):
    mark = slugify(name, allow_unicode=True)
    address = f"{reverse('admin:index')}#{mark}"
    return {
        "name": name,
        "app_label": f"subject-{mark}",
        "mark": mark,
        "app_url": address,
        "has_module_perms": True,
        "models": models,
        "first": models[:SHOWN],
        "more": models[SHOWN:],
    }

"""Who may do what: every model and every address, by role and by whose it is."""

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group
from django.urls import reverse

from core.access.scope import access_scope
from core.models import ChangeRecord, Source
from departments.models import Department, Staffing, User
from projects.models import Brief, Funding
from reports.models import Edition, Explanation, PublishedReport
from reports.models.published import digest
from tests.audit import RESTORABLE, records_of
from tests.factories import make_edition, make_member, make_source, publish_file
from tests.test_pages import ROUTES

OWN, OTHER = "digital-policy", "ict-security"
# List: l(ist), a(dd), i(mport), e(xport). Object: v(iew), c(hange), d(elete), h(istory), r(estore).
LIST, OBJECT = "laie", "vcdhr"
SEE = ("l", "vh", "vh")
ALL = (LIST, OBJECT, OBJECT)
OWN_ONLY = (LIST, OBJECT, "")
NONE = ("", "", "")
WORKERS = ("부서 담당", "예산 담당", "기획 담당", "관리자")


def table(models, **roles):
    """The cells of models; of roles that are not named nothing is allowed."""
    return {label: {role.replace("_", " "): cell for role, cell in roles.items()} for label in models.split()}


PLANNERS = {"기획_담당": ALL, "관리자": ALL}
# By model and role: what is allowed on the list, on an object of one's own and on one of another's.
MATRIX = {
    **table(
        "departments.staffing departments.staffingcount departments.duty", 부서_담당=OWN_ONLY, **PLANNERS
    ),
    **table(
        "projects.brief projects.contact projects.funding projects.milestone", 부서_담당=OWN_ONLY, **PLANNERS
    ),
    **table("projects.measurement projects.target", 부서_담당=OWN_ONLY, **PLANNERS),
    **table("projects.project projects.strategy projects.indicator", 부서_담당=SEE, **PLANNERS),
    **table("departments.department", 부서_담당=SEE, 예산_담당=SEE, **PLANNERS),
    **table("departments.jobseries", 부서_담당=SEE, **PLANNERS),
    **table("core.source", 부서_담당=SEE, 예산_담당=OWN_ONLY, **PLANNERS),
    **table("core.threshold", 기획_담당=("l", "vh", "vh"), 관리자=("le", "vchr", "vchr")),
    **table("core.controltotal", 예산_담당=OWN_ONLY, **PLANNERS),
    **table("departments.placement departments.foundationprofile departments.succession", **PLANNERS),
    **table(
        "projects.vision projects.visionvalue projects.visionstrategy",
        **PLANNERS,
    ),
    **table("glossary.term", 부서_담당=("la", "vh", "vh"), **PLANNERS),
    **table("glossary.definition", 부서_담당=ALL, **PLANNERS),  # common to the units of a bureau
    **table("budgets.revenueitem budgets.revenuefigure", 예산_담당=ALL, **PLANNERS),
    **table("budgets.budgetline", 부서_담당=SEE, 예산_담당=ALL, **PLANNERS),
    **table("budgets.budgetfigure", 부서_담당=OWN_ONLY, 예산_담당=ALL, **PLANNERS),
    **table(
        "budgets.departmentalias budgets.columnmapping", 예산_담당=OWN_ONLY, 기획_담당=OWN_ONLY, 관리자=ALL
    ),
    **table("reports.edition reports.publishedreport", 기획_담당=SEE, 관리자=SEE),
    **table("reports.explanation", 예산_담당=SEE, 기획_담당=SEE, 관리자=SEE),
    **table("departments.user", 관리자=(LIST, OBJECT, "vh")),
    **table("auth.group", 관리자=("la", "vcdh", "vh")),
    **table("axes.accessattempt", 관리자=("l", "vdh", "vdh")),
    **table("axes.accesslog axes.accessfailurelog", 관리자=("l", "vh", "vh")),
}
# How an object of one's own and one of another's are found; where nothing is said, any is both.
OF_UNIT = {
    "departments.staffing": "department__slug",
    "departments.staffingcount": "staffing__department__slug",
    "departments.duty": "department__slug",
    "budgets.budgetfigure": "line__department__slug",
    "departments.department": "slug",
    "projects.brief": "lead_department__slug",
    "projects.contact": "brief__lead_department__slug",
    "projects.funding": "brief__lead_department__slug",
    "projects.milestone": "brief__lead_department__slug",
    "projects.project": "briefs__lead_department__slug",
    "projects.indicator": "project__briefs__lead_department__slug",
    "projects.measurement": "indicator__project__briefs__lead_department__slug",
    "projects.target": "indicator__project__briefs__lead_department__slug",
}
OF_SCOPE = {"core.source": "scope", "core.controltotal": "source__scope"}


def test_every_registered_model_is_in_the_matrix():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered - set(MATRIX) == set()
    assert {model._meta.label_lower for model in RESTORABLE} - set(MATRIX) == set()


def own_and_other(model):
    """An object of one's own and one of another's."""
    label = model._meta.label_lower
    if label in OF_UNIT:
        if label == "projects.funding":
            Funding.objects.create(brief=Brief.objects.get(number=1), order=1, name="시비", amount=1)
        return [model.objects.filter(**{OF_UNIT[label]: unit}).first() for unit in (OWN, OTHER)]
    if label in OF_SCOPE:
        return [model.objects.filter(**{OF_SCOPE[label]: scope}).first() for scope in ("revenue", "staffing")]
    if label == "departments.user":
        return [
            User.objects.create(username="plain"),
            User.objects.create(username="root", is_superuser=True),
        ]
    if label == "auth.group":
        return [Group.objects.create(name="우리 모임"), Group.objects.get(name="열람")]
    if label in ("budgets.departmentalias", "budgets.columnmapping"):  # of the bureau, and of the whole city
        bureau = Department.objects.get(kind="bureau", slug="digital-policy-bureau")
        return [made(label, bureau), made(label)]
    return [model.objects.first() or made(label)] * 2


def made(label, bureau=None):
    who = {"username": "lee", "ip_address": "127.0.0.1", "user_agent": "x", "path_info": "/"}
    if label == "axes.accessattempt":
        return AccessAttempt.objects.create(**who, failures_since_start=5)
    if label in ("axes.accesslog", "axes.accessfailurelog"):
        return apps.get_model(label).objects.create(**who)
    if label == "budgets.columnmapping":
        return apps.get_model(label).objects.create(label="금액", field="current", bureau=bureau)
    if label.startswith("reports."):
        return made_of_reports(label)
    own = Department.objects.get(slug=OWN)
    return apps.get_model(label).objects.create(name="디정담", department=own, bureau=bureau)


def made_of_reports(label):
    edition = Edition.objects.first() or make_edition()
    if label == "reports.explanation":
        author = User.objects.create(username="author")
        told = {"finding": "x", "fingerprint": "x", "reason": "x", "explained_by": author}
        return Explanation.objects.create(bureau=edition.bureau, **told)
    if label == "reports.edition":
        return edition
    return PublishedReport.objects.create(edition=edition, report="{}", sha256="x")


def allowed_on_list(model_admin, request):
    allowed = {
        "l": model_admin.has_view_or_change_permission(request),
        "a": model_admin.has_add_permission(request),
    }
    if model_admin.model in RESTORABLE:
        allowed["i"] = model_admin.has_import_permission(request)
        allowed["e"] = model_admin.has_export_permission(request)
    return "".join(letter for letter, is_allowed in allowed.items() if is_allowed)


def allowed_on(model_admin, request, instance):
    """What the views of admin ask: is the object among those that the user sees, and may he do it to this one."""
    seen = model_admin.get_object(request, str(instance.pk)) is not None
    changes = model_admin.has_change_permission(request, instance)
    kept = model_admin.model in RESTORABLE
    allowed = {
        "v": seen and model_admin.has_view_or_change_permission(request, instance),
        "c": seen and changes,
        "d": seen and model_admin.has_delete_permission(request, instance),
        "h": model_admin.has_view_or_change_permission(request, instance),
        "r": kept and changes and access_scope(request.user).may_save_as(instance),
    }
    return "".join(letter for letter, is_allowed in allowed.items() if is_allowed)


@pytest.mark.parametrize("role", ["열람", "간부", *WORKERS])
def test_permissions_matrix_by_role(rf, seeded, role):
    """The door to admin is open, of those who only read too: it is the permissions that are asked."""
    request = rf.get("/")
    request.user = make_member(role, unit=OWN)
    request.user.uses_admin = True
    found = {}
    for model, model_admin in admin.site._registry.items():
        own, other = own_and_other(model)
        found[model._meta.label_lower] = (
            allowed_on_list(model_admin, request),
            allowed_on(model_admin, request, own),
            allowed_on(model_admin, request, other),
        )
    assert found == {label: cells.get(role, NONE) for label, cells in MATRIX.items()}


# Of each kind of admin route one case that is allowed and one that is refused; the matrix has who may do what.


@pytest.fixture
def routes_of(client, seeded):
    """Addresses of staffing (of users for passwords) of the own unit and of another, for a member of the own unit."""
    client.force_login(make_member("부서 담당", unit=OWN))

    def address(unit, route):
        staffing = Staffing.objects.get(department__slug=unit, source__as_of="2022-08-29")
        newest = records_of(Staffing).filter(object_id=staffing.pk).first()
        keys = {"restore": [staffing.pk, newest.pk]}
        return reverse(f"admin:departments_staffing_{route}", args=keys.get(route, [staffing.pk]))

    return address


@pytest.mark.parametrize(
    ("route", "own", "other"),
    [
        ("change", 200, 302),  # the object is not among those that are seen
        ("delete", 200, 302),
        ("history", 200, 403),
        ("restore", 404, 403),  # there is nothing to go back to: the newest row is what the object is
    ],
)
def test_admin_route_of_an_object(client, routes_of, route, own, other):
    assert client.get(routes_of(OWN, route)).status_code == own
    assert client.get(routes_of(OTHER, route)).status_code == other


@pytest.mark.parametrize("route", ["changelist", "add", "import", "import_template", "export"])
def test_admin_route_of_a_list(client, seeded, route):
    client.force_login(make_member("부서 담당", unit=OWN))
    assert client.get(reverse(f"admin:departments_staffing_{route}")).status_code == 200
    assert client.get(reverse(f"admin:budgets_revenuefigure_{route}")).status_code == 403


def test_admin_route_of_a_processed_import(client, seeded):
    """Without a file that was looked at before there is nothing to confirm."""
    client.force_login(make_member("부서 담당", unit=OWN))
    allowed = client.post(reverse("admin:departments_staffing_process_import"), {"token": "x"})
    assert (allowed.status_code, "다시 올려 주세요" in allowed.content.decode()) == (400, True)
    assert client.post(reverse("admin:budgets_revenuefigure_process_import")).status_code == 403


def test_admin_route_of_a_password(client, seeded):
    client.force_login(make_member("관리자", unit=OWN))
    plain, root = own_and_other(User)
    assert client.get(reverse("admin:auth_user_password_change", args=[plain.pk])).status_code == 200
    assert client.get(reverse("admin:auth_user_password_change", args=[root.pk])).status_code == 403


@pytest.mark.parametrize("role", ["", "열람", "간부"])
def test_who_edits_nothing_does_not_enter_admin(client, seeded, role):
    client.force_login(make_member(*filter(None, [role]), unit=OWN))
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/departments/staffing/").status_code == 302
    assert "관리</a>" not in client.get("/").content.decode()


# Addresses

ANYBODY = ("", "열람", "간부", *WORKERS)
READERS_WITH_FILES = ("간부", *WORKERS)
SOURCE_EDITORS = ("예산 담당", "기획 담당", "관리자")
PLANNING = ("기획 담당", "관리자")
SUBMITTERS = ("부서 담당", *PLANNING)
ADDRESSES = {
    "home": ("/", ANYBODY),
    "accessibility": ("/accessibility/", ANYBODY),
    "compare": ("/compare/", ANYBODY),
    "departments:list": ("/departments/", ANYBODY),
    "departments:detail": ("/departments/ict-security/", ANYBODY),
    "budgets:revenue": ("/budgets/revenue/", ANYBODY),
    "budgets:expenditure": ("/budgets/expenditure/", ANYBODY),
    "budgets:cross-tab": ("/budgets/cross-tab/", ANYBODY),
    "budgets:lines": ("/budgets/expenditure/ict-security/", ANYBODY),
    "budgets:imports": ("/budgets/import/", SOURCE_EDITORS),
    "budgets:import": ("/budgets/import/1/", SOURCE_EDITORS),
    "budgets:import_file": ("/budgets/import/1/file/", SOURCE_EDITORS),
    "budgets:import_action": ("POST /budgets/import/1/withdraw/", SOURCE_EDITORS),
    "projects:list": ("/projects/", ANYBODY),
    "projects:timeline": ("/projects/timeline/", ANYBODY),
    "projects:indicators": ("/projects/indicators/", ANYBODY),
    "projects:detail": ("/projects/public-wifi/", ANYBODY),
    "glossary:list": ("/glossary/", ANYBODY),
    "document": ("/document/", ANYBODY),
    "facts": ("/facts/", ANYBODY),
    "fact": ("/facts/staffing:/headcount/", ANYBODY),
    "document-numbers": ("/document/numbers/", ANYBODY),
    "one-page": ("/document/one-page/", ANYBODY),
    "one-page-picture": ("/document/one-page/picture/", ANYBODY),
    "search": ("/search/?q=와이파이", ANYBODY),
    "integrity": ("/integrity/", ANYBODY),
    "integrity-explain": ("POST /integrity/explain/", SOURCE_EDITORS),
    "history": ("/history/", WORKERS),
    "take-back": ("/history/{deleted}/take-back/", SOURCE_EDITORS),
    "login": ("/accounts/login/", ANYBODY),
    "logout": ("POST /accounts/logout/", ANYBODY),
    "password_change": ("/accounts/password/", ANYBODY),
    "password_change_done": ("/accounts/password/done/", ANYBODY),
    "confirm_code": ("/accounts/code/", ANYBODY),
    "second_factor": ("/accounts/second-factor/", ANYBODY),
    "second_factor_new": ("/accounts/second-factor/new/", ANYBODY),
    "second_factor_later": ("POST /accounts/second-factor/later/", ANYBODY),
    "second_factor_codes": ("/accounts/second-factor/codes/", ANYBODY),
    "second_factor_remove": ("/accounts/second-factor/remove/", ANYBODY),
    "sessions": ("/accounts/sessions/", ANYBODY),
    "end_session": ("POST /accounts/sessions/end/", ANYBODY),
    "end_other_sessions": ("POST /accounts/sessions/end-others/", ANYBODY),
    "language": ("POST /language/", ANYBODY),
    "session": ("/accounts/session/", ANYBODY),
    "download_reason": ("/accounts/reason/", ANYBODY),
    "health": ("/healthz", ANYBODY),
    "metrics": ("/metrics", ANYBODY),  # whom its own list of addresses refuses gets 404
    "reports:list": ("/reports/", ANYBODY),
    "reports:check-file": ("/reports/file/", ANYBODY),
    "reports:verify": ("/reports/records/", ["관리자"]),
    "reports:new": ("/reports/new/", PLANNING),
    "reports:edition": ("/reports/{edition}/", WORKERS),
    "reports:edit": ("/reports/{edition}/edit/", PLANNING),
    "reports:events": ("/reports/{edition}/events/", WORKERS),
    "reports:state": ("POST /reports/{edition}/state/", PLANNING),
    "reports:part": ("/reports/{edition}/parts/data-center/staffing/", WORKERS),
    "reports:confirm-unit": ("POST /reports/{edition}/units/data-center/confirm/", PLANNING),
    "reports:submit-unit": ("POST /reports/{edition}/units/digital-policy/submit/", SUBMITTERS),
    "reports:findings": ("/reports/{edition}/findings/", WORKERS),
    "reports:numbers": ("/reports/{edition}/numbers/", WORKERS),
    "reports:missing": ("/reports/{edition}/missing/", WORKERS),
    "reports:remind": ("POST /reports/{edition}/remind/", PLANNING),
    "reports:checklist": ("/reports/{edition}/checklist/", SOURCE_EDITORS),
    "reports:publish": ("/reports/{edition}/publish/", PLANNING),
    "reports:prepared": ("/reports/{edition}/publish/documents/", PLANNING),
    "reports:prepared-file": ("/reports/{edition}/publish/documents/pdf/", PLANNING),
    "reports:confirm-rest": ("POST /reports/{edition}/confirm/", PLANNING),
    "reports:source": ("POST /reports/{edition}/sources/{draft}/", PLANNING),
    "reports:document": ("/reports/{edition}/document/", SOURCE_EDITORS),
    "reports:changes": ("/reports/{edition}/changes/", SOURCE_EDITORS),
    "reports:file": ("/reports/{published}/files/json/", READERS_WITH_FILES),
    "reports:delete": ("POST /reports/{other}/delete/", PLANNING),
    "admin:departments_user_unlock": ("POST /admin/departments/user/{user}/unlock/", ["관리자"]),
    "admin:departments_user_second_factor": ("/admin/departments/user/{user}/second-factor/", ["관리자"]),
    "admin:departments_user_sessions": ("POST /admin/departments/user/{user}/sessions/", ["관리자"]),
    "admin:index": ("/admin/", WORKERS),
    "admin:app_list": ("/admin/departments/", WORKERS),
    "admin:login": ("/admin/login/", WORKERS),
    "admin:logout": ("POST /admin/logout/", ANYBODY),
    "admin:password_change": ("/admin/password_change/", WORKERS),
    "admin:password_change_done": ("/admin/password_change/done/", WORKERS),
    "admin:jsi18n": ("/admin/jsi18n/", WORKERS),
    "admin:view_on_site": ("/admin/r/1/1/", WORKERS),
    "admin:autocomplete": (
        "/admin/autocomplete/?app_label=departments&model_name=staffing&field_name=department",
        WORKERS,
    ),
    "admin:outline_preview": ("POST /admin/preview/", WORKERS),
    "admin:source_copy": ("/admin/sources/{revenue}/copy/", SOURCE_EDITORS),
    "admin:source_confirm": ("/admin/sources/confirm/?pk={draft}", SOURCE_EDITORS),
    "admin:source_withdraw": ("/admin/sources/withdraw/?pk={revenue}", SOURCE_EDITORS),
}
MODEL_ROUTES = (
    "changelist", "add", "change", "delete", "history", "restore", "import", "process_import", "import_template", "export", "password_change",
)  # fmt: skip


def test_every_address_is_in_the_matrix():
    of_models = {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{route}"
        for model in admin.site._registry
        for route in MODEL_ROUTES
    } | {"admin:auth_user_password_change", "admin:None"}
    assert {name for name, *_ in ROUTES} - of_models - set(ADDRESSES) == set()


@pytest.fixture
def keys(seeded):
    draft = make_source(
        Department.objects.get(slug="digital-policy-bureau"), "revenue", "2022-12-31", "draft"
    )
    gone = make_source(draft.bureau, "revenue", "2022-12-30", "draft")
    gone.delete()
    deleted = ChangeRecord.objects.of(Source).filter(kind="deleted").first().pk
    editions = {
        "deleted": deleted,
        "edition": make_edition().pk,
        "other": make_edition("2022-11-02").pk,
        "published": (published := make_edition("2022-11-03", "review")).pk,
    }
    published_report = PublishedReport.objects.create(edition=published, report="{}", sha256=digest("{}"))
    publish_file(published_report, b"{}", extension="json", name="x.json")
    published.state = "published"
    published.save()
    sources = {"revenue": Source.objects.get(scope="revenue", state="in_force").pk, "draft": draft.pk}
    return sources | editions | {"user": User.objects.create(username="locked").pk}


def opened_by(client, keys, role, names):
    member = make_member(*filter(None, [role]), unit=OWN)
    opened = {}
    for name in names:
        if SESSION_KEY not in client.session:  # signing out is an address too
            client.force_login(member)
        method, _, path = ADDRESSES[name][0].rpartition(" ")
        opened[name] = not is_refused(getattr(client, method.lower() or "get")(path.format(**keys)))
    return opened


def is_shown(number, role, roles):
    """Whether an address is opened by the role in every run: by one of those who may, in turn; nobody else is left out."""
    return role not in roles or role == roles[number % len(roles)]


@pytest.mark.parametrize("role", ANYBODY)
def test_addresses_open_for_whom_they_should(client, keys, role):
    names = {
        name: role in roles
        for number, (name, (_, roles)) in enumerate(ADDRESSES.items())
        if is_shown(number, role, roles)
    }
    assert opened_by(client, keys, role, names) == names


@pytest.mark.thorough
@pytest.mark.parametrize("role", ANYBODY)
def test_addresses_open_for_all_whom_they_should(client, keys, role):
    names = {name: role in roles for name, (_, roles) in ADDRESSES.items()}
    assert opened_by(client, keys, role, names) == names


def is_refused(response):
    return response.status_code == 403 or response.status_code == 302 and "/login/" in response["Location"]


@pytest.mark.parametrize("role", ANYBODY)
def test_tables_leave_with_those_who_may_take_them(client, seeded, role):
    client.force_login(make_member(*filter(None, [role]), unit=OWN))
    is_allowed = role in READERS_WITH_FILES
    for query, found in {"download=revenue&format=csv": 200, "download=nothing": 404}.items():
        wanted = found if is_allowed else 403
        assert client.get(f"/budgets/revenue/?{query}").status_code == wanted


@pytest.mark.parametrize(
    "address",
    [
        "/budgets/expenditure/",
        "/budgets/cross-tab/",
        "/integrity/",
        "/compare/?from=2021-11-03&to=2022-08-29",
        "/departments/",
    ],
)
def test_who_may_not_take_tables_is_offered_none(client, seeded, address):
    client.force_login(make_member("열람"))
    assert "download=" not in client.get(address).content.decode().replace("download=None", "")
    client.force_login(make_member("간부", username="head"))
    assert "download=" in client.get(address).content.decode()

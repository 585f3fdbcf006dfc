from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from core.metrics.page import metrics
from dashboard import views as dashboard
from departments.accounts.language import language
from departments.accounts.urls import urlpatterns as account_pages
from departments.urls import urlpatterns as department_pages

from . import views

accounts = [
    *account_pages,
    path("session/", login_not_required(views.session), name="session"),
    path("reason/", views.download_reason, name="download_reason"),
]

handler404 = "departments.accounts.language.not_found"
handler500 = "seoul_digital.database_errors.server_error"

# The page of a unit spans the apps; its name stays with the units, so that every app can lead to it.
departments = [*department_pages, path("<slug:slug>/", dashboard.department, name="detail")]

urlpatterns = [
    path("", dashboard.home, name="home"),
    path("accounts/", include(accounts)),
    path("admin/", admin.site.urls),
    path("budgets/", include("budgets.urls")),
    path("departments/", include((departments, "departments"))),
    path("glossary/", include("glossary.urls")),
    path("metrics", metrics, name="metrics"),
    path("language/", language, name="language"),
    path("projects/", include("projects.urls")),
    path("", include("reports.urls")),
    path("", include("dashboard.urls")),
]

from django.urls import include, path

from departments import views as departments

from . import views, views_history, views_integrity

# A unit's page spans the apps, so it stands here beside the list that needs its own app only.
department_pages = [
    path("", departments.index, name="list"),
    path("<slug:slug>/", views.department, name="detail"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.compare, name="compare"),
    path("departments/", include((department_pages, "departments"))),
    path("history/", views_history.index, name="history"),
    path("integrity/", views_integrity.integrity, name="integrity"),
    path("integrity/explain/", views_integrity.explain, name="integrity-explain"),
    path("search/", views.search, name="search"),
    path("healthz", views.health, name="health"),
]

from django.urls import include, path

from departments import views as departments

from . import views

# A unit's page spans the apps, so it stands here beside the list that needs its own app only.
department_pages = [
    path("", departments.index, name="list"),
    path("<slug:slug>/", views.department, name="detail"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("departments/", include((department_pages, "departments"))),
    path("search/", views.search, name="search"),
    path("healthz", views.health, name="health"),
]

from django.urls import path

from . import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("timeline/", views.timeline, name="timeline"),
    path("indicators/", views.indicators, name="indicators"),
    path("<slug:slug>/", views.detail, name="detail"),
]

from django.urls import path

from . import views, views_facts, views_history, views_integrity

urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("compare/", views.compare, name="compare"),
    path("facts/", views_facts.index, name="facts"),
    path("facts/<path:identity>/", views_facts.fact, name="fact"),
    path("history/", views_history.index, name="history"),
    path("history/<int:pk>/take-back/", views_history.take_back, name="take-back"),
    path("integrity/", views_integrity.integrity, name="integrity"),
    path("integrity/explain/", views_integrity.explain, name="integrity-explain"),
    path("search/", views.search, name="search"),
    path("healthz", views.health, name="health"),
]

from django.urls import path

from . import views, views_cross_tab, views_import

app_name = "budgets"
urlpatterns = [
    path("revenue/", views.revenue, name="revenue"),
    path("expenditure/", views.expenditure, name="expenditure"),
    path("expenditure/<slug:slug>/", views.department_lines, name="lines"),
    path("cross-tab/", views_cross_tab.cross_tab, name="cross-tab"),
    path("import/", views_import.imports, name="imports"),
    path("import/<int:pk>/", views_import.import_, name="import"),
    path("import/<int:pk>/file/", views_import.import_file, name="import_file"),
    path("import/<int:pk>/<slug:action>/", views_import.import_action, name="import_action"),
]

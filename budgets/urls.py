from django.urls import path

from . import views

app_name = "budgets"
urlpatterns = [
    path("revenue/", views.revenue, name="revenue"),
    path("expenditure/", views.expenditure, name="expenditure"),
    path("expenditure/<slug:slug>/", views.department_lines, name="lines"),
]

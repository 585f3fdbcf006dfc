from django.urls import path

from . import views

# A unit's own page spans the apps: seoul_digital/urls.py binds it beside this list.
urlpatterns = [path("", views.index, name="list")]

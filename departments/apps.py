from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DepartmentsConfig(AppConfig):
    name = "departments"
    verbose_name = "조직·인력"

    def ready(self):
        from . import checks, texts  # noqa: F401  (registers what can be checked and found)
        from .history_guard import guard
        from .roles import set_up

        post_migrate.connect(guard)
        post_migrate.connect(set_up)  # after Django's own, which makes the permissions
        import_module("seoul_digital.middleware")  # a sign-in starts the session's clocks, also before the first request

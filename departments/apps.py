from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DepartmentsConfig(AppConfig):
    name = "departments"
    verbose_name = "조직·인력"

    def ready(self):
        from seoul_digital.roles import set_up

        from . import checks, search  # noqa: F401  (registers what can be checked and found)

        post_migrate.connect(set_up)  # after Django's own, which makes the permissions

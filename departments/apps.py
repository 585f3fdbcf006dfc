from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"
    verbose_name = "조직·인력"

    def ready(self):
        from . import texts  # noqa: F401  (offers the units' texts to search)

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = "현황판"

    def ready(self):
        from . import page_links  # noqa: F401  (registers what its pages show)

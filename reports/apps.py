from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "업무보고"

    def ready(self):
        from . import checks  # noqa: F401  (registers what spans the apps)

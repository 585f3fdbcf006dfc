from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "reports.admin_site.AdminSite"


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "업무보고"

    def ready(self):
        from . import checks, immutability  # noqa: F401  (registers what spans the apps)

        immutability.make_editions_immutable()

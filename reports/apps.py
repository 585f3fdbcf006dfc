from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "reports.admin_site.AdminSite"


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "업무보고"

    def ready(self):
        from core.backup import register_hashed

        from . import checks, findings, immutability, plausibility  # noqa: F401  (registers what spans the apps)

        register_hashed("reports.PublishedReport", content="report")
        register_hashed("reports.PublishedFile", content="content")
        immutability.make_editions_immutable()

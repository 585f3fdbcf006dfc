from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class HouseAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "reports.admin_site.HouseSite"


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "업무보고"

    def ready(self):
        from . import checks, locks  # noqa: F401  (registers what spans the apps)

        locks.set_up()

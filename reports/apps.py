from datetime import time

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_save


class AdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "reports.admin_site.AdminSite"


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "업무보고"

    def ready(self):
        from core.audit.verification import register_verifier
        from core.backup import register_hashed
        from core.models import Source
        from core.tasks.periodic import register_periodic

        from . import checks, findings, plausibility  # noqa: F401  (registers what spans the apps)
        from .editions.checklist import edition_rules, report_rules  # noqa: F401
        from .editions.opening import follow_delivery
        from .editions.reminders import remind_daily
        from .models.immutability import make_editions_immutable
        from .numbers import drafts  # noqa: F401  (registers where numbers are decided on)
        from .site import page_links  # noqa: F401  (registers where the document has what pages show)
        from .verification.published import verify_published
        from .verification.renderers import renderers_version

        register_hashed("reports.PublishedReport", content="report")
        register_verifier("발행본", verify_published)
        make_editions_immutable()
        renderers_version()
        post_save.connect(follow_delivery, sender=Source)
        register_periodic(remind_daily, at=time(9), is_wanted=lambda: settings.REMIND_DAYS is not None)

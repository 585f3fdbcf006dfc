from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"
    verbose_name = "조직·인력"

    def ready(self):
        from . import (  # noqa: F401  (registers what can be checked and found)
            checklist,
            checks,
            page_links,
            plausibility,
            search,
            stated_facts,
            structure_checks,
            subjects,
        )

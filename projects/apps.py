from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "주요 사업"

    def ready(self) -> None:
        from . import checks, page_links, plausibility, search, text_checks  # noqa: F401  (registers what can be checked and found)
        from .contacts import checks as contact_checks  # noqa: F401
        from .contacts import plausibility as contact_plausibility  # noqa: F401
        from .indicators import checklist as indicator_rules  # noqa: F401
        from .indicators import checks as indicator_checks  # noqa: F401
        from .milestones import checklist as milestone_rules  # noqa: F401
        from .milestones import checks as milestone_checks  # noqa: F401
        from .stated_facts import indicators as indicator_facts  # noqa: F401
        from .stated_facts import projects as project_facts  # noqa: F401

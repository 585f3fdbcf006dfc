from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "주요 사업"

    def ready(self) -> None:
        from . import checks, page_links, plausibility, search  # noqa: F401  (registers what can be checked and found)

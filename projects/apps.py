from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "주요 사업"

    def ready(self):
        from . import texts  # noqa: F401  (offers the projects' texts to search)

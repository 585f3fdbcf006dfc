from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "glossary"
    verbose_name = "용어집"

    def ready(self) -> None:
        from . import checks, page_links, search, stated_facts  # noqa: F401  (registers what can be checked and found)

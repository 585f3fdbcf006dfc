from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "glossary"
    verbose_name = "용어집"

    def ready(self):
        from . import texts  # noqa: F401  (offers the terms' texts to search)

from typing import Any

from django.apps import apps
from django.core.management.commands import flush

from ...audit.immutability import drop_triggers, install_triggers


class Command(flush.Command):
    """Django's `flush`, which must empty the immutable tables too; their triggers are back afterwards."""

    def handle(self, **options: Any) -> None:
        configs = list(apps.get_app_configs())
        for config in configs:
            drop_triggers(config, options["database"])
        try:
            super().handle(**options)
        finally:
            for config in configs:
                install_triggers(config, options["database"])

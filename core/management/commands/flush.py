from django.apps import apps
from django.core.management.commands import flush

from ...audit.immutability import guard, unguard


class Command(flush.Command):
    """Django's `flush`, which must empty the guarded tables of history too; the guard is back afterwards."""

    def handle(self, **options):
        configs = list(apps.get_app_configs())
        for config in configs:
            unguard(config, options["database"])
        try:
            super().handle(**options)
        finally:
            for config in configs:
                guard(config, options["database"])

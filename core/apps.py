from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate, pre_save
from tablib.formats import registry

# django-import-export would load openpyxl and numpy for these, which each web process then holds; our formats are read in a child process.
for _unused in ("html", "ods", "xlsx", "yaml"):
    registry._formats.pop(_unused, None)


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "자료"

    def ready(self) -> None:
        from .access.roles import install_roles
        from .audit import signals
        from .audit.chain import verify_chain
        from .audit.immutability import (
            check_triggers,
            drop_before_migrate,
            install_triggers,
            make_records_immutable,
        )
        from .audit.stored_facts import verify_stored_facts
        from .audit.verification import register_verifier
        from .backup.automatic import back_up_before_migrate
        from .backup.contents import register_hashed
        from .backup.sqlite import make_file_private
        from .checks import rows, sources, texts, twins  # noqa: F401  (registers what can be checked)
        from .plausibility.thresholds import install_thresholds
        from .seeding import refuse_too_long
        from .storage.registrations import register_stored_files

        signals.connect()
        make_records_immutable()
        register_hashed("core.ImportedRows", "content")
        register_verifier("기록 사슬", verify_chain)
        register_verifier("저장된 사실", verify_stored_facts)
        register_stored_files()
        register(check_triggers, Tags.database)
        connection_created.connect(make_file_private)
        pre_save.connect(refuse_too_long)
        pre_migrate.connect(back_up_before_migrate, sender=self)  # of each app's signal the one
        pre_migrate.connect(drop_before_migrate, sender=self)  # after the copy
        post_migrate.connect(install_triggers)
        post_migrate.connect(install_roles)  # after Django's own, which makes the permissions
        post_migrate.connect(install_thresholds, sender=self)
        import_module("core.tasks.schedules")
        import_module("core.mentions.text_facts")  # which registers them
        import_module("core.mentions.computed_facts")
        import_module("seoul_digital.middleware")  # starts the clocks of a session, before the first sign-in

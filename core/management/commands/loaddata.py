from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import transaction

from ...audit.immutability import drop_triggers, install_triggers
from ...audit.recording import history_disabled
from ...models import ChainLink, ChangeRecord, ChangeRecordDepartment, RecordSeal, Threshold

# What `migrate` writes itself; the file brings its own.
INSTALLED = (ChangeRecordDepartment, RecordSeal, ChainLink, ChangeRecord, Threshold)
NOT_EMPTY = (
    "자료가 이미 있는 데이터베이스에는 바뀐 내역이 든 파일을 넣을 수 없습니다. "
    "새 데이터베이스(migrate만 한 것)에 넣거나, 지금 것을 백업하고 manage.py flush로 비운 다음 다시 하십시오."
)


class Command(loaddata.Command):
    """Django's `loaddata`: what it loads gets history, unless the file brings its own."""

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--with-history",
            action="store_true",
            help="파일에 바뀐 내역과 봉인이 함께 들어 있습니다. 새 내역을 남기지 않습니다(데이터베이스를 통째로 빈 데이터베이스로 옮길 때).",
        )

    def handle(self, *fixtures: Any, **options: Any) -> Any:
        if not options["with_history"]:
            return super().handle(*fixtures, **options)
        using, configs = options["database"], list(apps.get_app_configs())
        installed = {"model": Threshold._meta.label_lower, "before__isnull": True}
        if ChangeRecord.objects.using(using).exclude(**installed).exists():
            raise CommandError(NOT_EMPTY)
        with history_disabled(), transaction.atomic(using=using):
            for config in configs:  # published editions take no rows else
                drop_triggers(config, using)
            for model in INSTALLED:
                model._base_manager.using(using)._raw_delete(using)
            result = super().handle(*fixtures, **options)
            for config in configs:
                install_triggers(config, using)
        return result

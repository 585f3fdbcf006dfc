from contextlib import nullcontext
from typing import Any

from django.core.management.commands import loaddata

from ...audit.recording import history_disabled


class Command(loaddata.Command):
    """Django's `loaddata`: what it loads gets history, unless the file brings its own."""

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--with-history",
            action="store_true",
            help="파일에 바뀐 내역이 함께 들어 있습니다. 새 내역을 남기지 않습니다(데이터베이스를 통째로 옮길 때).",
        )

    def handle(self, *fixtures: Any, **options: Any) -> Any:
        with history_disabled() if options["with_history"] else nullcontext():
            return super().handle(*fixtures, **options)

import secrets
import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ...tasks.worker import QueueWorker


class Command(BaseCommand):
    help = (
        "차례를 기다리는 일(예산 파일 읽기, 인쇄본 만들기, 독려 메일, 기록 확인, 정리)을 합니다. 끝내라고 하면(SIGTERM, Ctrl+C) "
        "하던 일을 10초까지 마치고, 못 마친 일은 차례로 되돌립니다."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--name",
            default=f"{socket.gethostname()}-{secrets.token_hex(4)}",
            help="이 프로그램의 이름. 죽은 뒤 같은 이름으로 다시 시작하면 하던 일을 기다리지 않고 이어받습니다. 둘이 같은 이름을 쓰지 않습니다.",
        )

    def handle(self, *, name: str, **options: Any) -> None:
        QueueWorker(name).run()

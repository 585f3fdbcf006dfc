"""Starts the child process that reads a file and hands on what it says."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator

from django.conf import settings

from seoul_digital.lib.file_errors import FileRefused, Problem

from .sandbox_protocol import Request

COMMAND = [sys.executable, "-m", "budgets.imports.sandbox.sandbox"]
ENVIRONMENT = {"PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}  # no secrets
SECONDS = 1_200  # for a file of any size
TOO_MUCH = FileRefused(
    "파일을 읽는 데 시간이나 메모리가 너무 많이 들어 그만두었습니다.",
    "표만 새 통합 문서에 옮겨 저장하거나 나누어 올리십시오.",
)


def messages(request: Request, seconds: float = SECONDS) -> Iterator[dict]:
    """Yield the child's messages about the file. Raises FileRefused where it refuses the file, or dies."""
    child = subprocess.Popen(  # noqa: S603
        COMMAND, cwd=settings.BASE_DIR, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    ended = False
    try:
        child.stdin.write(json.dumps(request.to_dict()).encode())
        child.stdin.close()
        for line in child.stdout:
            message = json.loads(line)
            if "refused" in message:
                error = FileRefused(problems=[Problem(**problem) for problem in message.pop("refused")])
                error.details = message
                raise error
            ended = "end" in message
            yield message
        if not ended:
            raise TOO_MUCH
    finally:
        timer.cancel()
        child.kill()
        child.stdout.close()
        child.wait()

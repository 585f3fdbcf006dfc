"""Files of users are opened by a child process: without the database, settings or secrets, with limits on memory and time.

The child gets its request as a JSON object on standard input and writes messages, one JSON object a line. The last one is `end`, or
`refused` with what is wrong with the file. What runs in it imports neither Django nor anything that reaches the database.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import threading
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from .file_errors import FileRefused, Problem
from .upload_validation import RETRY_HINT

NO_PROCESS = Problem(
    "서버가 바빠서 파일을 읽기 시작하지 못했습니다.",
    "잠시 뒤에 다시 올려 주십시오. 또 그러면 관리자에게 알려 주십시오.",
)
logger = logging.getLogger(__name__)
Message = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENT = {"PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8", "OPENPYXL_LXML": "False"}  # no secrets
TOO_MUCH = Problem(
    "파일을 읽는 데 시간이나 메모리가 너무 많이 들어 그만두었습니다.",
    "표만 새 통합 문서에 옮겨 저장하거나 나누어 올리십시오.",
)


def command(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def path_for_child(file: BinaryIO) -> Path:
    """Of a temporary file that has no name, so that it goes however this process ends; it is there for as long as the file is open."""
    file.flush()
    return Path(f"/proc/{os.getpid()}/fd/{file.fileno()}")


def messages(program: Sequence[str], request: Message, seconds: float) -> Iterator[Message]:
    """Yield the child's messages. Raises FileRefused where it refuses the file, dies, or takes longer than `seconds`."""
    try:
        child = subprocess.Popen(  # noqa: S603 (this project's own modules)
            program,
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:  # the system has no process or no memory left
        logger.error("no process to read a file: %s", error)
        raise FileRefused(problems=[NO_PROCESS]) from error
    assert child.stdin and child.stdout  # noqa: S101 (for mypy)
    timer = threading.Timer(seconds, child.kill)
    timer.start()
    is_ended = False
    try:
        child.stdin.write(json.dumps(request).encode())
        child.stdin.close()
        for line in child.stdout:
            message = json.loads(line)
            _raise_refusal(message)
            is_ended = "end" in message
            yield message
        if not is_ended:
            raise FileRefused(problems=[TOO_MUCH])
    except (BrokenPipeError, ValueError) as error:  # dead before it listened, or within a line
        raise FileRefused(problems=[TOO_MUCH]) from error
    finally:
        timer.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _raise_refusal(message: Any) -> None:
    if not isinstance(message, dict):
        raise ValueError("a message that is no object")
    if failed := message.get("failed"):
        logger.error("the process that reads a file failed: %s", failed)
        raise FileRefused(problems=[TOO_MUCH])
    if "refused" in message:
        error = FileRefused(problems=[Problem(**problem) for problem in message.pop("refused")])
        error.details = message
        raise error


def serve(read: Callable[[Message], Iterator[Message]], memory: int, processor_seconds: int) -> None:
    """The child's whole life. `memory`: bytes of address space that it may take."""
    request = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        for message in refusing(read(request)):
            sys.stdout.write(json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n")
    except Exception as error:
        failed = traceback.format_exception_only(error)[-1][:500]
        sys.stdout.write(json.dumps({"failed": failed}) + "\n")
    sys.stdout.flush()


def refusing(found: Iterator[Message]) -> Iterator[Message]:
    """The messages; a refusal as the last of them."""
    try:
        yield from found
    except FileRefused as error:
        yield {"refused": [problem.to_dict() for problem in error.problems], **error.details}
    except MemoryError:
        yield {"refused": [TOO_MUCH.to_dict()]}
    except (zipfile.BadZipFile, zlib.error, EOFError):
        yield {"refused": [Problem("파일이 깨져 있어 끝까지 읽을 수 없습니다.", RETRY_HINT).to_dict()]}

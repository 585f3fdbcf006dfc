"""The process that opens files of users: what it says, how it ends, and what it does not know."""

import sys
import tempfile
import zipfile

import pytest

from seoul_digital.lib import child_process
from seoul_digital.lib.file_errors import FileRefused, Problem

SERVING = "import os; from seoul_digital.lib import child_process; child_process.serve({}, 200 << 20, 5)"


def child(program):
    return list(child_process.messages([sys.executable, "-c", program], {"path": "가"}, 10))


def test_messages_come_as_they_were_sent():
    assert child(SERVING.format("lambda request: iter([{'said': request['path']}, {'end': True}])")) == [
        {"said": "가"},
        {"end": True},
    ]


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit",
        "print('{')",
        "print(1)",
        "import os; os.kill(os.getpid(), 9)",
        SERVING.format("lambda request: iter([{'said': 1}])"),
        SERVING.format("lambda request: iter([1 / 0])"),
        SERVING.format("lambda request: iter([bytes(1 << 30)])"),
        SERVING.format("lambda request: iter([{'end': os.write(os.memfd_create('left'), b'x')}])"),
    ],
)
def test_what_does_not_end_well_is_told(program):
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        child(program)


def test_a_file_for_a_child_has_no_name(tmp_path):
    program = SERVING.format("lambda request: iter([{'read': open(request['path']).read()}, {'end': True}])")
    with tempfile.TemporaryFile(dir=tmp_path) as file:
        file.write("가".encode())
        path = child_process.path_for_child(file)
        asked = child_process.messages([sys.executable, "-c", program], {"path": str(path)}, 10)
        assert next(asked) == {"read": "가"}
        assert list(tmp_path.iterdir()) == []
        assert list(asked) == [{"end": True}]
    assert not path.exists()


def test_what_takes_too_long_is_stopped():
    with pytest.raises(FileRefused, match="시간이나 메모리가 너무 많이 들어"):
        list(child_process.messages([sys.executable, "-c", "import time; time.sleep(60)"], {}, 0.3))


def test_a_refusal_comes_with_its_problems_and_details():
    program = (
        "from seoul_digital.lib import child_process\n"
        "from seoul_digital.lib.file_errors import FileRefused\n"
        "def read(request):\n"
        "    error = FileRefused('깨졌습니다.', '다시 받으십시오.', row=3)\n"
        "    error.details = {'labels': ['가']}\n"
        "    raise error\n"
        "    yield\n"
        "child_process.serve(read, 200 << 20, 5)"
    )
    with pytest.raises(FileRefused) as refused:
        child(program)
    assert refused.value.problems == (Problem("깨졌습니다.", "다시 받으십시오.", row=3),)
    assert refused.value.details == {"labels": ["가"]}


def test_a_broken_archive_is_a_refusal():
    def broken():
        raise zipfile.BadZipFile
        yield

    (message,) = child_process.refusing(broken())
    assert message["refused"][0]["message"] == "파일이 깨져 있어 끝까지 읽을 수 없습니다."


@pytest.mark.parametrize(
    "module",
    [
        "budgets.imports.sandbox.sandbox",
        "budgets.imports.sandbox.upload_check",
        "core.import_export.file_reader",
    ],
)
def test_the_process_knows_neither_django_nor_secrets(module, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    program = (
        f"import json, os, sys, {module}; sys.stdin.read();"
        "print(json.dumps({'end': {'django': 'django' in sys.modules, 'names': sorted(os.environ)}}))"
    )
    (message,) = child(program)
    assert not message["end"]["django"]
    assert "SECRET_KEY" not in message["end"]["names"]

"""Files that are small and dear: the process that answers neither grows nor works, and says why it reads no further."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.import_export import file_reader, formats
from core.import_export.formats import Csv, Json
from seoul_digital.lib import child_process
from seoul_digital.lib.file_errors import FileRefused
from tests.attacks import ATTACKS, cost
from tests.samples import each

ADDRESS = "/admin/departments/staffing/import/"
TOO_MUCH = "시간이나 메모리가 너무 많이 들어 그만두었습니다."
BROKEN = "파일이 깨져 있어 열 수 없습니다."
# What is said depends on which limit the file meets first.
ANSWERS = {
    "an unclosed cell": (BROKEN, TOO_MUCH),
    "a million merged ranges": (TOO_MUCH,),
    "many attributes": (BROKEN, TOO_MUCH),
    "deep XML": (BROKEN, TOO_MUCH),
    "1,900 sheets": ("시트가 1,899개입니다. 100개까지 읽습니다.", TOO_MUCH),
    "ten megabytes of commas": ("내용이 없는 파일입니다.", TOO_MUCH),
    "a million rows": ("행이 너무 많습니다.", TOO_MUCH),
    "three million objects": (TOO_MUCH,),
}


@pytest.mark.parametrize("name", each(3, ATTACKS))
def test_a_dear_file_costs_the_process_that_answers_nothing(
    name, client, seeded, django_user_model, monkeypatch
):
    client.force_login(django_user_model.objects.create(username="root", is_superuser=True))
    client.get(ADDRESS)
    monkeypatch.setattr(file_reader, "SECONDS", 1)  # that the child may take, lest the test do
    make, kind = ATTACKS[name]
    file = SimpleUploadedFile(f"정원.{kind}", make())
    with cost() as spent:
        page = client.post(ADDRESS, {"resource": "0", "import_file": file})
    assert page.status_code == 400
    assert any(answer in page.content.decode() for answer in ANSWERS[name])
    assert spent.processor < 2
    assert spent.megabytes < 50 + 3 * file.size / (1 << 20)  # what the test itself sends


def test_what_dies_of_its_limits_is_told(monkeypatch):
    program = [*formats.COMMAND[:1], "-c", "import core.import_export.file_reader as reader; reader.MEMORY = 60 << 20; reader.main()"]  # fmt: skip
    monkeypatch.setattr(formats, "COMMAND", program)
    with pytest.raises(FileRefused, match=TOO_MUCH):
        Json().create_dataset(b"[" + b"{}," * 1_000_000 + b"{}]")


def test_long_texts_are_refused_with_their_row(monkeypatch):
    monkeypatch.setattr(
        child_process, "messages", lambda command, request, seconds: file_reader.messages(request)
    )
    monkeypatch.setattr(file_reader, "MOST_CELLS", 5)
    with pytest.raises(FileRefused) as refused:
        Csv().create_dataset(b"a,b\n1,2\n3,4\n")
    (problem,) = refused.value.problems
    assert (problem.row, problem.message[:19]) == (3, "칸이나 글이 너무 많습니다. 칸 5")
    monkeypatch.setattr(file_reader, "MOST_CELLS", 100)
    monkeypatch.setattr(file_reader, "LONGEST_TEXT", 5)
    with pytest.raises(FileRefused, match="글 5자까지"):
        Csv().create_dataset(b"a,b\n12,34\n")


@pytest.mark.parametrize(
    "value",
    [None, True, 7, 1.5, "글", Decimal("1.50"), date(2022, 8, 29), datetime(2022, 8, 29, 9, 30, tzinfo=UTC)],
)
def test_values_come_through_as_they_are(value):
    carried = file_reader.value(json.loads(json.dumps(file_reader.plain(value))))
    assert (carried, type(carried)) == (value, type(value))


def test_lists_come_through_as_what_no_column_takes():
    assert file_reader.value(file_reader.plain({"decimal": "1"})) == []

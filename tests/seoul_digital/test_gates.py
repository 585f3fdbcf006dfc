"""Whatever is dear asks for a place, and says in Korean that there is none."""

from contextlib import ExitStack

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from seoul_digital import gates

DEAR = [
    "/document/?format=pdf",
    "/document/?format=hwpx",
    "/document/?format=xlsx",
    "/document/?format=html",
    "/?download=all",
    "/projects/?download=projects&format=csv",
    "/departments/data-center/?download=all",
    "/budgets/expenditure/ict-security/?download=lines",
    "/admin/departments/staffing/import/template/",
]


@pytest.fixture
def reader(client, seeded, django_user_model):
    client.force_login(django_user_model.objects.create(username="root", is_superuser=True))
    return client


@pytest.fixture
def crowd():
    with ExitStack() as places:
        for _ in range(gates.MOST_INSIDE):
            places.enter_context(gates.FILES.room.place())
        yield


def assert_told(response):
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "지금은 바빠서 처리하지 못했습니다" in page
    assert "저장된 것은 없습니다. 잠시 뒤에 다시 시도해 주세요." in page


@pytest.mark.parametrize("address", DEAR)
def test_a_file_is_made_only_where_there_is_room(reader, crowd, address):
    assert_told(reader.get(address))


@pytest.mark.thorough
def test_the_same_files_are_made_where_there_is(reader):
    assert [reader.get(address).status_code for address in DEAR] == [200] * len(DEAR)


@pytest.mark.parametrize("what", ["export", "import", "process_import"])
def test_files_of_administration_wait_too(reader, crowd, what):
    file = SimpleUploadedFile("정원.csv", "자료,부서\n".encode())
    data = {"resource": "0", "format": "csv", "export_items": [], "import_file": file}
    assert_told(reader.post(f"/admin/departments/staffing/{what}/", data))


def test_pages_need_no_room(reader, crowd):
    for address in ("/", "/document/", "/healthz", "/admin/departments/staffing/import/"):
        assert reader.get(address).status_code == 200


def test_a_worker_has_threads_left_for_pages():
    assert gates.THREADS - gates.MOST_INSIDE >= 4

"""A budget file by way of an object store: taken in by the site, read by a worker, gone when it is thrown away."""

import pytest

from budgets.models import BudgetImport
from core.models import StoredFile
from core.storage import clear_expired
from tests.background import run_waiting
from tests.budgets.files import execution_rows, write_csv
from tests.budgets.test_views_import import upload
from tests.core.storage.object_store import object_server, objects, take_down  # noqa: F401 (fixtures)
from tests.core.storage.test_objects import expire
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, seeded):
    client.force_login(make_member("예산 담당"))
    return client


@pytest.fixture
def file(tmp_path):
    return write_csv(tmp_path / "집행현황.csv", execution_rows(3))


def test_a_worker_reads_what_the_site_took_in(clerk, file, objects, django_capture_on_commit_callbacks):  # noqa: F811
    assert upload(clerk, file).status_code == 302
    incoming = BudgetImport.objects.get()
    assert [found.key for found in objects.objects.all()] == [f"seoul/{incoming.token}"]
    run_waiting()
    incoming.refresh_from_db()
    assert incoming.state == "staged"
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(f"/budgets/import/{incoming.pk}/discard/")
    assert not StoredFile.objects.whole().exists()
    expire()
    with django_capture_on_commit_callbacks(execute=True):
        clear_expired()
    assert (list(objects.objects.all()), StoredFile.objects.count()) == ([], 0)


def test_nothing_is_taken_in_where_the_store_does_not_answer(clerk, file, objects, monkeypatch):  # noqa: F811
    take_down(monkeypatch)
    response = upload(clerk, file)
    assert response.status_code == 503
    assert "파일 저장소에 닿지 않아 처리하지 못했습니다" in response.content.decode()
    assert "저장된 것은 없습니다" in response.content.decode()
    assert not BudgetImport.objects.exists()
    assert not StoredFile.objects.whole().exists()

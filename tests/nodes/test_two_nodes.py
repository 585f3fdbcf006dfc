"""Two web nodes and two workers over one database: what begins on one goes on on the other, whichever of them dies meanwhile."""

import os
import re
import signal
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from budgets.models import BudgetFigure, BudgetImport
from core.models import StoredFile, TaskLease
from departments.models import Department
from reports.editions.opening import open_edition
from reports.models import Edition, EditionEvent, PublishedFile, PublishedReport
from tests.audit import records_of
from tests.budgets.files import execution_rows, write_csv
from tests.factories import make_member
from tests.nodes.conftest import Browser, wait_until
from tests.reports.editions.conftest import confirm_all, explain_errors, make_planner, sign

pytestmark = pytest.mark.engine
IMPORTS = "/budgets/import/"


def upload(browser, node, path, **given):
    """The address of what was uploaded."""
    browser.ask(node, IMPORTS)
    status, page = browser.upload(node, IMPORTS, path, **{"as_of": "2022-09-30", "unit": "원", **given})
    assert status == 302, page
    return f"{IMPORTS}{BudgetImport.objects.latest('pk').pk}/"


def test_upload_on_one_node_is_read_by_the_worker_of_the_other(site, tmp_path):
    first, second, _ = site
    clerk = Browser(make_member("예산 담당", username="clerk"))
    worker = second.begin("manage.py", "worker", "--name", "second")
    address = upload(clerk, first, write_csv(tmp_path / "집행현황.csv", execution_rows(12)))
    wait_until(lambda: "검토 대기" in clerk.ask(second, address)[1])
    assert clerk.ask(second, f"{address}force/", {})[0] == 302
    in_force = BudgetImport.objects.latest("pk").source
    assert (in_force.state, in_force.document) == ("in_force", "집행현황.csv")
    for node in (first, second):  # whoever brought it sees it, whatever the replica has
        assert "집행현황.csv" in clerk.ask(node, "/budgets/expenditure/")[1]
    worker.terminate()
    assert worker.wait(timeout=20) == 0


def messages_of(page):
    listed = re.search(r'<ul class="messages">(.*?)</ul>', page)
    return re.findall(r"<li[^>]*>(.*?)</li>", listed[1]) if listed else []


def ready_edition(user):
    """An edition whose parts are confirmed and whose checklist is signed."""
    bureau = Department.objects.get(slug="digital-policy-bureau")
    edition, _ = open_edition(
        bureau=bureau, user=user, title="업무보고", as_of=date(2022, 11, 1), deadline=date(2022, 11, 8)
    )
    Edition.objects.filter(pk=edition.pk).update(state="review")
    edition.refresh_from_db()
    explain_errors(edition)
    confirm_all(edition)
    sign(edition, user)
    return edition


def mark_of(browser, node, address):
    """Of the documents of which the page before publishing tells."""
    page = browser.ask(node, address)[1]
    return re.search(r"mark=[0-9a-f]{64}", page)[0]


@contextmanager
def lines_held():
    """Inside nobody writes lines: a file that is read is not read before a test has seen it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE budgets_budgetline IN SHARE MODE")
        yield


@pytest.mark.thorough
def test_nothing_is_lost_and_nothing_done_twice_while_each_part_dies(site, tmp_path):
    first, second, replica = site
    clerk = Browser(make_member("예산 담당", username="clerk2"))
    workers = [
        node.begin("manage.py", "worker", "--name", name) for node, name in ((first, "one"), (second, "two"))
    ]

    # The replica dies while an edition is published.
    user = make_planner()
    edition, planner = ready_edition(user), Browser(user)
    address = f"/reports/{edition.pk}/publish/"
    # Its documents are made ahead by a worker, which dies; it is started again, as its supervisor does.
    planner.ask(second, address)
    making = TaskLease.objects.filter(token__isnull=False, task__queue_name="documents")
    wait_until(making.exists)
    index = ["one", "two"].index(making.get().worker)
    os.killpg(workers[index].pid, signal.SIGKILL)
    workers[index].wait()
    workers[index] = (first, second)[index].begin("manage.py", "worker", "--name", ("one", "two")[index])
    told = "인쇄본 5개가 준비되어 있습니다."
    wait_until(
        lambda: told in planner.ask(first, f"{address}documents/?{mark_of(planner, first, address)}")[1]
    )
    made = set(
        StoredFile.objects.filter(folder="prepared", expires_at__gt=timezone.now() + timedelta(hours=1))
    )
    assert len(made) == 5
    form = {
        "version_token": re.search(
            r'name="version_token"\s+value="([^"]+)"', planner.ask(second, address)[1]
        )[1]
    }
    replica.kill()
    assert planner.ask(second, address, form)[0] == 302
    assert messages_of(planner.ask(second, f"/reports/{edition.pk}/")[1]) == [
        "발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."
    ]
    published = PublishedFile.objects.filter(published_report__edition=edition)
    assert set(published.values_list("sha256", flat=True)) == {file.sha256 for file in made}
    planner.ask(second, address, form)
    assert PublishedReport.objects.filter(edition=edition).count() == 1
    assert EditionEvent.objects.filter(edition=edition, kind="state").count() == 1
    replica.start()

    # The worker that reads a file dies; it is started again, as its supervisor does, and the file is read once.
    file = write_csv(tmp_path / "큰 집행현황.csv", execution_rows(20_000))
    reading = TaskLease.objects.filter(token__isnull=False, task__queue_name="budget-files")
    with lines_held():
        address = upload(clerk, first, file, as_of="2022-10-31")
        wait_until(reading.exists)
        index = ["one", "two"].index(reading.get().worker)
        os.killpg(workers[index].pid, signal.SIGKILL)
        workers[index].wait()
    assert "검토 대기" not in clerk.ask(second, address)[1]
    workers[index] = (first, second)[index].begin("manage.py", "worker", "--name", ("one", "two")[index])
    wait_until(lambda: "검토 대기" in clerk.ask(second, address)[1], limit=120)
    incoming = BudgetImport.objects.latest("pk")
    assert BudgetFigure.objects.of(incoming.source).count() == 20_000

    # The node that took it in dies; what it began is ended on the other, once.
    first.kill()
    assert clerk.ask(second, f"{address}unit/", {"words": "시험"})[0] == 302
    assert [clerk.ask(second, f"{address}force/", {})[0] for _ in range(2)] == [302, 302]
    incoming.refresh_from_db()
    assert incoming.source.state == "in_force"
    assert records_of(incoming.source).filter(kind="changed").count() == 1
    assert "큰 집행현황.csv" in clerk.ask(second, "/budgets/expenditure/")[1]

    # All are there again, and say the same.
    first.start().wait()
    reader = Browser(make_member(username="last"))
    for node in (first, second):
        wait_until(lambda node=node: reader.is_answered_by_replica(node))
    pages = {
        reader.ask(node, "/budgets/expenditure/")[1].count("큰 집행현황.csv") for node in (first, second)
    }
    assert len(pages) == 1 and min(pages) >= 1
    for worker in workers:
        worker.terminate()

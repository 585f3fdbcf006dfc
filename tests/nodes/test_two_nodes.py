"""Two web nodes and two workers over one database: what begins on one goes on on the other, whichever of them dies meanwhile."""

import pytest

from budgets.models import BudgetImport
from tests.budgets.files import execution_rows, write_csv
from tests.factories import make_member
from tests.nodes.conftest import Browser, wait_until

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

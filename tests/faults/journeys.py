"""The journeys of users: what is there before them, and the requests that each is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from budgets.imports.jobs import cleanup_interrupted
from budgets.models import BudgetImport
from core.audit.context import acting
from core.models import StoredFile, TaskLease
from core.storage import clear_expired
from departments.models import Department, Staffing, User
from reports.editions import publishing
from reports.editions.collection import collection_of
from reports.editions.opening import open_edition
from reports.editions.unit_actions import pick_name
from reports.models import Edition
from seoul_digital import cleanup
from tests.audit import records_of
from tests.background import run_waiting
from tests.budgets.files import execution_rows, write_csv
from tests.factories import make_member
from tests.forms import plain, sent
from tests.reports.editions.conftest import confirm_all, explain_errors, make_planner, sign

PASSWORD = "a-long-enough-Pass9"
STAFFING = "/admin/departments/staffing/"
IMPORTS = "/budgets/import/"
Act = Callable[[Client], Iterator[HttpResponse]]


@dataclass(frozen=True)
class Journey:
    """`prepare(folder)` writes what is there before and gives the client and what it does, each request in turn."""

    name: str
    prepare: Callable
    writes: bool = True
    settle: Callable[[], None] = lambda: None  # what the next such journey does first
    traces: str = "$."  # the pattern of rows that may tell of the attempt


def signed_in(user):
    """Its session is due to be written at the next request."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    client.get("/accounts/session/")
    session = client.session
    session["session_seen"] -= 400  # seconds
    session.save()
    return client


def manager():
    return User.objects.create(username="manager", last_name="김", is_superuser=True)


def again(client):
    """The same browser."""
    copy = Client(raise_request_exception=False)
    for name, cookie in client.cookies.items():
        copy.cookies[name] = cookie.value
    return copy


def sign_in(folder):
    user = make_member("부서 담당", unit="data-center")
    user.set_password(PASSWORD)
    user.must_change_password = False
    user.save()

    def act(client):
        cleanup._next = 0.0  # as in a process that begins, which clears old sessions away
        yield client.post("/accounts/login/", {"username": "member", "password": PASSWORD})

    return Client(raise_request_exception=False), act


def read(folder):
    def act(client):
        for address in ("/departments/data-center/", "/budgets/expenditure/"):
            yield client.get(address)

    return signed_in(make_member("열람")), act


def center():
    return Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")


def edit(folder):
    client, address = signed_in(manager()), f"{STAFFING}{center().pk}/change/"
    form = plain(sent(client.get(address))) | {"authorized": "70", "change_reason": "정원 조정"}

    def act(client):
        yield client.post(address, form)

    return signed_in(User.objects.get(username="manager")), act


def import_(folder):
    content = f"자료,부서,정원\r\n{center().source.slug},data-center,70".encode()

    def act(client):
        file = SimpleUploadedFile("정원.csv", content)
        response = client.post(f"{STAFFING}import/", {"resource": "0", "import_file": file})
        yield response
        form = plain(sent(response)) if b"token" in response.content else {}
        yield client.post(f"{STAFFING}process_import/", form)

    return signed_in(manager()), act


def budget_file(folder):
    return write_csv(folder / "집행현황.csv", execution_rows(12)).read_bytes()


def post_file(client, content):
    file = SimpleUploadedFile("집행현황.csv", content)
    return client.post(IMPORTS, {"file": file, "as_of": "2022-09-30", "unit": "원"})


def upload(folder):
    content = budget_file(folder)

    def act(client):
        yield post_file(client, content)

    return signed_in(make_member("예산 담당")), act


def uploaded(folder, *actions):
    """A budget file that is read, and on which the actions were taken."""
    clerk = signed_in(make_member("예산 담당"))
    assert post_file(clerk, budget_file(folder)).status_code == 302
    address = f"{IMPORTS}{BudgetImport.objects.latest('pk').pk}"
    for action in actions:
        assert clerk.post(f"{address}/{action}/").status_code == 302
    return signed_in(User.objects.get(username="member")), address


def pressing(action, *before, **form):
    def prepare(folder):
        client, address = uploaded(folder, *before)

        def act(client):
            yield client.post(f"{address}/{action}/", form)

        return client, act

    return prepare


def edition_in(state):
    bureau = Department.objects.get(slug="digital-policy-bureau")
    given = {"title": "업무보고", "as_of": date(2022, 11, 1), "deadline": date(2022, 11, 8)}
    edition, _ = open_edition(bureau=bureau, user=make_planner(), **given)
    Edition.objects.update(state=state)
    return Edition.objects.get(pk=edition.pk), signed_in(User.objects.get(username="planner"))


def submit(folder):
    """All parts of a unit at once."""
    edition, _ = edition_in("collecting")
    client = signed_in(make_member("부서 담당", unit="data-center"))
    cells = [cell for cell in collection_of(edition).cells if cell.place.department.slug == "data-center"]
    form = {"part": [f"{pick_name(cell)} {cell.version_token}" for cell in cells if not cell.hold_reason]}

    def act(client):
        yield client.post(f"/reports/{edition.pk}/units/data-center/submit/", form)

    return client, act


def publish(folder):
    edition, client = edition_in("review")
    explain_errors(edition)
    confirm_all(edition)
    address = f"/reports/{edition.pk}/publish/"
    sign(edition, User.objects.get(username="planner"))
    form = {"version_token": publishing.proposal(edition).version_token}

    def act(client):
        yield client.post(address, form)

    return client, act


def remind(folder):
    edition, client = edition_in("collecting")
    for number, unit in enumerate(("data-center", "big-data")):
        user = make_member("부서 담당", unit=unit, username=f"member{number}")
        User.objects.filter(pk=user.pk).update(email=f"{unit}@example.org")

    def act(client):
        yield client.post(f"/reports/{edition.pk}/remind/")

    return client, act


def print_(folder):
    def act(client):
        yield client.get("/document/?format=pdf")
        yield client.get("/budgets/expenditure/?download=expenditure&format=xlsx")

    user = make_member("간부")
    signed_in(user).get("/document/?format=pdf")  # fonts are linked once in a process
    return signed_in(user), act


def restore(folder):
    """What an object was, out of its history."""
    row = center()
    row.authorized = 70
    row.save()
    record = records_of(row).last()
    client, address = signed_in(manager()), f"{STAFFING}{row.pk}/history/{record.pk}/restore/"
    form = plain(sent(client.get(address)))

    def act(client):
        yield client.post(address, form)

    return signed_in(User.objects.get(username="manager")), act


def settle():
    """What a worker does in the next hour: its own lease, if it died, runs out, and what nobody kept is old."""
    TaskLease.objects.update(expires_at=Now() - timedelta(seconds=1))
    DBTaskResult.objects.update(run_after=timezone.now())
    StoredFile.objects.filter(expires_at__isnull=False).update(expires_at=timezone.now() - timedelta(hours=1))
    with acting(lambda: User.objects.get(username="member")):
        run_waiting()
        cleanup_interrupted()
        clear_expired()


# The file that could not be read, and in the history its draft that came and went.
REFUSED = r"\+budgets_budgetimport .*\| refused \||\+core_changerecord # \| core\.(source|importedrows) |\+core_(changerecorddepartment|sourcerevision|recordseal|importedrows) "
# Of two messages one or both, and what the edition's history says of it.
UNSENT = r"\+mail|\+reports_editionevent # \| reminder |\+core_changerecord # \| reports\.editionevent |\+core_(changerecorddepartment|recordseal) "
JOURNEYS = [
    Journey("sign in", sign_in),
    Journey("read", read, writes=False),
    Journey("edit", edit),
    Journey("import", import_, traces=r"\+core_stored(file|piece)"),  # until it is an hour old
    Journey("upload", upload, settle=settle, traces=REFUSED),
    Journey("confirm", pressing("force")),
    Journey("withdraw", pressing("withdraw", "force", reason="다른 기준일의 파일")),
    Journey("discard", pressing("discard"), settle=settle),
    Journey("submit", submit),
    Journey("publish", publish, traces=r"\+core_stored(file|piece)"),  # which nobody sealed
    Journey("print", print_, writes=False),
    Journey("restore", restore),
    Journey("remind", remind, settle=settle, traces=UNSENT),
]

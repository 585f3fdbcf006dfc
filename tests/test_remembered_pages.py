"""Whatever is changed, by whatever way: the next page is the one that would be made without any memory, byte for byte, for each reader.

A run makes each kind of change once; the thorough one sixty, in an order of chance, and CHANGES=1000 as many.
"""

import os
import random
import re
import threading

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from core.models import Source, Threshold
from core.remembered import pages as remembered_pages
from core.remembered import parts
from core.remembered.page_cache import PageCache
from departments.models import Department, Duty, JobSeries, Staffing, User
from glossary.models import Definition
from projects.models import Indicator, Measurement, Milestone, Project
from reports.models import Explanation
from tests.factories import make_bureau, make_edition, make_expenditure, make_member, make_source, spend
from tests.forms import plain, sent
from tests.samples import each

pytestmark = pytest.mark.engine
ADDRESSES = ["/", "/departments/", "/departments/data-center/", "/budgets/revenue/", "/budgets/expenditure/",
             "/budgets/expenditure/data-center/", "/budgets/cross-tab/", "/budgets/expenditure/?change=grown", "/projects/",
             "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/", "/projects/?as_of=2022-08-29", "/glossary/",
             "/glossary/?q=디지털", "/compare/", "/document/", "/document/one-page/", "/facts/", "/facts/?page=2", "/integrity/", "/departments/?bureau=digital-policy-bureau", "/?as_of=2021-01-01"]  # fmt: skip


class World:
    """Two who see different things, and what changes what they see; each change is another one each time."""

    def __init__(self):
        self.count = 0
        self.reader, self.editor = (
            User.objects.create(username="reader"),
            make_member("기획 담당", username="editor"),
        )
        self.clients = []
        for user in (self.reader, self.editor):
            self.clients.append(Client())
            self.clients[-1].force_login(user)

    def word(self):
        self.count += 1
        return f"바뀐 말 {self.count}"

    def saved_row(self):
        duty = Duty.objects.order_by("?" if self.count > 99 else "pk").first()
        duty.text = self.word()
        duty.save()

    def updated_rows(self):
        Duty.objects.filter(order=1).update(text=self.word())

    def added_rows(self):
        duty = Duty.objects.first()
        Duty.objects.bulk_create(
            [Duty(source=duty.source, department=duty.department, order=900 + self.count, text=self.word())]
        )

    def raw_sql(self):
        with connection.cursor() as cursor:
            title = self.word()
            cursor.execute(
                "UPDATE projects_milestone SET title = %s WHERE id = %s",
                [title, Milestone.objects.first().pk],
            )

    def raw_delete(self):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM departments_duty WHERE id = %s", [Duty.objects.last().pk])

    def form_of_admin(self):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
        address = f"/admin/departments/staffing/{row.pk}/change/"
        form = plain(sent(self.clients[1].get(address)))
        self.count += 1
        response = self.clients[1].post(
            address, form | {"authorized": str(60 + self.count % 20), "change_reason": "조정"}
        )
        assert response.status_code == 302
        self.clients[1].get("/admin/")  # where the message is shown

    def file_in_admin(self):
        row = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29")
        self.count += 1
        content = f"자료,부서,정원\r\n{row.source.slug},data-center,{60 + self.count % 20}\r\n".encode()
        send = {"resource": "0", "import_file": SimpleUploadedFile("정원.csv", content)}
        address = "/admin/departments/staffing/"
        token = self.clients[1].post(f"{address}import/", send).context["confirm_form"].initial["token"]
        self.clients[1].post(
            f"{address}process_import/", {"token": token, "change_reason": "조정"}, follow=True
        )

    def name_of_unit(self):
        Department.objects.filter(slug="data-center").update(name=self.word())

    def name_of_project(self):
        Project.objects.filter(slug="public-wifi").update(name_english=self.word())

    def name_of_series(self):
        series = JobSeries.objects.first()
        series.name = self.word()
        series.save()

    def indicator(self):
        Indicator.objects.filter(pk=Measurement.objects.first().indicator_id).update(name=self.word())

    def definition(self):
        Definition.objects.filter(pk=Definition.objects.first().pk).update(text=self.word())

    def withdrawn_source(self):
        Source.objects.filter(state="in_force", scope="duties").update(state="withdrawn")

    def source_back(self):
        Source.objects.filter(scope="duties").update(state="in_force")

    def newer_source(self):
        self.count += 1
        bureau = Department.objects.get(slug="digital-policy-bureau")
        source = make_expenditure(bureau, f"2022-09-{1 + self.count % 28:02}", slug=f"newer/{self.count}")
        spend(source, Department.objects.get(slug="data-center"), self.count + 500)

    def edited_draft(self):
        source = Source.objects.filter(scope="duties").first()
        draft = make_source(source.bureau, "duties", "2023-01-01", state="draft", slug=f"draft/{self.word()}")
        Duty.objects.create(
            source=draft, department=Department.objects.get(slug="data-center"), order=1, text=self.word()
        )

    def other_bureau(self):
        bureau = make_bureau(f"bureau-{self.count}", self.word())
        spend(make_expenditure(bureau, "2022-08-29", slug=f"other/{self.count}"), bureau, 700)

    def threshold(self):
        Threshold.objects.filter(pk=Threshold.objects.first().pk).update(value=self.count % 9 + 1)
        self.count += 1

    def explanation(self):
        bureau = Department.objects.get(slug="digital-policy-bureau")
        Explanation.objects.create(
            bureau=bureau, finding=self.word(), fingerprint="x", reason=self.word(), explained_by=self.editor
        )

    def edition(self):
        self.count += 1
        make_edition(f"2022-{self.count % 12 + 1:02}-{15 + self.count // 12 % 9}")

    def rights(self):
        self.count += 1
        role = Group.objects.get(name=("간부", "예산 담당", "열람")[self.count % 3])
        self.reader.groups.set([role])

    def unit_of_user(self):
        self.count += 1
        unit = Department.objects.get(slug=("data-center", "digital-policy-bureau")[self.count % 2])
        User.objects.filter(pk=self.editor.pk).update(department=unit, is_city_wide=self.count % 3 == 0)

    def name_of_user(self):
        User.objects.filter(pk=self.reader.pk).update(last_name=self.word())

    def language_on_the_site(self):
        self.count += 1
        self.clients[0].post("/language/", {"language": ("ko", "en")[self.count % 2], "next": "/"})


SHOWN = {
    "saved_row": "/departments/",
    "updated_rows": "/departments/",
    "added_rows": "/departments/",
    "raw_sql": "/projects/timeline/",
    "raw_delete": "/departments/",
    "form_of_admin": "/departments/",
    "file_in_admin": "/departments/",
    "name_of_unit": "/budgets/expenditure/",
    "name_of_project": "/projects/",
    "name_of_series": "/departments/",
    "indicator": "/projects/indicators/",
    "definition": "/glossary/",
    "withdrawn_source": "/departments/",
    "source_back": "/departments/data-center/",
    "newer_source": "/budgets/expenditure/",
    "edited_draft": "/departments/",
    "other_bureau": "/budgets/revenue/",
    "threshold": "/budgets/expenditure/",
    "explanation": "/budgets/revenue/",
    "edition": "/",
    "rights": "/departments/",
    "unit_of_user": "/departments/",
    "name_of_user": "/glossary/",
    "language_on_the_site": "/glossary/",
}
UNSEEN = {
    "name_of_project",
    "edited_draft",
    "threshold",
    "explanation",
    "source_back",
    "unit_of_user",
}  # on that page, in Korean


def without_what_differs(response):
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"|data-left="\d+"', b"", response.content)


def made_anew(client, address, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(remembered_pages, "may_be_remembered", lambda request: False)
        return without_what_differs(client.get(address))


def assert_as_made_anew(world, addresses, monkeypatch):
    for client in world.clients:
        for address in addresses:
            assert without_what_differs(client.get(address)) == made_anew(client, address, monkeypatch), (
                address
            )


@pytest.fixture
def world(seeded, monkeypatch):
    for module in (remembered_pages, parts):
        monkeypatch.setattr(module, "_remembered", PageCache(1 << 24))
    return World()


@pytest.mark.parametrize(("change", "address"), each(2, SHOWN.items()))
def test_page_after_a_change_is_as_made_anew(world, monkeypatch, change, address):
    before = [without_what_differs(client.get(address)) for client in world.clients]
    getattr(world, change)()
    assert_as_made_anew(world, [address], monkeypatch)
    after = [without_what_differs(client.get(address)) for client in world.clients]
    assert (before == after) == (change in UNSEEN)


@pytest.mark.thorough
def test_pages_after_changes_in_any_order_are_as_made_anew(world, monkeypatch):
    chance = random.Random(20221127)  # noqa: S311
    for _ in range(int(os.environ.get("CHANGES") or 60)):
        change = chance.choice(list(SHOWN))
        addresses = [SHOWN[change], *chance.sample(ADDRESSES, 2)]
        for client in world.clients:
            for address in addresses:
                client.get(address)
        getattr(world, change)()
        assert_as_made_anew(world, addresses, monkeypatch)


@pytest.mark.parametrize("address", each(6, ADDRESSES))
def test_page_from_memory_is_as_made_anew(world, monkeypatch, address):
    for client in world.clients:
        client.get(address)
    assert_as_made_anew(world, [address], monkeypatch)


@pytest.mark.django_db(transaction=True)
def test_writes_of_another_connection_are_seen_once_committed(monkeypatch):
    client = Client()
    client.force_login(User.objects.create(username="reader"))
    is_written, may_commit = threading.Event(), threading.Event()

    def write(text, *, waits):
        with transaction.atomic():
            Duty.objects.filter(order=1).update(text=text)
            is_written.set()
            if waits:
                may_commit.wait(20)
        connection.close()

    def page():
        return client.get("/departments/").content.decode()

    writer = threading.Thread(target=write, args=("첫째로 고친 말",), kwargs={"waits": True})
    writer.start()
    is_written.wait(20)
    assert "첫째로 고친 말" not in page() + page()
    may_commit.set()
    writer.join()
    assert "첫째로 고친 말" in page()
    take = remembered_pages.take_snapshot

    def after_a_write(request):
        """Between the version and the rows."""
        other = threading.Thread(target=write, args=("둘째로 고친 말",), kwargs={"waits": False})
        other.start()
        other.join()
        take(request)

    remembered_pages._remembered.clear()
    with monkeypatch.context() as patch:
        patch.setattr(remembered_pages, "take_snapshot", after_a_write)
        assert "둘째로 고친 말" in page()
    assert remembered_pages._remembered.size == 0
    assert "둘째로 고친 말" in page()

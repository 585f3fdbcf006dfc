"""Every way in which what pages show is changed, each time to something else: by rows, by SQL past the product, in administration, on the site, by
files, by commands, in the shell."""

import csv
import inspect
import re
from datetime import timedelta
from io import StringIO
from tempfile import TemporaryDirectory

from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from budgets.models import BudgetImport
from core.access.roles import TABLES
from core.audit.recording import tracked_models
from core.models import ChangeRecord, Fact, Source, Threshold
from departments.models import Department, Duty, JobSeries, Staffing, User
from glossary.models import Definition
from projects.models import Indicator, Measurement, Milestone, Project
from reports.models import Explanation
from tests.background import run_waiting
from tests.budgets.files import HEADER, execution_rows
from tests.factories import make_bureau, make_edition, make_expenditure, make_member, make_source, spend
from tests.forms import plain, sent

ADDRESSES = ["/", "/departments/", "/departments/data-center/", "/budgets/revenue/", "/budgets/expenditure/",
             "/budgets/expenditure/data-center/", "/budgets/cross-tab/", "/budgets/expenditure/?change=grown", "/projects/",
             "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/", "/projects/?as_of=2022-08-29", "/glossary/",
             "/glossary/?q=디지털", "/compare/", "/document/", "/document/one-page/", "/facts/", "/facts/?page=2", "/integrity/", "/departments/?bureau=digital-policy-bureau", "/?as_of=2021-01-01"]  # fmt: skip
# What rests on memories of its own, though its page is not remembered; and pages of dates and of texts.
MORE_ADDRESSES = ["/search/?q=데이터", "/search/?q=ㄷㅇㅌ", "/facts/staffing:data-center/headcount/", "/document/numbers/", "/compare/?before=2021-01-01&after=2022-08-29",
                  "/departments/digital-policy-bureau/", "/integrity/?level=error", "/projects/timeline/?as_of=2022-12-01", "/facts/?q=정원"]  # fmt: skip
TEXTS, NUMBERS = (models.CharField, models.TextField), (models.IntegerField, models.DecimalField)


class PlainClient(Client):
    """One whose posts are not held against history (tests/write_paths.py): rows have come past it. It keeps pages as browsers do."""

    def __init__(self):
        super().__init__()
        self.kept = {}

    def post(self, *given, **named):
        return inspect.unwrap(Client.post)(self, *given, **named)


class World:
    """Two who see different things, and what changes what they see."""

    def __init__(self):
        self.count = 0
        self.reader = User.objects.filter(username="reader").first() or User.objects.create(username="reader")
        self.editor = User.objects.filter(username="editor").first() or make_member(
            "기획 담당", username="editor"
        )
        self.sign_in()

    def sign_in(self):
        self.clients = []
        for user in (self.reader, self.editor):
            self.clients.append(PlainClient())
            self.clients[-1].force_login(user)

    def next(self):
        self.count += 1
        return self.count

    def word(self):
        return f"바뀐 말 {self.next()}"

    # Rows

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

    def threshold(self):
        Threshold.objects.filter(pk=Threshold.objects.first().pk).update(value=self.next() % 9 + 1)

    def explanation(self):
        bureau = Department.objects.get(slug="digital-policy-bureau")
        Explanation.objects.create(
            bureau=bureau, finding=self.word(), fingerprint="x", reason=self.word(), explained_by=self.editor
        )

    # SQL past the product

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

    def raw_insert(self):
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO departments_duty ("source_id", "department_id", "order", "text", {self.more_columns(Duty)[0]}) '
                f'SELECT "source_id", "department_id", %s, %s, {self.more_columns(Duty)[0]} '
                "FROM departments_duty WHERE id = %s",
                [10_000 + self.count, self.word(), Duty.objects.first().pk],
            )

    @staticmethod
    def more_columns(model):
        known = {"id", "source_id", "department_id", "order", "text"}
        names = [field.column for field in model._meta.concrete_fields if field.column not in known]
        return [", ".join(f'"{name}"' for name in names)]

    def raw_value(self):
        """Of any row of any table that history follows, any plain value; whatever a constraint refuses stays as it is."""
        tables = sorted(tracked_models(), key=lambda model: model._meta.label)
        for model in tables[self.next() * 7 % len(tables) :]:
            if (row := model._base_manager.order_by("?").first()) and self.changed_past_the_product(row):
                return

    def changed_past_the_product(self, row):
        fields = [one for one in row._meta.concrete_fields if isinstance(one, TEXTS + NUMBERS)]
        plain = [
            one for one in fields if not (one.primary_key or one.choices or one.unique or one.is_relation)
        ]
        for field in plain[self.count % max(len(plain), 1) :]:
            value = getattr(row, field.attname)
            is_text = isinstance(field, TEXTS)
            new = f"{(value or '')[:20]}{self.count}" if is_text else (value or 0) + 1
            table, column = row._meta.db_table, field.column
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [new, row.pk])
            except DatabaseError:
                continue
            return True
        return False

    def raw_fact_deleted(self):
        """Any row of a fact that nothing hangs on."""
        leaves = [
            model for model in tracked_models() if issubclass(model, Fact) and not model._meta.related_objects
        ]
        leaves = sorted(leaves, key=lambda model: model._meta.label)
        model = leaves[self.next() % len(leaves)]
        if row := model._base_manager.order_by("?").first():
            with connection.cursor() as cursor:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = %s', [row.pk])

    # Sources

    def withdrawn_source(self):
        Source.objects.filter(state="in_force", scope="duties").update(state="withdrawn")

    def source_back(self):
        Source.objects.filter(scope="duties").update(state="in_force")

    def newer_source(self):
        bureau = Department.objects.get(slug="digital-policy-bureau")
        source = make_expenditure(bureau, f"2022-09-{1 + self.next() % 28:02}", slug=f"newer/{self.count}")
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

    def edition(self):
        day = timezone.datetime(2022, 1, 15).date() + timedelta(days=self.next() % 3_000)
        make_edition(str(day))

    # Administration

    def staffing(self):
        row = Staffing.objects.filter(department__slug="data-center", source__state="in_force")
        row = row.order_by("-source__as_of").first()
        return row, f"/admin/departments/staffing/{row.pk}/change/"

    def sent_in_admin(self, address, **values):
        if (page := self.clients[1].get(address)).status_code != 200:
            return  # of a unit that may not
        response = self.clients[1].post(address, plain(sent(page)) | {"change_reason": "조정", **values})
        if response.status_code == 200:  # asked once whether it is meant
            self.clients[1].post(address, plain(sent(response)) | {"change_reason": "조정"})
        self.clients[1].get("/admin/")  # where the message is shown

    def form_of_admin(self):
        self.sent_in_admin(self.staffing()[1], authorized=str(60 + self.next() % 20))

    def file_in_admin(self):
        row, _ = self.staffing()
        content = f"자료,부서,정원\r\n{row.source.slug},data-center,{60 + self.next() % 20}\r\n".encode()
        send = {"resource": "0", "import_file": SimpleUploadedFile("정원.csv", content)}
        address = "/admin/departments/staffing/"
        context = self.clients[1].post(f"{address}import/", send).context or {}
        if form := context.get("confirm_form"):
            given = {"token": form.initial["token"], "change_reason": "조정"}
            self.clients[1].post(f"{address}process_import/", given, follow=True)

    def deleted_in_admin(self):
        if duty := Duty.objects.filter(source__state="in_force").last():
            address = f"/admin/departments/duty/{duty.pk}/delete/"
            self.clients[1].post(address, {"post": "yes", "change_reason": "조정"})
            self.clients[1].get("/admin/")

    # The site

    def explained_on_the_site(self):
        found = re.findall(
            r'name="finding" value="([^"]+)"', self.clients[1].get("/integrity/").content.decode()
        )
        given = {"finding": found[self.next() % len(found)], "reason": self.word()} if found else {}
        self.clients[1].post("/integrity/explain/", given, follow=True)

    def taken_back(self):
        """What was deleted last comes back."""
        for record in ChangeRecord.objects.of(Duty).filter(kind="deleted").order_by("-pk")[:5]:
            address = f"/history/{record.pk}/take-back/"
            if (asked := self.clients[1].get(address)).status_code == 200:
                form = plain(sent(asked))
                self.clients[1].post(address, form | {"reason": self.word()}, follow=True)
                return

    def budget_rows(self):
        self.next()
        rows = [list(row) for row in execution_rows(8)]
        for row in rows:
            for name in ("본예산", "예산현액"):
                row[HEADER.index(name)] += self.count
        text = StringIO()
        csv.writer(text).writerows([HEADER, *rows])
        return ("﻿" + text.getvalue()).encode()

    def day_of_file(self):
        return str(timezone.datetime(2022, 9, 1).date() + timedelta(days=self.next() % 100))

    def budget_file_on_the_site(self):
        file = SimpleUploadedFile("집행현황.csv", self.budget_rows())
        given = {"file": file, "as_of": self.day_of_file(), "unit": "원"}
        self.clients[1].post("/budgets/import/", given)
        run_waiting()
        if incoming := BudgetImport.objects.last():
            self.clients[1].post(f"/budgets/import/{incoming.pk}/force/", follow=True)

    def budget_file_withdrawn(self):
        if incoming := BudgetImport.objects.filter(source__state="in_force").last():
            given = {"reason": self.word()}
            self.clients[1].post(f"/budgets/import/{incoming.pk}/withdraw/", given, follow=True)

    def language_on_the_site(self):
        self.clients[0].post("/language/", {"language": ("ko", "en")[self.next() % 2], "next": "/"})

    # Commands and the shell

    def budget_file_by_command(self):
        with TemporaryDirectory() as folder:
            with open(f"{folder}/집행현황.csv", "wb") as file:
                file.write(self.budget_rows())
            given = {
                "as_of": self.day_of_file(),
                "unit": "원",
                "limited": True,
                "bureau": "digital-policy-bureau",
            }
            call_command(
                "import_budget", f"{folder}/집행현황.csv", stdout=StringIO(), stderr=StringIO(), **given
            )

    def seeded_anew(self):
        Source.objects.filter(slug__endswith="/staffing").delete()
        call_command("seed", stdout=StringIO())

    def shell(self):
        change = (
            f"unit = Department.objects.get(slug='data-center'); unit.name = '{self.word()}'; unit.save()"
        )
        call_command("shell", command=f"from departments.models import Department; {change}", reason="조정")

    # Who reads

    def rights(self):
        role = Group.objects.get(name=("간부", "예산 담당", "열람")[self.next() % 3])
        self.reader.groups.set([role])

    def rights_of_a_role(self):
        """What the role of the reader may do, while its name stays."""
        for permissions in (role.permissions for role in self.reader.groups.all()):
            of_tables = Permission.objects.get(codename=TABLES)
            is_there = permissions.filter(pk=of_tables.pk).exists()
            permissions.remove(of_tables) if is_there else permissions.add(of_tables)

    def unit_of_user(self):
        unit = Department.objects.get(slug=("data-center", "digital-policy-bureau")[self.next() % 2])
        User.objects.filter(pk=self.editor.pk).update(department=unit, is_city_wide=self.count % 3 == 0)

    def name_of_user(self):
        User.objects.filter(pk=self.reader.pk).update(last_name=self.word())


# By change a page that shows it, and in THOROUGH those that take seconds.
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
THOROUGH = {
    "raw_insert": "/departments/",
    "raw_value": "/document/",
    "raw_fact_deleted": "/facts/",
    "deleted_in_admin": "/departments/",
    "explained_on_the_site": "/integrity/",
    "taken_back": "/departments/",
    "budget_file_on_the_site": "/budgets/expenditure/",
    "budget_file_withdrawn": "/budgets/expenditure/",
    "budget_file_by_command": "/budgets/expenditure/",
    "seeded_anew": "/departments/",
    "shell": "/departments/data-center/",
    "rights_of_a_role": "/budgets/revenue/",
}

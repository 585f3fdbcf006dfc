"""Two planners who publish at the same moment, edits afterwards, and the files again, each in a process of its own:

    python tests/reports/editions/publishers.py publish|edit|download

on the database that DATABASE_URL names. The last line is the outcome as JSON. `test_publishers.py` runs this.
"""

import hashlib
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent.parent))

from tests.core.edit_conflicts.writers import prepare  # noqa: E402

WAIT = 60  # seconds that one waits for the other
EDITS = 1_000
FILES = ("pdf", "hwpx", "xlsx", "html", "json")


def signed_in(name):
    from django.test import Client

    from departments.models import User

    client = Client(raise_request_exception=False)
    user, _ = User.objects.get_or_create(username=name, is_superuser=True)
    client.force_login(user)
    return client


def ready_to_publish():
    from departments.models import Department
    from reports.editions.opening import open_edition
    from reports.editions.snapshot import snapshot_of
    from reports.findings import errors_left, explain, findings_of
    from reports.models import Edition
    from tests.reports.editions.conftest import confirm_all, sign

    bureau = Department.objects.get(slug="digital-policy-bureau")
    edition, _ = open_edition(
        bureau=bureau, title="업무보고", as_of=date(2022, 11, 1), deadline=date(2022, 11, 8)
    )
    signed_in("one")
    from departments.models import User

    found = findings_of(snapshot_of(edition))
    for one in errors_left(found):
        explain(
            bureau,
            found,
            {"finding": one.finding.id, "reason": "원문의 오기"},
            User.objects.get(username="one"),
        )
    Edition.objects.update(state="review")
    confirm_all(edition)
    edition.refresh_from_db()
    sign(edition, User.objects.get(username="one"))
    return edition


def publish():
    from django.db import connections

    from reports.models import PublishedFile, PublishedReport

    address = f"/reports/{ready_to_publish().pk}/publish/"
    clients, start = [signed_in("one"), signed_in("two")], Barrier(2)
    forms = [form_of(client.get(address)) for client in clients]

    def press(number):
        start.wait()
        try:
            response = clients[number].post(address, forms[number], follow=True)
            return response.status_code, re.findall(
                r'<li class="(?:success|error)">([^<]+)</li>', response.content.decode()
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, range(2)))
    counts = {"published_report": PublishedReport.objects.count(), "files": PublishedFile.objects.count()}
    return counts | {"outcomes": sorted(outcomes), "hashes": hashes()}


def form_of(response):
    """That of publishing, with the mark of what is shown."""
    return {"version_token": re.search(r'name="version_token" value="(\w+)"', response.content.decode())[1]}


def main_of(response):
    """The page without its header, which is of today."""
    assert response.status_code == 200
    return re.search(rb"<main.*</main>", response.content, re.DOTALL)[0]


def hashes():
    """Of what is downloaded, of the page and of the document, and what the database says that they are."""
    from reports.models import Edition, PublishedFile

    client, key = signed_in("reader"), Edition.objects.get().pk
    files = {one: client.get(f"/reports/{key}/files/{one}/").getvalue() for one in FILES}
    pages = {name: main_of(client.get(f"/reports/{key}/{name}")) for name in ("", "document/", "changes/")}
    # Where its numbers lead is of the facts as they are now; what it says is not.
    pages["document/"] = re.sub(rb"<[^>]*>", b"", pages["document/"])
    found = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in {**files, **{f"page {k}": v for k, v in pages.items()}}.items()
    }
    kept = dict(PublishedFile.objects.values_list("extension", "sha256"))
    assert {name: found[name] for name in FILES} == kept
    return found


def edit():
    """A thousand saves all over the report, of the edition's own sources too, and one source less."""
    from core.models import Source
    from departments.models import Department, Duty, Staffing, User
    from glossary.models import Definition
    from projects.models import Brief, Measurement, Milestone

    done = 0
    while done < EDITS:
        for model, field in ((Duty, "text"), (Staffing, "authorized"), (Brief, "purpose"), (Milestone, "title"), (Definition, "heading"),
                             (Measurement, "printed"), (Department, "name"), (User, "last_name")):  # fmt: skip
            for row in model.objects.order_by("-pk")[:40]:
                value = getattr(row, field)
                setattr(row, field, value + 1 if isinstance(value, int) else f"{value[:20]} {done}")
                row.save()
                done += 1
    Source.objects.filter(scope="revenue", as_of="2022-11-01").update(state="withdrawn")
    return {"edits": done}


SCENARIOS = {"publish": publish, "edit": edit, "download": lambda: {"hashes": hashes()}}

if __name__ == "__main__":
    prepare(WAIT)
    print(json.dumps(SCENARIOS[sys.argv[1]]()))

"""A whole cycle, as its users live it: what is in force afterwards is what was confirmed, and nothing else."""

import io

import pytest
from django.db.models import Sum
from pypdf import PdfReader

from budgets.imports.sandbox.pipeline import compare
from budgets.models import BudgetFigure, BudgetImport
from core.copying import counts_of
from core.models import Source
from reports.editions.checklist.checklist import UNSIGNED
from reports.formats import FORMATS
from reports.models import PublishedFile
from tests.factories import make_bureau, make_expenditure, make_member, make_source, place
from tests.reports.editions.conftest import explain_errors, one_post_more
from tests.reports.editions.test_collection import acting
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db

PDF = {extension: FORMATS[extension] for extension in ("pdf", "json")}


def bring(bureau, user, name, committed, as_of="2022-10-31"):
    """A file of the whole budget, read and waiting for review: each division's lines as they are, with what was executed."""
    source = make_expenditure(bureau, as_of, state="draft", document=name, brought_by=user, unit="천원")
    for line in BudgetFigure.objects.filter(source__as_of="2022-08-29", line__fiscal_year=2022):
        BudgetFigure.objects.create(
            source=source, line=line.line, current=line.current, committed=committed * 1_000
        )
    incoming = BudgetImport.objects.create(
        bureau=bureau,
        file_name=name,
        token=name,
        sha256=name,
        size=1,
        source=source,
        uploader=user,
        state="staged",
        options={"as_of": as_of, "unit": "천원"},
    )
    compare(incoming)
    return incoming


@pytest.fixture
def people(planner, member):
    """Six: who plans, who has the budget, two of divisions, one who reads, and one of another bureau."""
    other = make_bureau()
    place(make_source(other, "organisation", "2022-08-29"), other)
    return {
        "budget": make_member("예산 담당", unit="digital-policy", username="budget"),
        "security": make_member("부서 담당", unit="ict-security", username="security"),
        "reader": make_member("열람", unit="digital-policy", username="reader"),
        "stranger": make_member("기획 담당", unit=other.slug, username="stranger"),
        "planner": planner,
        "member": member,
    }


def act(client, user, edition, path, **given):
    client.force_login(user)
    page = client.post(f"/reports/{edition.pk}/{path}", given, follow=True)
    assert page.status_code == 200, page.status_code
    return page


@pytest.mark.parametrize("has_file", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_what_is_in_force_is_what_was_confirmed(client, edition, bureau, people, monkeypatch, has_file):
    monkeypatch.setattr("reports.editions.publishing.FORMATS", PDF)
    planner, member = people["planner"], people["member"]
    if has_file:
        confirmed = bring(bureau, people["budget"], "10월 집행현황.xlsx", 1_000)
        client.force_login(people["budget"])
        client.post(f"/budgets/import/{confirmed.pk}/force/")
        confirmed.source.refresh_from_db()
        assert confirmed.source.state == "in_force"
    trial = bring(bureau, people["budget"], "시험.xlsx", 7, "2022-11-01")

    act(client, planner, edition, "state/", state="collecting")
    part = "parts/data-center/staffing/"
    act(client, member, edition, part, action="submit")
    act(client, planner, edition, part, action="return", note="정원을 확인해 주십시오.")
    with acting(lambda: member):
        one_post_more()
    act(client, member, edition, part, action="submit")
    act(client, planner, edition, part, action="confirm")
    act(client, people["security"], edition, "parts/ict-security/duties/", action="submit")
    explain_errors(edition)
    act(client, planner, edition, "state/", state="review")
    page = client.get(f"/reports/{edition.pk}/publish/")
    assert trial.source in page.context["proposal"].outside
    page = client.get(f"/reports/{edition.pk}/checklist/")
    picked = [f"{name} {cell.version_token}" for cell, _, name in page.context["unconfirmed"]]
    act(client, planner, edition, "confirm/", part=picked, reason="지난 보고와 같음")
    page = client.get(f"/reports/{edition.pk}/publish/")
    shown = {source.pk: counts_of(source) for source in page.context["proposal"].drafts}
    assert ("이미 확정되어 이 회차에 실리는 자료" in text_of(page)) == has_file
    token = page.context["proposal"].version_token
    for other in ("stranger", "reader"):
        client.force_login(people[other])
        assert client.post(f"/reports/{edition.pk}/publish/", {"version_token": token}).status_code == 403
    before = set(Source.objects.in_force().values_list("pk", flat=True))
    client.force_login(planner)
    for path in ("", "document/", "checklist/"):
        assert ("집행액 미제출" in text_of(client.get(f"/reports/{edition.pk}/{path}"))) != has_file, path
    assert said(act(client, planner, edition, "publish/", version_token=token)) == [UNSIGNED]
    list_shown = client.get(f"/reports/{edition.pk}/checklist/").context["checklist"].version_token
    act(client, planner, edition, "checklist/", version_token=list_shown)
    assert said(act(client, planner, edition, "publish/", version_token=token)) == [
        "발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."
    ]

    after = set(Source.objects.in_force().values_list("pk", flat=True))
    assert after - before == set(shown)
    assert {source.pk: counts_of(source) for source in Source.objects.filter(pk__in=shown)} == shown
    assert len(shown) == (8 if has_file else 9)  # the file stands in for the lines that were carried forward
    trial.source.refresh_from_db()
    assert (trial.source.state, trial.stage) == ("draft", "검토 대기")
    content = PublishedFile.objects.get(extension="pdf").bytes
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if has_file:
        total = BudgetFigure.objects.of(confirmed.source).aggregate(total=Sum("committed"))["total"]
        assert f"{total // 1_000:,}" in text
        assert "’22.10.31.기준" in "".join(text.split())
        assert "미제출" not in text
    else:
        assert "집행액 미제출" in text
    client.force_login(people["reader"])
    pages = client.get("/budgets/expenditure/").content.decode()
    assert ("2022. 10. 31." if has_file else "2022. 8. 29.") in pages

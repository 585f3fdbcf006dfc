"""Publishing on its page, and the pages of an edition that is not published yet."""

import hashlib
import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from budgets.expenditure import execution
from core.models import Source, TaskWorker
from departments.models import Department, Duty
from glossary.models import Definition
from projects.models import Brief, Contact
from reports.editions import publishing
from reports.editions.checklist.checklist import UNSIGNED
from reports.editions.ready_documents import DocumentsState
from reports.models import PublishedReport
from reports.views.publishing import NO_LONGER_READY
from tests.background import run_waiting
from tests.factories import make_expenditure, snapshot_of, spend
from tests.reports.editions.conftest import confirm_all, one_post_more, sign
from tests.reports.editions.test_collection import acting
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db


def test_publishing_on_the_page(planner_client, planner, reviewed, quick_formats):
    url = f"/reports/{reviewed.pk}/publish/"
    page = planner_client.get(url)
    content = text_of(page)
    assert "초안 9건을 확정하고 2022. 11. 1. 기준의 업무보고를 발행합니다." in content
    assert "처음 보이는 기준일이 2022. 8. 29.에서 2022. 11. 1.로 바뀝니다." in content
    shown = {"version_token": page.context["proposal"].version_token}
    assert said(planner_client.post(url, shown, follow=True)) == [UNSIGNED]
    assert page.context["documents"] is None  # before the signature they would be others
    sign(reviewed, planner)
    content = text_of(planner_client.get(url))
    assert "모든 부분을 지금 내용대로 확인했습니다." in content
    assert "문서를 만드느라 몇 초 걸립니다." in content  # no worker is there
    page = planner_client.post(url, shown, follow=True)
    assert said(page) == ["발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."]
    assert [one.extension for one in page.context["copy"].files] == ["html", "json"]


def test_what_a_pdf_cannot_print_is_said_before_publishing(planner_client, reviewed):
    url = f"/reports/{reviewed.pk}/"
    clear = planner_client.get(f"{url}checklist/").context["checklist"]
    assert "reports.glyphs" in {result.rule.key for result in clear.passed}
    drafts = {"source__as_of": "2022-11-01"}
    append(Duty.objects.filter(**drafts, department__slug="ict-security").first(), "text", "😀")
    append(Brief.objects.get(**drafts, number=1), "purpose", "\uf0b7")
    append(Definition.objects.filter(**drafts).first(), "text", "🚀")
    append(Contact.objects.filter(brief__source__as_of="2022-11-01").first(), "names", "🙂")
    confirm_all(reviewed)
    told = "글꼴에 없어 PDF에 □로 인쇄되는 글자가 있습니다: "
    shown = planner_client.get(f"{url}checklist/").context["checklist"]
    (found,) = [result for result in shown.warnings if result.rule.key == "reports.glyphs"]
    assert [item.words for item in found.items] == ["U+F0B7", "😀", "🙂", "🚀"]
    assert f"{told}😀" in text_of(planner_client.get(f"{url}parts/ict-security/duties/"))
    assert f"{told}U+F0B7 🙂" in text_of(planner_client.get(f"{url}parts/ict-security/projects/public-wifi/"))
    assert "□로 인쇄되는" not in text_of(planner_client.get(f"{url}parts/ict-security/staffing/"))


def test_the_documents_that_would_be_published_are_there_to_look_at(
    planner_client, planner, reviewed, client, quick_formats
):
    url = f"/reports/{reviewed.pk}/publish/"
    sign(reviewed, planner)
    TaskWorker.objects.create(name="worker", seen_at=timezone.now())
    page = planner_client.get(url)
    assert "인쇄본을 미리 만들고 있습니다. 기다리지 않고 발행해도 됩니다." in text_of(page)
    follow = unescape(re.search(r'data-follow="([^"]+)"', page.content.decode())[1])
    assert "인쇄본을 미리 만들고 있습니다." in text_of(planner_client.get(follow))
    assert run_waiting() == 1
    fragment = planner_client.get(follow)
    told = "인쇄본 2개가 준비되어 있습니다. 지금 발행하면 이 파일이 그대로 나갑니다."
    assert told in text_of(fragment)
    assert "no-store" in fragment["Cache-Control"]
    links = [unescape(link) for link in re.findall(r'<a\s+href="([^"]+)"', fragment.content.decode())]
    assert len(links) == 2
    file = planner_client.get(links[1])
    assert file["Content-Disposition"] == (
        "attachment; filename*=utf-8''%EB%B0%9C%ED%96%89%20%EC%A0%84%20%EC%97%85%EB%AC%B4%EB%B3%B4%EA%B3%A0_"
        "%EB%94%94%EC%A7%80%ED%84%B8%EC%A0%95%EC%B1%85%EA%B4%80_2022-11-01.json"
    )
    seen = b"".join(file)
    stale = planner_client.get(f"{url}documents/json/?mark=another", follow=True)
    assert said(stale) == [NO_LONGER_READY]
    assert told in text_of(stale)
    shown = {"version_token": stale.context["proposal"].version_token}
    page = planner_client.post(url, shown, follow=True)
    assert said(page) == ["발행했습니다. 이 회차의 화면과 파일은 이제 바뀌지 않습니다."]
    handed = b"".join(planner_client.get(f"/reports/{reviewed.pk}/files/json/"))
    assert (seen, hashlib.sha256(seen).hexdigest()) == (handed, PublishedReport.objects.get().sha256)
    assert planner_client.get(links[1]).status_code == 404
    assert planner_client.get(follow).status_code == 404


def test_why_the_documents_cannot_be_made_is_told_before_publishing():
    error = "문서를 만들 수 없어 발행할 수 없습니다. 글꼴이 없습니다."
    told = render_to_string("reports/_prepared.html", {"documents": DocumentsState(error=error)})
    assert f'<p class="so warn">{error}</p>' in told


def test_nothing_is_published_without_fonts(planner_client, planner, reviewed, settings, tmp_path):
    url = f"/reports/{reviewed.pk}/publish/"
    sign(reviewed, planner)
    publishable = '<button class="btn pri" type="submit">발행</button>'
    assert publishable in planner_client.get(url).content.decode()
    settings.BASE_DIR = tmp_path
    page = planner_client.get(url)
    content = page.content.decode()
    assert (
        '<button class="btn pri" type="submit" disabled aria-describedby="refusal">발행</button>' in content
    )
    assert (
        '<p class="so warn" id="refusal">문서를 만들 수 없어 발행할 수 없습니다. 서버에 글꼴 파일(PretendardGOV-Regular.otf, '
        "PretendardGOV-SemiBold.otf, PretendardGOV-Bold.otf)이 없습니다. 서버 관리자가 ‘make setup’을 다시 실행해야 합니다.</p>"
    ) in content
    assert page.context["documents"] is None  # nor is a worker asked for them
    assert "초 걸립니다" not in content


def append(row, field, glyph):
    setattr(row, field, f"{getattr(row, field)} {glyph}")
    row.save()


def test_drafts_of_an_edition_that_is_not_published_are_not_carried_forward(planner_client, reviewed):
    given = {"title": "12월 업무보고", "as_of": "2022-12-01", "deadline": "2022-12-08"}
    assert said(planner_client.post("/reports/new/", given, follow=True)) == [
        "회차를 열고, 지난 자료를 이어받은 초안 9건을 만들었습니다.",
        "‘2022년 11월 업무보고 (2022. 11. 1.)’ 회차를 아직 발행하지 않아, 그 회차의 초안은 이어받지 않았습니다.",
    ]


def test_what_was_changed_after_it_was_confirmed_is_not_confirmed(planner_client, planner, member, reviewed):
    url = f"/reports/{reviewed.pk}/"
    assert "확인한 뒤 고친" not in text_of(planner_client.get(url))
    with acting(lambda: member):
        one_post_more()
    assert "확인하지 않은 부분이 1개 있어 발행할 수 없습니다." in text_of(
        planner_client.get(f"{url}publish/")
    )
    content = text_of(planner_client.get(f"{url}checklist/"))
    assert "데이터센터 인력</label> (<a" in content
    assert "발행</button>" not in content
    assert "확인한 뒤 고친 부분이 1개 있습니다." in text_of(planner_client.get(url))
    part = planner_client.get(f"{url}parts/data-center/staffing/").context["cell"]
    place = {"action": "confirm_in_place", "note": "담당자와 통화함", "version_token": part.version_token}
    done = planner_client.post(f"{url}parts/data-center/staffing/", place, follow=True)
    assert said(done) == ["‘데이터센터 인력’ 부분을 대신 확인했습니다."]
    sign(reviewed, planner)
    content = text_of(planner_client.get(f"{url}publish/"))
    assert "기획 담당이 대신 확인한 부분: 데이터센터 인력 (담당자와 통화함)" in content
    assert "발행</button>" in content


def test_what_publishing_brings_into_force_is_said_source_by_source(planner_client, member, reviewed):
    one_post_more()
    confirm_all(reviewed)
    changes = planner_client.get(f"/reports/{reviewed.pk}/publish/").context["proposal"].changes
    rows = {one.source.scope: (one.brought_by, one.rows, one.words) for one in changes}
    assert rows["staffing"] == ("planner", 32, "바뀜 1")
    assert rows["expenditure"] == ("planner", 9, "바뀌는 것 없음")
    assert rows["duties"][2] == "바뀌는 것 없음"


def test_what_is_left_is_confirmed_with_one_reason(planner_client, member, reviewed):
    one_post_more()
    url = f"/reports/{reviewed.pk}/checklist/"
    (cell, _, name), *others = planner_client.get(url).context["unconfirmed"]
    assert (name, others) == ("data-center/staffing/", [])
    given = {"part": f"{name} {cell.version_token}", "reason": "담당자 휴직"}
    one_post_more()  # what was shown is another
    page = planner_client.post(f"/reports/{reviewed.pk}/confirm/", given, follow=True)
    assert "그 사이 이 부분의 내용이 바뀌었습니다" in said(page)[0]
    given["part"] = f"{name} {page.context['unconfirmed'][0][0].version_token}"
    page = planner_client.post(f"/reports/{reviewed.pk}/confirm/", given, follow=True)
    assert (said(page), page.context["unconfirmed"]) == (["1개 부분을 확인했습니다."], [])
    assert "기획 담당이 대신 확인한 부분: 데이터센터 인력 (담당자 휴직)" in text_of(page)


def test_drafts_of_others_stay_waiting(planner_client, planner, reviewed, bureau, quick_formats):
    """They are told, block nothing, and never surface, whatever is withdrawn afterwards."""
    trial = make_expenditure(bureau, "2022-11-01", state="draft", document="시험.xlsx", brought_by=planner)
    spend(trial, Department.objects.get(slug="data-center"), 7, 7)
    url = f"/reports/{reviewed.pk}/publish/"
    page = planner_client.get(url)
    assert page.context["proposal"].outside == [trial]
    assert "회차 밖 초안" in text_of(page)
    sign(reviewed, planner)
    planner_client.post(url, {"version_token": page.context["proposal"].version_token})
    reviewed.refresh_from_db()
    trial.refresh_from_db()
    assert (reviewed.state, trial.state) == ("published", "draft")
    Source.objects.filter(scope="expenditure", as_of="2022-11-01", state="in_force").update(state="withdrawn")
    assert execution.summary(snapshot_of(bureau)).total.committed == 95_839_631_000


def test_a_draft_is_taken_in_and_out_on_the_page(planner_client, planner, reviewed, bureau):
    trial = make_expenditure(bureau, "2022-11-01", state="draft", document="시험.xlsx")
    url = f"/reports/{reviewed.pk}/sources/{trial.pk}/"
    assert "이 회차에 넣었습니다" in said(planner_client.post(url, {"action": "in"}, follow=True))[0]
    page = planner_client.post(url, {"action": "in"}, follow=True)
    assert "그 사이 다른 회차의 자료가 되었거나" in said(page)[0]
    assert "같은 범위의 자료가 이 회차에 둘 이상 있습니다" in text_of(page)
    assert "빼는 까닭" in said(planner_client.post(url, {"action": "out"}, follow=True))[0]
    page = planner_client.post(url, {"action": "out", "reason": "시험"}, follow=True)
    assert page.context["proposal"].outside == [trial]


@pytest.mark.parametrize("on", ["2022-08-29", "2022-12-01"])
def test_a_draft_of_another_time_is_not_taken_in(planner_client, reviewed, bureau, on):
    """Its facts are in no report of this edition, which would yet bring them into force."""
    trial = make_expenditure(bureau, on, state="draft")
    page = planner_client.post(f"/reports/{reviewed.pk}/sources/{trial.pk}/", {"action": "in"}, follow=True)
    assert "이 회차에 넣을 수 있는 초안이 아니거나" in said(page)[0]
    assert not trial.edition_sources.exists()


def test_a_reason_too_long_confirms_nothing(planner_client, member, reviewed):
    one_post_more()
    url = f"/reports/{reviewed.pk}/checklist/"
    ((cell, _, name),) = planner_client.get(url).context["unconfirmed"]
    given = {"part": f"{name} {cell.version_token}", "reason": "가" * 301}
    page = planner_client.post(f"/reports/{reviewed.pk}/confirm/", given, follow=True)
    assert said(page) == ["300자까지 적을 수 있습니다. 1자를 줄여 주십시오. 저장한 것은 없습니다."]
    assert len(page.context["unconfirmed"]) == 1


def test_who_is_no_planner_takes_no_draft_in(client, member, reviewed, bureau):
    client.force_login(member)
    trial = make_expenditure(bureau, "2022-11-01", state="draft")
    assert client.post(f"/reports/{reviewed.pk}/sources/{trial.pk}/", {"action": "in"}).status_code == 403


def test_what_was_not_shown_is_not_published(planner_client, reviewed, quick_formats):
    shown = {"version_token": "x"}
    page = planner_client.post(f"/reports/{reviewed.pk}/publish/", shown, follow=True)
    assert said(page) == [publishing.CHANGED]
    assert "proposal" in page.context


def test_errors_are_listed_with_the_way_to_explain_them(planner_client, edition):
    content = text_of(planner_client.get(f"/reports/{edition.pk}/checklist/"))
    assert "설명하지 않은 오류가 1건 있어 발행할 수 없습니다." in content
    assert f'href="/reports/{edition.pk}/findings/"' in content
    assert 'name="version_token"' not in content


def test_a_draft_is_marked(planner_client, edition):
    content = text_of(planner_client.get(f"/reports/{edition.pk}/document/"))
    assert "초안 — 발행하지 않은 업무보고입니다." in content
    assert 'class="draft-stamp"' in content
    assert "<h1>2022년 11월 업무보고</h1>" in content


def test_an_earlier_date_in_the_address_hides_nothing(planner_client, edition):
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=2019-12-31").status_code == 200
    assert planner_client.get(f"/reports/{edition.pk}/?as_of=x").status_code == 400

"""A part of an edition on its page, for the unit that hands it in and for the planner."""

import pytest

from departments.models import Department, Duty, Staffing
from glossary.models import Definition
from reports.editions import workflow
from reports.models import Explanation, Submission
from tests.factories import make_bureau, make_member
from tests.reports.editions.test_collection import acting, cell_of
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db


def test_a_part_says_what_changed(own, collecting, member):
    staffing = Staffing.objects.get(department__slug="data-center", source__as_of="2022-11-01")
    staffing.authorized = 75
    with acting(lambda: member):
        staffing.save()
    page = own.get(f"/reports/{collecting.pk}/parts/data-center/staffing/")
    table = page.context["section"].tables[0]
    assert [row.cells[0] for row in table.rows] == ["데이터센터"]
    assert [cell.value for cell in table.rows[0].cells[1:4]] == [69, 75, 6]
    assert page.context["shown"].changed.endswith("김하나")
    page = own.get(f"/reports/{collecting.pk}/parts/data-center/duties/")
    assert "지난 보고와 같습니다." in text_of(page)


def test_a_projects_text(planner_client, collecting):
    brief = collecting.bureau.bureau_sources.get(scope="projects", as_of="2022-11-01").brief_set.get(
        project__slug="public-wifi"
    )
    brief.purpose += " 고침"
    brief.save()
    page = planner_client.get(f"/reports/{collecting.pk}/parts/ict-security/projects/public-wifi/")
    section = page.context["section"]
    (diffs,) = section.diffs
    assert diffs.title == "공공와이파이 확충 및 시민 이용편의 제고"
    assert [text.label for text in diffs.texts] == ["목적"]
    assert "<ins> 고침</ins>" in text_of(page)


def test_a_unit_whose_name_begins_anothers_is_not_shown_the_others_draft(own, collecting):
    Department.objects.filter(slug="seoul-archives").update(name="데이터센터 기록원")
    drafts = Staffing.objects.filter(
        source__as_of="2022-11-01", department__slug__in=["data-center", "seoul-archives"]
    )
    for staffing in drafts:
        staffing.authorized += 3
        staffing.save()
    page = own.get(f"/reports/{collecting.pk}/parts/data-center/staffing/")
    assert [row.cells[0] for row in page.context["section"].tables[0].rows] == ["데이터센터"]


def test_a_units_terms_are_those_that_its_projects_speak_of(planner_client, collecting):
    terms = cell_of(collecting, "ict-security", "glossary").place.request.subjects
    drafts = Definition.objects.filter(source__as_of="2022-11-01")
    for definition in (drafts.filter(term__in=terms).first(), drafts.exclude(term__in=terms).first()):
        definition.text += " 고침"
        definition.save()
    spoken_of = drafts.filter(term__in=terms).first().heading

    def told(unit):
        return [
            diff.title
            for diff in planner_client.get(f"/reports/{collecting.pk}/parts/{unit}/glossary/")
            .context["section"]
            .diffs
        ]

    assert told("ict-security") == [spoken_of]
    assert len(told("digital-policy-bureau")) == 2


def test_others_drafts_are_not_shown_to_a_unit(own, collecting):
    duty = Duty.objects.filter(source__as_of="2022-11-01", department__slug="ict-security").first()
    duty.text = "남의 초안"
    duty.save()
    page = own.get(f"/reports/{collecting.pk}/parts/ict-security/duties/")
    assert page.status_code == 200
    assert "남의 초안" not in text_of(page)
    assert page.context["section"] is None
    for name in ("document", "changes", "publish"):
        assert own.get(f"/reports/{collecting.pk}/{name}/").status_code == 403


def test_a_part_is_handed_over(planner_client, collecting, member):
    url = f"/reports/{collecting.pk}/parts/data-center/staffing/"
    stranger = make_member("부서 담당", unit=make_bureau().slug, username="stranger")

    def hand_over(owner, shown=""):
        given = {"action": "owner", "owner": owner, "version_token": shown}
        return said(planner_client.post(url, given, follow=True))

    for owner in ("x", "²", stranger.pk):
        assert hand_over(owner) == ["고른 사람이 없거나, 이 국·정책관의 부분을 맡을 수 없는 사람입니다."]
    assert hand_over(member.pk) == ["맡은 사람을 바꾸었습니다."]
    assert cell_of(collecting, "data-center", "staffing").owner == member
    assert stranger not in planner_client.get(url).context["candidates"]
    assert planner_client.post(url, {"action": "x", "version_token": "x"}).status_code == 404


@pytest.mark.parametrize("action", ["submit", "confirm", "confirm_in_place", "return", "owner"])
@pytest.mark.parametrize("given", [{}, pytest.param({"version_token": "x"}, marks=pytest.mark.thorough)])
def test_what_nobody_was_shown_is_not_done(planner_client, planner, collecting, member, action, given):
    if action in {"confirm", "return"}:
        workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    before = list(Submission.objects.values("state", "owner", "version"))
    asked = {"action": action, "note": "x", "owner": planner.pk, **given}
    page = planner_client.post(f"/reports/{collecting.pk}/parts/data-center/staffing/", asked, follow=True)
    sentence = (
        "그 사이 다른 사람이" if given else "화면에 무엇이 보였는지 알 수 없어 아무것도 저장하지 않았습니다."
    )
    assert said(page)[0].startswith(sentence)
    assert list(Submission.objects.values("state", "owner", "version")) == before


def test_what_was_seen_is_what_is_meant(planner_client, collecting, member):
    workflow.submit(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    workflow.confirm(collecting, cell_of(collecting, "data-center", "staffing"), user=member)
    url = f"/reports/{collecting.pk}/parts/data-center/staffing/"
    page = planner_client.post(
        url, {"action": "return", "version_token": "submitted", "note": "x"}, follow=True
    )
    assert said(page)[0].startswith("그 사이 다른 사람이 이 부분의 상태를 바꾸었습니다.")


def test_findings_are_explained_with_the_drafts_figures(planner_client, collecting):
    url = f"/reports/{collecting.pk}/findings/"
    page = planner_client.get(url)
    assert len(page.context["left"]) == 1
    finding = page.context["left"][0].finding
    assert said(planner_client.post(url, {"finding": finding.id, "reason": " "}, follow=True)) == [
        "설명을 적어 주십시오. 아무것도 저장하지 않았습니다."
    ]
    planner_client.post(url, {"finding": finding.id, "reason": "원문의 오기"})
    assert Explanation.objects.get().fingerprint == finding.fingerprint
    assert planner_client.get(url).context["left"] == []
    assert planner_client.post(url, {"finding": "x", "reason": "x"}).status_code == 404


def test_a_unit_reads_its_own_findings_alone(own, collecting):
    assert own.get(f"/reports/{collecting.pk}/findings/").context["rows"] == []
    assert own.post(f"/reports/{collecting.pk}/findings/", {"finding": "x", "reason": "x"}).status_code == 403

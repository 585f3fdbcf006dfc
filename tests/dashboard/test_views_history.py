"""The history page as it is read, and by whom."""

from django.contrib.auth.models import Permission
from django.utils import timezone

from core.audit.acts import RecordedAct
from core.audit.recording import change_reason
from core.models import ChangeRecord, Source
from dashboard.history_page import ActRow
from departments.models import Department, Staffing, User
from tests.core.access.test_bureaus import housing  # noqa: F401 (fixture)
from tests.dashboard.test_history_filters import text_of
from tests.factories import make_member


def test_a_change_is_shown_with_who_when_why_and_what(reader, edited):
    page = text_of(reader.get("/history/"))
    assert f"{timezone.localdate():%Y}. " in page
    assert "김관리가 수정한 인력 ‘데이터센터 정원 72명’입니다." in page
    assert '<span class="k">정원</span> <del>69</del> <span aria-hidden="true">→</span> <ins>72</ins>' in page
    assert "하반기 정원 조정" in page
    assert f'href="/admin/departments/staffing/{edited.pk}/history/"' in page
    assert 'href="/departments/data-center/?as_of=2022-08-29"' in page


def test_only_staff_may_read_it(client, staff_client):
    assert staff_client.get("/history/").status_code == 403
    assert "바뀐 내역" not in text_of(staff_client.get("/"))
    assert client.get("/history/").status_code == 403


def test_staff_find_it_in_their_menu(reader):
    assert '<a href="/history/">바뀐 내역</a>' in text_of(reader.get("/"))


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/history/").headers["Location"] == "/accounts/login/?next=/history/"


def test_who_may_not_see_the_objects_gets_no_links_to_admin(client, edited):
    clerk = User.objects.create(username="clerk")
    client.force_login(clerk)
    assert "/admin/departments/staffing/" not in text_of(client.get("/history/"))
    clerk.user_permissions.add(Permission.objects.get(codename="view_staffing"))
    assert f'href="/admin/departments/staffing/{edited.pk}/history/"' in text_of(client.get("/history/"))


def test_what_the_seed_made_is_one_act_that_folds(reader, edited):
    response = reader.get("/history/?model=core.controltotal")
    (seed,) = response.context["acts"]
    assert (seed.newest.reason, len(seed.entries)) == ("씨앗 자료", 20)
    page = text_of(response)
    assert "<summary><b>추가 130건</b> <small>원문의 합계 130건</small></summary>" in page
    assert f'<a href="?model=core.controltotal&amp;act={seed.act.key}">130건 모두 보기</a>' in page


def test_an_act_of_few_changes_is_not_folded(reader, edited):
    newest, *_ = reader.get("/history/").context["acts"]
    assert (newest.is_folded, newest.is_cut, newest.kinds, newest.models) == (
        False,
        False,
        "수정 1건",
        "인력 1건",
    )


def test_an_act_names_the_kinds_and_models_that_it_changed():
    counts = {
        ("projects.indicator", "created"): 1000,
        ("projects.indicator", "changed"): 2,
        ("projects.target", "changed"): 5,
        ("glossary.term", "deleted"): 3,
        ("departments.duty", "deleted"): 1,
    }
    row = ActRow(RecordedAct("key", [], counts), [])
    assert row.kinds == "추가 1,000건 · 수정 7건 · 삭제 4건"
    assert row.models == "지표 1,002건, 목표 5건, 용어 3건 등 4가지"


def test_of_one_act_every_change_is_listed_by_fifty(reader, edited):
    seed = reader.get("/history/?model=core.controltotal").context["acts"][0].act.key
    address = f"/history/?act={seed}&model=core.controltotal"
    first = reader.get(address)
    assert len(first.context["entries"]) == 50
    assert f'<a href="?act={seed}&amp;model=core.controltotal&amp;page=2">옛 것</a>' in text_of(first)
    second = reader.get(f"{address}&page=2")
    assert "가장 최근 것은" not in text_of(second)
    assert second.context["page"].paginator.count == 130
    assert reader.get("/history/?act=x").context["choice"].act is None


def test_acts_have_pages_too(reader, edited, monkeypatch):
    monkeypatch.setattr("dashboard.views_history.ACTS_ON_A_PAGE", 1)
    first, second = reader.get("/history/"), reader.get("/history/?page=2")
    assert '<a href="?page=2">옛 것</a>' in text_of(first)
    assert '<a href="?page=1">새 것</a>' in text_of(second)
    assert first.context["acts"][0].act.key != second.context["acts"][0].act.key


def test_markup_in_values_stays_text(reader):
    unit = Department.objects.get(slug="data-center")
    unit.name = "<img src=x onerror=alert(1)>"
    with change_reason("<script>alert(2)</script>"):
        unit.save()
    page = reader.get("/history/").content.decode()
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page


def test_without_any_source_history_is_still_read(reader):
    for source in Source.objects.all():
        source.delete()
    assert "삭제" in text_of(reader.get("/history/"))


def test_what_another_bureau_deleted_is_not_told(client, housing):  # noqa: F811
    Staffing.objects.filter(source__bureau=housing).delete()
    record = ChangeRecord.objects.filter(kind="deleted", model="departments.staffing").latest("pk")
    client.force_login(make_member("기획 담당", unit="digital-policy"))
    assert client.get(f"/history/{record.pk}/take-back/").status_code == 403
    assert client.post(f"/history/{record.pk}/take-back/", {"reason": "시험"}).status_code == 403
    assert not Staffing.objects.filter(source__bureau=housing).exists()
    client.force_login(make_member("기획 담당", unit="housing-bureau", username="housing"))
    assert client.get(f"/history/{record.pk}/take-back/").status_code == 200


def test_a_long_history_is_read_a_part_at_a_time_and_none_of_it_twice(reader, edited, monkeypatch):
    """The part ends within the seed's act, which then stands there whole."""
    monkeypatch.setattr("core.audit.acts.MOST_AT_ONCE", 30)
    first = reader.get("/history/?model=core.controltotal")
    (seed,) = first.context["acts"]
    assert (seed.act.count, len(seed.entries)) == (130, 20)
    assert "조건에 맞는 내역이 30건이 넘습니다." in text_of(first)
    older = reader.get(f"/history/?model=core.controltotal&before={first.context['last']}")
    assert older.context["acts"] == []
    assert "까지의 내역입니다." in text_of(older)


def test_of_one_act_the_rest_is_reached(reader, edited, monkeypatch):
    monkeypatch.setattr("core.audit.acts.MOST_AT_ONCE", 100)
    seed = reader.get("/history/?model=core.controltotal").context["acts"][0].act.key
    address, found = f"/history/?act={seed}&model=core.controltotal", []
    first, second = reader.get(address), reader.get(f"{address}&page=2")
    last = second.context["last"]
    assert f'before={last}">옛 것</a>' in text_of(second)
    assert "before=" not in text_of(first)
    third = reader.get(f"{address}&before={last}")
    for response in (first, second, third):
        found += [entry.change.record.pk for entry in response.context["entries"]]
    assert (len(found), found) == (130, sorted(found, reverse=True))
    assert f'<a href="?act={seed}&amp;model=core.controltotal">가장 새 것</a>' in text_of(third)


def test_older_acts_follow_those_before(reader, edited, monkeypatch):
    for name in ("가", "나", "다"):
        Department.objects.filter(slug="data-center").update(name=name)
    monkeypatch.setattr("core.audit.acts.MOST_AT_ONCE", 2)
    first = reader.get("/history/")
    second = reader.get(f"/history/?before={first.context['last']}")
    keys = [[row.act.key for row in response.context["acts"]] for response in (first, second)]
    assert len(set(keys[0] + keys[1])) == len(keys[0]) + len(keys[1]) > 1
    assert reader.get("/history/?before=x").context["choice"].before is None

"""Totals that stood as in the last report: asked about by whatever breaks them, and by nothing else."""

import pytest

from core.copying import copy_source
from core.plausibility.held_totals import MovedTotals
from departments.models import JobSeries, Staffing, StaffingCount, User
from tests.core.import_export.test_resources import bring
from tests.factories import make_member
from tests.forms import plain, sent

pytestmark = pytest.mark.django_db
POSTS = "정원 합계가 지난 보고(2022. 8. 29.)의 266명과 같았는데 {}이 됩니다. 다른 줄도 함께 고쳐야 하는지 확인하십시오."


@pytest.fixture
def draft(seeded):
    source = Staffing.objects.get(department__slug="data-center", source__as_of="2022-08-29").source
    return copy_source(source, source.as_of.replace(month=11, day=1), make_member("관리자"))


def unit(draft, slug):
    return Staffing.objects.get(source=draft, department__slug=slug)


def broken(*rows):
    totals = MovedTotals()
    for row in rows:
        totals.add(row)
    return list(totals.broken())


def moved(row, step):
    row.authorized += step
    return row


def test_total_that_a_row_breaks_is_told(draft):
    assert broken(moved(unit(draft, "data-center"), -1)) == [POSTS.format("265명")]


def test_rows_that_make_up_for_each_other_break_nothing(draft):
    assert broken(moved(unit(draft, "data-center"), -1), moved(unit(draft, "big-data"), 1)) == []


def test_total_that_has_moved_on_is_not_told_again(draft):
    moved(unit(draft, "data-center"), -1).save()
    assert broken(moved(unit(draft, "big-data"), -1)) == []
    assert broken(moved(unit(draft, "big-data"), 1)) == []  # mends it


def test_count_of_a_series_breaks_its_own_total(draft):
    count = StaffingCount.objects.filter(staffing__source=draft, series__name="일반직").first()
    count.count += 1
    (sentence,) = broken(count)
    assert sentence.startswith(
        "일반직 현원 합계가 지난 보고(2022. 8. 29.)의 224명과 같았는데 225명이 됩니다."
    )


def test_form_asks_once_and_saves_on_confirmation(draft, client):
    client.force_login(User.objects.get(username="member"))
    row = unit(draft, "data-center")
    page = f"/admin/departments/staffing/{row.pk}/change/"
    fields = plain(sent(client.get(page), "staffing_form")) | {"authorized": "68"}
    asked = client.post(page, fields)
    assert POSTS.format("265명") in asked.content.decode()
    box = asked.context["request"].page_doubts.token
    assert client.post(page, fields | {"confirmed_doubts": box}).status_code == 302
    assert unit(draft, "data-center").authorized == 68


def test_file_is_asked_about_as_a_whole(draft):
    rows = [[draft.slug, slug, unit(draft, slug).authorized] for slug in ("data-center", "big-data")]
    head = ["자료", "부서", "정원"]
    rows[0][2] -= 1
    assert bring(Staffing, head, rows[0]).doubts == [POSTS.format("265명")]
    moved(unit(draft, "data-center"), 1).save()
    rows[1][2] += 1
    assert bring(Staffing, head, *rows).doubts == []


def test_series_of_a_file_move_their_totals(draft):
    row = unit(draft, "data-center")
    general = JobSeries.objects.get(name="일반직")
    heads = row.counts.get(series=general).count
    result = bring(Staffing, ["자료", "부서", "정원", "일반직"], [draft.slug, "data-center", 69, heads + 1])
    assert [sentence.partition(" 지난")[0] for sentence in result.doubts] == ["일반직 현원 합계가"]


def test_rows_of_one_page_are_asked_about_together(draft, client):
    client.force_login(User.objects.get(username="member"))
    page = f"/admin/core/source/{draft.pk}/change/"
    fields = plain(sent(client.get(page), "source_form"))
    rows = list(Staffing.objects.filter(source=draft).order_by("pk").values_list("pk", "authorized"))
    names = {
        int(fields[name]): name.removesuffix("-id")
        for name in fields
        if name.endswith("-id") and fields[name]
    }
    (first, posts), (second, others) = rows[:2]
    one = fields | {f"{names[first]}-authorized": str(posts - 1)}
    asked = client.post(page, one)
    assert asked.status_code == 200
    assert POSTS.format("265명") in asked.content.decode()
    assert 'name="confirmed_doubts"' in asked.content.decode()
    both = one | {f"{names[second]}-authorized": str(others + 1)}
    assert client.post(page, both).status_code == 302
    assert Staffing.objects.get(pk=first).authorized == posts - 1


def test_a_row_that_is_deleted_takes_its_posts_and_people_with_it(draft):
    totals = MovedTotals()
    totals.remove(unit(draft, "data-center"))
    sentences = list(totals.broken())
    assert sentences[0] == POSTS.format("197명")
    assert [sentence.partition(" 합계가")[0] for sentence in sentences] == [
        "정원",
        "일반직 현원",
        "임기제 현원",
        "관리운영직 현원",
    ]


def test_a_deleted_row_whose_posts_another_takes_breaks_no_total_of_posts(draft):
    totals = MovedTotals()
    totals.remove(unit(draft, "data-center"))
    totals.add(moved(unit(draft, "big-data"), 69))
    assert not any(sentence.startswith("정원") for sentence in totals.broken())

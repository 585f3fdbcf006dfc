"""The numbers of a text that is being typed."""

import pytest

from core.admin.text_numbers import typed_numbers
from projects.models import Brief, Milestone
from tests.factories import make_member
from tests.numbers import TEXT

pytest_plugins = ["tests.numbers_fixtures"]


pytestmark = pytest.mark.django_db


def test_what_is_typed_is_lit_in_the_live_preview(admin_client, bound):
    typed = {"text": TEXT.replace("24명", "25명"), "of": f"projects.brief.{bound.pk}.achievements"}
    page = admin_client.post("/admin/preview/?part=1", typed).content.decode()
    assert (
        '<span class="number n-bound" title="연결됨: 디지털뉴딜(1차사업) 연계 공공와이파이 설치 대수: 4,530대'
        in page
    )
    assert '25명<span class="sr"> (확인 안 됨)</span>' in page
    assert Brief.objects.get(pk=bound.pk).achievements == TEXT


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "projects.brief.1.budget",
        "projects.nothing.1.text",
        "projects.brief.x.overview",
        "core.source.0.notes",
    ],
)
def test_numbers_of_no_text_are_none(editor, name):
    assert typed_numbers(editor, name, "1명") is None


def test_numbers_of_a_text_that_is_too_long_are_none(wifi, editor):
    name = f"projects.brief.{wifi.pk}.achievements"
    assert typed_numbers(editor, name, "1명 " * 7_000) is None
    assert typed_numbers(editor, name, "1명 ") is not None


def test_what_is_typed_into_a_row_never_saved_is_lit(editor, staff):
    typed = "ㅇ 안내판 77개, ’22.8. 5G 설치"
    text = typed_numbers(editor, "projects.milestone..note", typed)
    assert [(token.token.printed, token.state) for token in text.tokens] == [
        ("77개", "unbound"),
        ("’22.8.", "unbound"),
        ("5G", "unbound"),
    ]
    assert typed_numbers(staff, "projects.milestone..note", typed) is None  # who adds no rows


def test_numbers_of_what_one_may_not_see_are_none(wifi, editor):
    other = make_member("부서 담당", unit="digital-policy", username="other")
    step = Milestone.objects.filter(brief=wifi).first()
    name = f"projects.milestone.{step.pk}.title"
    assert typed_numbers(other, name, "1명") is None
    assert [state.token.printed for state in typed_numbers(editor, name, "1명").tokens] == ["1명"]

"""개조식 text in admin: the preview beside it, and what is told of a line that can't be read."""

import pytest

from core.admin.outline_widget import preview
from projects.models import Brief
from tests.forms import sent

ADDRESS = "/admin/preview/"


def test_a_text_is_shown_as_readers_will_see_it():
    assert preview("ㅇ (배경) 하나\n - 둘")["html"] == (
        '<ul class="outline-1"><li data-mark="ㅇ"><b class="label">(배경)</b> 하나<ul class="outline-2"><li data-mark="-">둘</li></ul></li></ul>'
    )


@pytest.mark.parametrize(
    ("text", "line", "typed", "told"),
    [
        ("ㅇ 하나\n -", 2, " -", "2번째 줄: ‘-’ 뒤에 내용을 적어 주세요."),
        (
            "ㅇ 하나\n[표] 현황\nㅇ 둘",
            2,
            "[표] 현황",
            "2번째 줄: [표] 제목 바로 아래에 | 로 시작하는 표나 복사한 표를 넣어 주세요.",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_quoted(text, line, typed, told):
    assert preview(text) == {"error": told, "line": line, "typed": typed, "mark": "", "choices": ()}


def test_the_script_gets_the_piece_alone(admin_client):
    response = admin_client.post(f"{ADDRESS}?part=1", {"text": "ㅇ <b>하나</b>"})
    assert response.content.decode().strip() == (
        '<div class="doc"><ul class="outline-1"><li data-mark="ㅇ">&lt;b&gt;하나&lt;/b&gt;</li></ul></div>'
    )


def test_without_a_script_the_button_opens_a_page_for_its_field(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    form = admin_client.get(f"/admin/projects/brief/{brief.pk}/change/").content.decode()
    assert 'name="preview" value="achievements" formaction="/admin/preview/" formtarget="_blank"' in form
    response = admin_client.post(
        ADDRESS, {"preview": "achievements", "achievements": "ㅇ 둘", "overview": "ㅇ 하나"}
    )
    page = response.content.decode()
    assert '<li data-mark="ㅇ">둘</li>' in page
    assert "하나" not in page
    assert "<title>미리보기 | 업무보고 관리</title>" in page


def test_the_form_shows_the_preview_and_the_refused_line(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    address = f"/admin/projects/brief/{brief.pk}/change/"
    page = admin_client.get(address)
    assert '<b class="label">(추진배경)</b>' in page.content.decode()
    refused = admin_client.post(address, sent(page, "brief_form") | {"overview": "ㅇ 하나\n-"})
    assert refused.context["adminform"].form.errors == {
        "overview": ["2번째 줄: ‘-’ 뒤에 내용을 적어 주세요."]
    }
    assert 'role="alert" data-line="2">2번째 줄' in refused.content.decode()


def test_readers_have_no_preview(staff_client):
    assert staff_client.post(ADDRESS, {"text": "ㅇ 하나"}).status_code == 302

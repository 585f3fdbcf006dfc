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


def test_a_text_beyond_its_limit_is_refused_and_kept(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    address = f"/admin/projects/brief/{brief.pk}/change/"
    page = admin_client.get(address)
    assert 'data-limit="20000"' in page.content.decode()
    assert 'maxlength="2000"' in page.content.decode()
    text = "ㅇ " + "가" * 20_000
    refused = admin_client.post(
        address, sent(page, "brief_form") | {"overview": text, "purpose": "나" * 2_001}
    )
    errors = refused.context["adminform"].form.errors
    assert errors["overview"] == [
        "글이 20,002자입니다. 20,000자까지 적을 수 있습니다. 줄이거나 나누어 적어 주세요."
    ]
    assert "2001" in errors["purpose"][0]
    assert text in refused.content.decode()


def test_a_pasted_table_keeps_its_empty_first_and_last_cells(admin_client, seeded):
    brief = Brief.objects.get(number=1)
    address = f"/admin/projects/brief/{brief.pk}/change/"
    text = "\t2021\t2022\n국비\t1\t"
    page = admin_client.get(address)
    admin_client.post(address, sent(page, "brief_form") | {"overview": "\r\n\t2021\t2022\r\n국비\t1\t\r\n"})
    brief.refresh_from_db()
    assert brief.overview == text


def test_an_unknown_mark_comes_with_what_may_stand_in_its_place(admin_client):
    page = admin_client.post(f"{ADDRESS}?part=1", {"text": "ㅇ 하나\n♥ 둘"}).content.decode()
    assert 'data-line="2" data-mark="♥" hidden>' in page
    assert '<button type="button" class="button" data-choice="-">2층 -</button>' in page
    assert '<button type="button" class="button" data-choice="">윗줄에 잇기</button>' in page

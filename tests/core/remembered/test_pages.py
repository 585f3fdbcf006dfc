"""What readers see of what is in force is made once for all who may see the same, and a browser that has it is told so."""

import re
from contextlib import contextmanager, nullcontext
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.messages import success
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import ControlTotal, Source
from core.remembered import pages as remembered_pages
from core.remembered.page_cache import PageCache
from core.remembered.shared_page_cache import SharedPageCache
from departments.models import Department, Duty, User
from tests.factories import make_edition, make_member

PAGES = ["/", "/departments/", "/departments/data-center/", "/budgets/revenue/", "/budgets/expenditure/", "/budgets/cross-tab/",
         "/budgets/expenditure/data-center/", "/projects/", "/projects/timeline/", "/projects/indicators/", "/projects/public-wifi/",
         "/glossary/", "/compare/", "/document/", "/document/one-page/", "/facts/"]  # fmt: skip
PAGE = "/departments/"


@pytest.fixture(autouse=True)
def memory(monkeypatch):
    """Of the test's own; pages are remembered although queries are counted."""
    monkeypatch.undo()
    empty = PageCache(1 << 22)
    monkeypatch.setattr(remembered_pages, "_remembered", empty)
    monkeypatch.setattr(remembered_pages, "_scopes", PageCache(1 << 16))
    return empty


def kept(memory):
    return len(memory._kept)


def again(client, address, first):
    return client.get(address, headers={"If-None-Match": first.headers["ETag"]})


@pytest.mark.engine
@pytest.mark.parametrize("address", PAGES)
def test_reader_page_is_remembered_with_its_etag(staff_client, memory, address):
    first = staff_client.get(address)
    assert (kept(memory), first.headers["Cache-Control"]) == (1, "private, no-cache")
    with CaptureQueriesContext(connection) as queries:
        second = staff_client.get(address)
    assert len(queries) == 2  # session with user, versions
    assert second.headers["ETag"] == first.headers["ETag"]
    assert again(staff_client, address, first).status_code == 304


def test_another_reader_gets_the_same_page_with_his_own_name(client, seeded, memory):
    for name in ("홍길동", "이몽룡"):
        client.force_login(User.objects.create(username=name))
        page = client.get(PAGE).content.decode()
        assert f"<summary>{name}</summary>" in page
    assert kept(memory) == 1 and "홍길동" not in page


def is_made_again(client, address, change):
    first = client.get(address)
    change()
    return again(client, address, first).status_code == 200


@pytest.mark.engine
def test_page_is_made_again_for_changes_of_what_it_reads_alone(staff_client, memory):
    duty = Duty.objects.filter(source__state="in_force").first()
    revenue = ControlTotal.objects.filter(source__scope="revenue")

    def changed_duty():
        Duty.objects.filter(pk=duty.pk).update(text=duty.text + " 등")

    assert is_made_again(staff_client, "/departments/", changed_duty)
    assert not is_made_again(staff_client, "/", changed_duty)
    assert is_made_again(staff_client, "/budgets/revenue/", lambda: revenue.update(value=1))
    assert not is_made_again(staff_client, "/budgets/expenditure/", lambda: revenue.update(value=2))


def test_page_without_facts_is_remembered_too(staff_client, memory):
    Department.objects.create(slug="former", name="옛 과", kind="division")
    for address in ("/projects/?as_of=2019-12-31", "/departments/former/"):
        first = staff_client.get(address)
        assert again(staff_client, address, first).status_code == 304


@pytest.mark.engine
def test_page_is_made_again_for_changes_of_any_source_in_force(staff_client, memory):
    glossary = Source.objects.filter(scope="glossary", state="in_force")
    assert is_made_again(staff_client, "/", lambda: glossary.update(document="고친 문서"))
    assert is_made_again(staff_client, "/", lambda: glossary.update(state="withdrawn"))
    assert not is_made_again(
        staff_client, "/", lambda: Source.objects.filter(state="withdrawn").update(document="빼낸 문서")
    )


def test_page_that_is_not_kept_is_made_beside_others(client, seeded, memory, monkeypatch):
    """A planner's home tells of editions, whose changes raise no version."""
    client.force_login(make_member("기획 담당"))
    client.get("/")
    made, making = remembered_pages._made, []

    def watched(*given):
        making.append(dict(memory._flights))
        return made(*given)

    monkeypatch.setattr(remembered_pages, "_made", watched)
    assert client.get("/").status_code == 200
    assert (making, kept(memory)) == ([{}], 0)


def test_rights_make_another_page(client, seeded, memory):
    reader, editor = User.objects.create(username="reader"), make_member("부서 담당", unit="data-center")
    shown = {}
    for user in (editor, reader):
        client.force_login(user)
        shown[user.username] = 'class="edit"' in client.get(PAGE).content.decode()
    assert shown == {"member": True, "reader": False} and kept(memory) == 2


def test_right_taken_away_counts_at_once(client, seeded):
    editor = make_member("부서 담당", unit="data-center")
    client.force_login(editor)
    assert 'class="edit"' in client.get(PAGE).content.decode()
    editor.groups.clear()
    assert 'class="edit"' not in client.get(PAGE).content.decode()


def test_page_that_reads_of_editions_is_not_remembered(client, seeded, memory):
    client.force_login(make_member("기획 담당"))
    make_edition()
    response = client.get("/")
    assert (kept(memory), response.headers["Cache-Control"]) == (0, "no-store")
    assert "ETag" not in response.headers


def test_page_that_is_made_each_time_is_not_sent_twice(client, seeded, memory):
    client.force_login(make_member("기획 담당"))  # who would see whether an edition is open
    first = client.get("/")
    assert (kept(memory), first.headers["Cache-Control"]) == (0, "private, no-cache")
    assert again(client, "/", first).status_code == 304
    ControlTotal.objects.filter(source__scope="revenue").update(value=1)
    second = again(client, "/", first)
    assert (second.status_code, second.headers["Cache-Control"]) == (200, "private, no-cache")
    make_edition()
    third = again(client, "/", second)
    assert (third.status_code, third.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("query", ["?download=all&format=xlsx", "?format=xlsx"])
def test_file_is_not_remembered(manager_client, memory, query):
    assert manager_client.get(f"/departments/{query}").headers["Cache-Control"] == "no-store"
    assert kept(memory) == 0


def test_error_is_not_remembered(staff_client, memory):
    assert staff_client.get("/departments/?as_of=x").headers["Cache-Control"] == "no-store"
    assert kept(memory) == 0


def test_waiting_message_is_shown_once_and_never_remembered(staff_client, memory, monkeypatch):
    first = staff_client.get(PAGE)
    waiting = [None]

    def with_message(request):
        if waiting:
            success(request, waiting.pop() or "저장했습니다")
        return may(request)

    may = remembered_pages.may_be_remembered
    monkeypatch.setattr(remembered_pages, "may_be_remembered", with_message)
    response = again(staff_client, PAGE, first)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    assert "저장했습니다" in response.content.decode()
    assert again(staff_client, PAGE, first).status_code == 304


def test_token_of_a_remembered_page_is_the_readers_own_and_holds(client, seeded):
    browser = type(client)(enforce_csrf_checks=True)
    for name in ("first", "second"):
        user = User.objects.create(username=name)
        browser.force_login(user)
        token = re.search(r'csrfmiddlewaretoken" value="(\w{64})"', browser.get(PAGE).content.decode())[1]
        sent = {"csrfmiddlewaretoken": token, "language": "en", "next": "/"}
        assert browser.post("/language/", sent).status_code == 302
        assert User.objects.get(pk=user.pk).language == "en"
        browser.cookies.clear()


def test_view_that_uses_a_token_is_not_remembered(staff_client, memory, monkeypatch):
    from django.middleware.csrf import get_token

    from departments import views

    render = views.render_page
    monkeypatch.setattr(
        views, "render_page", lambda request, *rest, **more: (get_token(request), render(request, *rest, **more))[1]
    )  # fmt: skip
    assert "ETag" not in staff_client.get(PAGE).headers
    assert kept(memory) == 0


def test_etag_of_another_session_is_no_304(client, seeded):
    user = User.objects.create(username="reader")
    client.force_login(user)
    first = client.get(PAGE)
    client.force_login(User.objects.create(username="other"))
    assert again(client, PAGE, first).status_code == 200
    client.force_login(user)
    assert again(client, PAGE, first).status_code == 200


def test_disabled_account_gets_no_304(staff_client, staff):
    first = staff_client.get(PAGE)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    assert again(staff_client, PAGE, first).status_code == 302


def test_304_is_in_the_access_log(staff_client, caplog):
    first = staff_client.get(PAGE)
    caplog.clear()
    again(staff_client, PAGE, first)
    assert '"staff" 127.0.0.1 GET "/departments/" 304' in caplog.text


def test_other_language_day_or_address_is_another_page(staff_client, staff, memory, monkeypatch):
    staff_client.get(PAGE)
    User.objects.filter(pk=staff.pk).update(language="en")
    assert '<html lang="en"' in staff_client.get(PAGE).content.decode()
    monkeypatch.setattr(remembered_pages.timezone, "localdate", lambda: date(2030, 1, 1))
    staff_client.get(PAGE)
    staff_client.get(f"{PAGE}?as_of=2022-08-29")
    assert kept(memory) == 4


def test_browsers_keep_nothing_that_a_sign_out_could_not_clear(staff_client, memory, settings):
    settings.BROWSERS_KEEP_PAGES = False
    assert staff_client.get(PAGE).headers["Cache-Control"] == "no-store"
    assert kept(memory) == 1


def test_page_of_another_release_is_no_304(staff_client, monkeypatch):
    first = staff_client.get(PAGE)
    monkeypatch.setattr(remembered_pages, "RELEASE", "newer")
    assert again(staff_client, PAGE, first).status_code == 200


def test_nothing_is_remembered_while_templates_are_written(staff_client, memory, settings):
    settings.DEBUG = True
    assert staff_client.get(PAGE).headers["Cache-Control"] == "no-store"
    assert kept(memory) == 0


def test_page_that_another_process_made_is_not_made_again(staff_client, memory, monkeypatch, tmp_path):
    monkeypatch.setattr(remembered_pages, "shared_pages", lambda **given: SharedPageCache(str(tmp_path)))
    made = staff_client.get(PAGE)
    memory.clear()
    monkeypatch.setattr(remembered_pages, "_made", None)
    shared = staff_client.get(PAGE)
    assert shared.headers["ETag"] == made.headers["ETag"]
    without_token = re.compile(rb'value="\w{64}"|data-left="\d+"')
    assert without_token.sub(b"", shared.content) == without_token.sub(b"", made.content)


def test_what_may_tell_of_drafts_stays_in_the_folder_of_its_server(client, seeded, memory, monkeypatch):
    asked = []

    def store(*, of_drafts=False):
        asked.append(of_drafts)

    monkeypatch.setattr(remembered_pages, "shared_pages", store)
    for user, of_pages in (
        (make_member("부서 담당", unit="data-center"), True),
        (make_member(username="reader"), False),
    ):
        asked.clear()
        client.force_login(user)
        client.get(PAGE)
        assert asked == [of_pages] * 2  # looked for, kept


def test_page_that_is_not_to_be_kept_is_looked_for_once(client, seeded, memory, monkeypatch):
    looked = []

    def turn(place, mark):
        looked.append(place)
        return nullcontext((None, False))

    store = SimpleNamespace(turn=turn, keep=None)
    monkeypatch.setattr(remembered_pages, "shared_pages", lambda **given: store)
    client.force_login(make_member("기획 담당"))  # whose home tells of editions
    for text in ("첫째", "둘째", "셋째"):
        assert client.get("/").status_code == client.get("/").status_code == 200
        Duty.objects.filter(order=1).update(text=text)
    assert len(looked) == 1  # after changes, too


def test_who_waited_for_a_page_that_is_older_by_now_shows_the_newer(staff_client, memory, monkeypatch):
    """Beside whom fifteen others would each make the older one."""
    duty, keys = Duty.objects.filter(source__state="in_force").first(), []

    @contextmanager
    def changed_meanwhile(key, seconds):
        keys.append(key)
        if len(keys) == 1:
            Duty.objects.filter(pk=duty.pk).update(text="막 바뀐 업무")
        yield len(keys) == 1

    monkeypatch.setattr(memory, "single_flight", changed_meanwhile)
    assert "막 바뀐 업무" in staff_client.get(f"/departments/{duty.department.slug}/").content.decode()
    assert (len(set(keys)), kept(memory)) == (2, 1)


def test_who_waits_again_and_again_makes_the_page_and_of_what_was_read_before_nothing(
    staff_client, memory, monkeypatch
):
    duty, waited, made = Duty.objects.filter(source__state="in_force").first(), [], []
    read, make = remembered_pages._revisions, remembered_pages._made

    @contextmanager
    def always_late(key, seconds):
        waited.append(key)
        Duty.objects.filter(pk=duty.pk).update(text=f"{len(waited)}번째 업무")
        yield True

    def read_with_units(request):
        request.user.unit_ids = "of before"
        return read(request)

    def noted(request, *given):
        made.append(request.user.unit_ids)
        return make(request, *given)

    monkeypatch.setattr(memory, "single_flight", always_late)
    monkeypatch.setattr(remembered_pages, "_revisions", read_with_units)
    monkeypatch.setattr(remembered_pages, "_made", noted)
    page = staff_client.get(f"/departments/{duty.department.slug}/").content.decode()
    assert "3번째 업무" in page
    assert (len(set(waited)), made) == (3, [frozenset()])

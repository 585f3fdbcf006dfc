"""The pages on which budget files come in, as a person of the budget team uses them."""

import errno
import re
from datetime import timedelta

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from budgets import views_import
from budgets.imports import jobs
from budgets.imports.options import Options
from budgets.imports.sandbox import pipeline
from budgets.models import (
    BudgetFigure,
    BudgetImport,
    BudgetLine,
    ColumnMapping,
    DepartmentAlias,
    RevenueFigure,
    RevenueItem,
)
from core.models import ControlTotal, Source, TaskLease
from core.tasks.leases import claim, perform
from tests.audit import records_of
from tests.background import run_waiting
from tests.budgets.files import HEADER, execution_rows, write_csv
from tests.budgets.imports.corpus import BAD_ABOVE, path_of
from tests.factories import make_member
from tests.report.seen import Page

IMPORTS = "/budgets/import/"
CURRENT = HEADER.index("예산현액")
FACTS = (Source, BudgetLine, BudgetFigure, RevenueItem, RevenueFigure, ControlTotal)


@pytest.fixture(autouse=True)
def read_at_once(work_at_once):
    """Uploads are read at once. tests/browser has the real way."""


@pytest.fixture
def read_later(read_at_once, monkeypatch):
    """No worker is there."""
    monkeypatch.undo()


def kept_files():
    return jobs.uploads().listdir("")[1]


@pytest.fixture
def clerk(client, seeded):
    client.force_login(make_member("예산 담당"))
    return client


def upload(client, path, name=None, **given):
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    return client.post(IMPORTS, {"file": file, "as_of": "2022-09-30", "unit": "원", **given})


def uploaded(client, folder, rows, name="집행현황.csv", **given):
    response = upload(client, write_csv(folder / name, rows), **given)
    assert response.status_code == 302, response.content.decode()
    return BudgetImport.objects.latest("pk")


def address(incoming, *more):
    return "/".join([f"/budgets/import/{incoming.pk}", *more, ""])


def act(client, incoming, action, **given):
    return Page(client.post(address(incoming, action), given, follow=True).content.decode())


def page_of(client, incoming, status=200, **query):
    response = client.get(address(incoming), query)
    assert response.status_code == status
    return Page(response.content.decode())


def current_total(client):
    return client.get("/budgets/expenditure/").context["summary"].total.current


def test_a_file_is_uploaded_compared_and_brought_into_force(clerk, tmp_path):
    before = current_total(clerk)
    incoming = uploaded(clerk, tmp_path, execution_rows(60))
    seen = page_of(clerk, incoming)
    assert seen.shows("새로 0곳, 바뀜 4곳, 없어짐 4곳.")
    assert seen.shows("검토 대기")
    assert seen.shows_in_row(["데이터센터", "46,706,677"])
    assert current_total(clerk) == before
    assert act(clerk, incoming, "force").shows("확정했습니다. 이제 모든 화면이 이 자료로 보입니다.")
    assert current_total(clerk) == sum(row[CURRENT] for row in execution_rows(60))
    source = Source.objects.get(document="집행현황.csv")
    assert source.brought_by.groups.get().name == "예산 담당"
    assert records_of(source).first().user == source.brought_by
    assert Page(clerk.get(IMPORTS).content.decode()).shows_in_row(
        ["집행현황.csv", "2022. 9. 30.", "세출 2022", "확정", "61"]
    )


def test_a_file_in_force_is_withdrawn_whole_with_a_reason(clerk, tmp_path):
    before = current_total(clerk)
    incoming = uploaded(clerk, tmp_path, execution_rows(12))
    act(clerk, incoming, "force")
    assert act(clerk, incoming, "withdraw").shows("철회하는 까닭을 적어 주십시오.")
    assert act(clerk, incoming, "withdraw", reason="다른 기준일의 파일").shows("철회했습니다.")
    assert current_total(clerk) == before
    assert (
        records_of(Source.objects.get(document="집행현황.csv")).first().reason.endswith("다른 기준일의 파일")
    )
    assert act(clerk, incoming, "withdraw", reason="또").shows("확정된 파일만 철회할 수 있습니다.")


def test_a_draft_is_thrown_away_with_all_that_came_with_it(clerk, tmp_path):
    before = {model: model.objects.count() for model in FACTS}
    incoming = uploaded(clerk, tmp_path, execution_rows(12))
    assert kept_files() == [incoming.token]
    assert act(clerk, incoming, "discard").shows("바뀐 것은 없습니다.")
    assert {model: model.objects.count() for model in FACTS} == before
    assert kept_files() == []
    assert page_of(clerk, incoming).shows("버린 파일입니다.")
    assert act(clerk, incoming, "force").shows("검토 대기인 파일만 확정할 수 있습니다.")


@pytest.mark.parametrize("bad", BAD_ABOVE, ids=lambda bad: bad.name)
def test_a_bad_file_gets_an_answer_and_changes_nothing(bad, clerk, tmp_path):
    before = {model: model.objects.count() for model in FACTS}
    path = path_of(bad, tmp_path)
    response = upload(clerk, path)
    assert response.status_code == 422
    text = Page(response.content.decode())
    assert text.shows(bad.said)
    assert text.shows(f"[{path.name}] {bad.place}".strip())
    assert {model: model.objects.count() for model in FACTS} == before
    if bad.file:
        assert not BudgetImport.objects.exists()


def test_an_empty_file_is_refused_by_the_form(clerk):
    response = clerk.post(IMPORTS, {"file": SimpleUploadedFile("집행현황.csv", b""), "as_of": "2022-09-30"})
    assert response.status_code == 422
    assert Page(response.content.decode()).shows("입력하신 파일은 빈 파일입니다.")
    assert not BudgetImport.objects.exists()


@pytest.mark.parametrize(("year", "particle"), [("올해", "는"), ("1899", "는")])
def test_a_year_that_cannot_be_read_is_told_once(clerk, tmp_path, year, particle):
    rows = [list(row) for row in execution_rows(12)]
    rows[2][0] = year
    upload(clerk, write_csv(tmp_path / "집행현황.csv", rows))
    (problem,) = BudgetImport.objects.get().report["problems"]
    assert problem["message"] == f"‘{year}’{particle} 회계연도가 아닙니다."


def test_a_refused_file_keeps_its_page(clerk, tmp_path):
    rows = [[*row[:CURRENT], "미정", *row[CURRENT + 1 :]] for row in execution_rows(3)]
    assert upload(clerk, write_csv(tmp_path / "a.csv", rows)).status_code == 422
    incoming = BudgetImport.objects.get()
    assert page_of(clerk, incoming, 422).shows("2행 ‘예산현액’ 열: ‘미정’은 숫자로 읽을 수 없습니다.")
    assert kept_files() == []


def test_unknown_departments_are_explained_and_the_file_read_again(clerk, tmp_path):
    rows = [[*row[:2], "빅데이타 담당관", *row[3:]] for row in execution_rows(8)]
    response = upload(clerk, write_csv(tmp_path / "a.csv", rows))
    assert response.status_code == 422
    assert (
        '<optgroup label="비슷한 이름"><option value="big-data">빅데이터담당관</option>'
        in response.content.decode()
    )
    incoming = BudgetImport.objects.get()
    assert act(clerk, incoming, "explain").shows("모르는 부서 이름이 1개 있습니다.")
    assert act(clerk, incoming, "explain", **{"department-0": "big-data"}).shows("바뀜 1곳")
    assert DepartmentAlias.objects.get().department.slug == "big-data"
    assert act(clerk, incoming, "explain", **{"department-0": "big-data"}).shows(
        "물음이 남은 파일만 다시 읽습니다."
    )


def test_a_worker_that_wakes_late_leaves_the_draft_of_the_next_alone(
    clerk, tmp_path, read_later, monkeypatch
):
    upload(clerk, write_csv(tmp_path / "a.csv", execution_rows(8)))
    late = claim("late")
    TaskLease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    real = pipeline.keep_values

    def wake(*kept):
        perform(late)
        real(*kept)

    monkeypatch.setattr(pipeline, "keep_values", wake)
    perform(claim("next"))
    incoming = BudgetImport.objects.get()
    assert (incoming.state, BudgetFigure.objects.filter(source=incoming.source).count()) == ("staged", 8)


def test_two_who_answer_at_once_have_the_file_read_once(clerk, tmp_path, monkeypatch):
    rows = [[*row[:2], "빅데이타 담당관", *row[3:]] for row in execution_rows(8)]
    upload(clerk, write_csv(tmp_path / "a.csv", rows))
    incoming, answers = BudgetImport.objects.get(), {"department-0": "big-data"}
    monkeypatch.setattr("core.tasks.backend.BackgroundTask.wait", lambda *given, **named: False)
    seen = []

    def find(known, **wanted):
        """Both have been asked for before either answers."""
        found = get_object_or_404(known, **wanted)
        if not seen:
            seen.append(found)
            act(clerk, incoming, "explain", **answers)
        return found

    monkeypatch.setattr("budgets.views_import.get_object_or_404", find)
    assert act(clerk, incoming, "explain", **answers).shows("물음이 남은 파일만 다시 읽습니다.")
    assert jobs.read_uploaded.unfinished(incoming.pk).count() == 1


def test_a_file_that_is_no_more_is_told(clerk, tmp_path, words="올린 파일이 남아 있지 않습니다."):
    rows = [[*row[:2], "빅데이타 담당관", *row[3:]] for row in execution_rows(8)]
    upload(clerk, write_csv(tmp_path / "a.csv", rows))
    incoming = BudgetImport.objects.latest("pk")
    assert incoming.state == "asking"
    jobs.uploads().delete(incoming.token)
    aliases = DepartmentAlias.objects.count()
    assert act(clerk, incoming, "explain", **{"department-0": "big-data"}).shows(words)
    response = clerk.get(address(incoming, "file"), follow=True)
    assert Page(response.content.decode()).shows(words)
    incoming.refresh_from_db()
    assert (incoming.state, DepartmentAlias.objects.count()) == ("asking", aliases)


def test_unknown_columns_are_explained_and_the_file_read_again(clerk, tmp_path):
    header = ["연도", "조직", "사업명", "금액"]
    assert (
        upload(clerk, write_csv(tmp_path / "a.csv", [[2022, "데이터센터", "망", 5]], header)).status_code
        == 422
    )
    incoming = BudgetImport.objects.get()
    assert page_of(clerk, incoming, 422).shows("뜻을 모르는 열이 있습니다.")
    answers = {"column-1": "department", "column-2": "detailed", "column-3": "current"}
    assert act(clerk, incoming, "explain", **answers).shows("새로 1줄")
    assert list(ColumnMapping.objects.values_list("label", "field")) == [
        ("금액", "current"),
        ("사업명", "detailed"),
        ("조직", "department"),
    ]


def test_what_holds_for_the_whole_file_is_asked_for(clerk, tmp_path):
    path = write_csv(tmp_path / "a.csv", [["운영", 5, 3]], ["정책사업", "예산현액", "원인행위액"])
    assert upload(clerk, path).status_code == 422
    incoming = BudgetImport.objects.get()
    seen = page_of(clerk, incoming, 422)
    assert seen.shows("파일에 적혀 있지 않은 것이 있습니다.")
    assert act(
        clerk, incoming, "explain", **{"whole-department": "nowhere", "whole-fiscal_year": "22"}
    ).shows("적혀 있지 않은 것이")
    assert act(clerk, incoming, "explain", **{"whole-department": "data-center"}).shows(
        "‘회계연도’ 열이 없습니다."
    )
    assert act(clerk, incoming, "explain", **{"whole-fiscal_year": "2022"}).shows("바뀜 1곳")
    line = BudgetLine.objects.get(policy="운영")
    assert (line.department.slug, line.fiscal_year) == ("data-center", 2022)


def test_a_file_of_one_department_is_limited_to_it_unless_told_otherwise(clerk, tmp_path):
    act(clerk, uploaded(clerk, tmp_path, execution_rows(48)), "force")
    later = uploaded(clerk, tmp_path, list(execution_rows(48))[:8], "한 부서.csv", as_of="2022-10-31")
    seen = page_of(clerk, later)
    assert seen.shows("이 파일에는 디지털정책담당관의 줄만 있습니다.")
    assert seen.shows("확정된 자료와 8줄이 모두 같습니다.")
    assert act(clerk, later, "limit", limited="").shows("없어짐 40줄")
    assert act(clerk, later, "limit", limited="1").shows("확정된 자료와 8줄이 모두 같습니다.")


def test_what_came_into_force_meanwhile_is_not_limited(clerk, tmp_path):
    act(clerk, uploaded(clerk, tmp_path, execution_rows(48)), "force")
    later = uploaded(clerk, tmp_path, list(execution_rows(48))[:8], "한 부서.csv", as_of="2022-10-31")
    stale = BudgetImport.objects.select_related("source").get(pk=later.pk)
    act(clerk, later, "force")
    with pytest.raises(jobs.ImportActionError, match="검토 대기인 파일의 범위만"):
        jobs.set_file_limits(stale, False)
    assert Source.objects.get(pk=stale.source_id).department.slug == "digital-policy"


def test_another_unit_is_stopped_until_it_is_explained(clerk, tmp_path):
    act(clerk, uploaded(clerk, tmp_path, execution_rows(12)), "force")
    later = uploaded(clerk, tmp_path, execution_rows(12), as_of="2022-10-31", unit="천원")
    assert page_of(clerk, later).shows("파일의 단위가 ‘천원’이 아닌 것 같습니다.")
    assert act(clerk, later, "force").shows("단위를 확인하십시오.")
    assert act(clerk, later, "unit", words=" ").shows("까닭을 적어 주십시오.")
    act(clerk, later, "unit", words="단위를 바꾼 시험")
    assert act(clerk, later, "force").shows("확정했습니다.")


def test_the_same_file_again_has_nothing_to_bring(clerk, tmp_path):
    rows = list(execution_rows(12))
    act(clerk, uploaded(clerk, tmp_path, rows), "force")
    again = uploaded(clerk, tmp_path, rows)
    assert page_of(clerk, again).shows("이미 확정되어 있습니다")
    assert act(clerk, again, "force").shows("같은 파일이 이미 확정되어 있습니다.")


def test_what_has_come_into_force_meanwhile_is_compared_anew(clerk, tmp_path):
    rows = list(execution_rows(12))
    first = uploaded(clerk, tmp_path, rows, "a.csv")
    second = uploaded(clerk, tmp_path, rows[:10], "b.csv")
    act(clerk, first, "force")
    assert page_of(clerk, second).shows("읽은 뒤에 다른 자료가 확정되거나 철회되었습니다.")
    assert act(clerk, second, "force").shows("다시 확인하십시오.")
    seen = act(clerk, second, "renew")
    assert seen.shows("바뀜 0줄, 없어짐 2줄")
    assert act(clerk, second, "force").shows("확정했습니다.")


def test_a_draft_thrown_away_while_it_is_compared_stays_so(clerk, tmp_path, monkeypatch):
    uploaded(clerk, tmp_path, execution_rows(2))
    seen = BudgetImport.objects.select_related("source").get()
    jobs.discard(seen)
    monkeypatch.setattr(pipeline, "compared", lambda source: {"groups": []})
    pipeline.compare(seen)
    assert BudgetImport.objects.get().state == "discarded"


def test_progress_is_shown_while_a_file_is_read(clerk, tmp_path, read_later):
    incoming = uploaded(clerk, tmp_path, execution_rows(2))
    BudgetImport.objects.update(rows_read=40_000, report={"progress": 0.4})
    run = claim("first")
    response = clerk.get(address(incoming))
    assert '<progress data-follow max="1" value="0.4"' in response.content.decode()
    assert Page(response.content.decode()).shows("40,000행까지 읽음")
    run.release()
    claim("second")  # after the first has died
    assert page_of(clerk, incoming).shows("읽던 작업이 끊겨 처음부터 다시 읽고 있습니다.")


def test_a_file_that_no_worker_reads_says_so(clerk, tmp_path, read_later):
    incoming = uploaded(clerk, tmp_path, execution_rows(2))
    words = "차례를 기다리는 일을 할 프로그램이 1분 넘게 보이지 않습니다."
    assert not page_of(clerk, incoming).shows(words)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(seconds=61))
    assert page_of(clerk, incoming).shows(words)
    run_waiting()
    assert page_of(clerk, incoming).shows("검토 대기")


def test_a_file_waits_for_its_turn_and_only_so_many_wait(clerk, tmp_path, read_later):
    first = uploaded(clerk, tmp_path, execution_rows(2))
    run_waiting()
    for number in range(jobs.MOST_WAITING):
        path, options = tmp_path / "집행현황.csv", Options.from_dict(first.options)
        incoming = jobs.register(first.bureau, f"{number}.csv", path, options, first.uploader)
        jobs.put_in_line(incoming)
    assert page_of(clerk, incoming).shows("차례를 기다리는 중: 앞에 19개")
    turn, after = BudgetImport.objects.order_by("pk")[1:3]
    assert page_of(clerk, turn).shows("파일을 여는 중")
    assert page_of(clerk, after).shows("차례를 기다리는 중: 앞에 1개")
    refused = upload(clerk, write_csv(tmp_path / "a.csv", execution_rows(2)))
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    sentence = (
        "[a.csv] 다른 파일 20개가 읽을 차례를 기다리고 있어 받지 않았습니다. 몇 분 뒤에 다시 올려 주십시오."
    )
    assert Page(refused.content.decode()).shows(sentence)
    assert (BudgetImport.objects.count(), kept_files()) == (jobs.MOST_WAITING + 1, [first.token])
    claim("worker")
    assert upload(clerk, tmp_path / "a.csv").status_code == 302


def test_the_preview_is_small_and_comes_in_pages(clerk, tmp_path, django_assert_max_num_queries, monkeypatch):
    rows = execution_rows(2_000, departments=["기획관리과", "정보자원운영과"])
    incoming = uploaded(clerk, tmp_path, rows)
    with django_assert_max_num_queries(17):
        response = clerk.get(address(incoming))
    assert len(response.content) < 300 * 1024
    assert "1 / 40" in response.content.decode()
    table = clerk.get(address(incoming), {"page": 40}).context["tables"]["changes"]
    assert (len(table.rows), table.title) == (50, "새로 생기는 줄")
    assert clerk.get(address(incoming), {"change": "gone"}).context["page"].paginator.count == 1
    assert clerk.get(address(incoming), {"change": "<x>", "page": "x"}).status_code == 200
    file = clerk.get(address(incoming), {"download": "changes", "format": "csv"})
    assert len(file.content.splitlines()) == 2_001
    monkeypatch.setattr(views_import, "MOST_DOWNLOADED", 7)
    file = clerk.get(address(incoming), {"download": "changes", "format": "csv"})
    assert len(file.content.splitlines()) == 8


def test_what_was_spent_leads_and_the_rest_is_told(clerk, tmp_path):
    rows = [list(row) for row in execution_rows(12)]
    act(clerk, uploaded(clerk, tmp_path, rows), "force")
    spent, paid = rows[0][CURRENT + 1 : CURRENT + 3]
    rows[0][CURRENT + 1] += 5_000
    rows[0][CURRENT + 2] += 4_000
    later = uploaded(clerk, tmp_path, rows, as_of="2022-10-31")
    table = clerk.get(address(later)).context["tables"]["changes"]
    assert [row.cells[3:6] for row in table.rows] == [[spent, spent + 5_000, 5_000]]
    assert [row.cells[9] for row in table.rows] == [
        f"지출액 {round(paid / 1000):,} → {round((paid + 4_000) / 1000):,}"
    ]


def test_a_name_is_shown_and_never_used(clerk, tmp_path):
    path = write_csv(tmp_path / "a.csv", execution_rows(4))
    name = "<script>alert(1)<\\script>..\\..\\x.csv"
    assert upload(clerk, path, name).status_code == 302
    incoming = BudgetImport.objects.get()
    assert kept_files() == [incoming.token]
    assert re.fullmatch(r"[0-9a-f]{32}", incoming.token)
    content = clerk.get(address(incoming)).content.decode()
    assert "<script>alert" not in content
    response = clerk.get(address(incoming, "file"))
    assert b"".join(response.streaming_content) == path.read_bytes()
    assert "\n" not in response["Content-Disposition"] and "/" not in response["Content-Disposition"].replace(
        "%2F", ""
    )
    assert response["Content-Type"] == "application/octet-stream"


def test_what_is_missing_in_the_form_is_said(clerk):
    response = clerk.post(IMPORTS, {"unit": "달러"})
    seen = Page(response.content.decode())
    assert response.status_code == 422
    assert seen.shows("파일을 고르십시오.") and seen.shows("기준일을 적으십시오.")


def test_more_than_a_hundred_megabytes_are_refused_unread(clerk, settings):
    settings.LARGEST_UPLOAD = 1_000
    response = clerk.post(IMPORTS, {"file": SimpleUploadedFile("a.csv", b"x" * 2_000)})
    assert response.status_code == 413
    assert Page(response.content.decode()).shows("파일이나 내용이 너무 큽니다")


def test_a_full_disk_is_said_to_be_and_keeps_nothing(clerk, tmp_path, monkeypatch):
    path = write_csv(tmp_path / "a.csv", execution_rows(4))
    clerk.raise_request_exception = False

    def no_room(self, chunk_size=None):
        yield b"some of it"
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(SimpleUploadedFile, "chunks", no_room)
        patch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", no_room)
        response = upload(clerk, path)
    assert response.status_code == 503
    assert Page(response.content.decode()).shows("저장할 곳이 모자라 처리하지 못했습니다")
    assert kept_files() == [] and not BudgetImport.objects.exists()
    assert clerk.get("/budgets/expenditure/").status_code == 200
    assert upload(clerk, path).status_code == 302


def test_a_disk_that_fills_up_while_a_file_is_read(clerk, tmp_path, monkeypatch):
    before = {model: model.objects.count() for model in FACTS}
    full = OperationalError("full")
    full.__cause__ = psycopg.errors.DiskFull()

    def no_room(self):
        raise full

    monkeypatch.setattr("budgets.imports.staging.LineStage.finish", no_room)
    response = upload(clerk, write_csv(tmp_path / "a.csv", execution_rows(4)))
    assert response.status_code == 503
    assert Page(response.content.decode()).shows("서버의 디스크가 가득 차서 읽기를 그만두었습니다.")
    assert {model: model.objects.count() for model in FACTS} == before
    assert kept_files() == []


@pytest.mark.parametrize("role", ["열람", "간부", "부서 담당"])
def test_who_may_not_import_sees_nothing_of_it(client, seeded, clerk, tmp_path, role):
    incoming = uploaded(clerk, tmp_path, execution_rows(4))
    client.force_login(make_member(role, username="another"))
    for url in (IMPORTS, address(incoming), address(incoming, "file")):
        assert client.get(url).status_code == 403
    assert client.post(address(incoming, "force")).status_code == 403
    assert upload(client, write_csv(tmp_path / "b.csv", execution_rows(4))).status_code == 403
    assert BudgetImport.objects.count() == 1


def test_nothing_happens_by_a_look(clerk, tmp_path):
    incoming = uploaded(clerk, tmp_path, execution_rows(4))
    for action in ("force", "discard", "limit", "renew", "unit", "withdraw", "explain"):
        assert clerk.get(address(incoming, action)).status_code == 405
    assert clerk.post(address(incoming, "destroy")).status_code == 404
    assert clerk.get(reverse("budgets:import", args=[incoming.pk + 1])).status_code == 404

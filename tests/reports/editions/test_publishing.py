"""Publishing: errors keep it back, drafts come into force, one published report of two who press at once."""

from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from budgets.models import BudgetImport
from core.models import ChangeRecord, Source
from departments.models import Department, Duty, Staffing
from reports.editions import publishing
from reports.editions.opening import open_edition
from reports.editions.published_report import published_edition
from reports.editions.snapshot import reports_of, snapshot_of
from reports.editions.sources import EditionRefused, take_in, take_out
from reports.models import (
    Edition,
    EditionEvent,
    EditionSource,
    Explanation,
    PublishedFile,
    PublishedReport,
    Submission,
)
from reports.models.published import digest
from reports.serial import to_json
from tests.audit import records_of
from tests.factories import make_expenditure, print_total, publish_file
from tests.reports.editions.conftest import AS_OF, DEADLINE, confirm_all, explain_errors, in_state, publish
from tests.reports.editions.drafts import drafts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_formats")]


def staffing_of(as_of="2022-11-01"):
    return Staffing.objects.get(department__slug="data-center", source__as_of=as_of)


@pytest.mark.engine
def test_the_drafts_come_into_force_and_the_report_is_kept(reviewed, planner):
    Duty.objects.filter(source__as_of="2022-11-01", department__slug="data-center").update(
        text="백업센터 운영"
    )
    confirm_all(reviewed)
    published = publish(reviewed, planner)
    reviewed.refresh_from_db()
    assert reviewed.state == "published"
    assert drafts_of(reviewed) == []
    assert Source.objects.filter(as_of="2022-11-01", state="in_force").count() == 9
    copy = published_edition(reviewed)
    duties = next(unit.texts for unit in copy.report.chapters["duties"].units if unit.slug == "data-center")
    assert (set(duties), copy.report.title, str(copy.report.as_of)) == (
        {"백업센터 운영"},
        "2022년 11월 업무보고",
        "2022-11-01",
    )
    assert str(copy.before.as_of) == "2022-08-29"
    event = reviewed.events.filter(kind=EditionEvent.Kind.STATE).get()
    assert (event.before, event.after, event.by, event.note) == (
        "review",
        "published",
        planner,
        f"발행본의 SHA-256 {published.sha256}\n점검 결과의 SHA-256 {digest(published.findings)}\n"
        "확정한 자료 9건\n알고 발행함: 집행액 미제출",
    )
    reason = records_of(Source).filter(after__as_of="2022-11-01", kind="changed").first().reason
    assert reason == "‘2022년 11월 업무보고 (2022. 11. 1.)’ 회차 발행"


def test_what_is_frozen_is_what_is_in_force(reviewed, planner):
    published = publish(reviewed, planner)
    report, before = reports_of(reviewed, snapshot_of(reviewed))
    assert (to_json(report), to_json(before)) == (published.report, published.before)


def test_errors_keep_it_back_until_they_are_explained(reviewed, planner):
    print_total(staffing_of().source, "headcount", 1, "1", "data-center")
    proposal = publishing.proposal(reviewed)
    assert {one.finding.id.partition("/")[0] for one in proposal.prepared.errors} >= {"staffing.headcount"}
    with pytest.raises(EditionRefused, match="설명하지 않은 오류가 .건 있어"):
        publishing.publish(reviewed, user=planner, version_token=proposal.version_token)
    assert not PublishedReport.objects.exists()
    assert Source.objects.filter(as_of="2022-11-01", state="draft").count() == 9
    for one in proposal.prepared.errors:
        Explanation.objects.create(
            bureau=reviewed.bureau,
            finding=one.finding.id,
            fingerprint=one.finding.fingerprint,
            reason="확인함",
            explained_by=planner,
        )
    with pytest.raises(EditionRefused, match="확인하지 않은 부분이 1개"):  # what is printed of it is another
        publish(reviewed, planner)
    confirm_all(reviewed)
    publish(reviewed, planner)


def test_a_budget_file_of_an_unsettled_unit_keeps_it_back(reviewed, planner, bureau):
    source = make_expenditure(
        bureau, "2022-11-01", state="draft", received="2022-10-01", document="집행현황.xlsx"
    )  # an older one's word is not taken
    given = {
        "bureau": bureau,
        "file_name": "집행현황.xlsx",
        "token": "x",
        "sha256": "x",
        "size": 1,
        "source": source,
    }
    incoming = BudgetImport.objects.create(state="staged", report={"objection": "천 배 다릅니다."}, **given)
    carried = next(draft for draft in drafts_of(reviewed) if draft.scope == "expenditure")
    take_in(reviewed, source, user=planner)
    with pytest.raises(EditionRefused, match="같은 범위의 자료가 이 회차에 둘 이상"):
        publish(reviewed, planner)
    take_out(reviewed, carried, reason="파일로 대신함", user=planner)
    confirm_all(reviewed)
    with pytest.raises(EditionRefused, match="예산 파일 ‘집행현황.xlsx’의 단위를"):
        publish(reviewed, planner)
    incoming.options = {"accepted_unit": "원 단위로 바뀜"}
    incoming.save()
    publish(reviewed, planner)


@pytest.mark.parametrize("state", ["open", "collecting"])
def test_only_what_was_reviewed_is_published(reviewed, planner, state):
    version_token = publishing.proposal(reviewed).version_token
    with pytest.raises(EditionRefused, match="검토 중인 회차만"):
        publish(in_state(reviewed, state), planner, version_token)


def test_what_changed_since_it_was_shown_is_shown_again(reviewed, planner):
    version_token = publishing.proposal(reviewed).version_token
    duty = Duty.objects.filter(source__as_of="2022-11-01").first()
    duty.text = "새 업무"
    duty.save()
    confirm_all(reviewed)
    with pytest.raises(EditionRefused, match="그 사이 자료가 바뀌어"):
        publish(reviewed, planner, version_token)
    assert not PublishedReport.objects.exists()


def test_what_changes_while_files_are_made_is_not_published(reviewed, planner, monkeypatch):
    def slowly(*given):
        Duty.objects.filter(source__as_of="2022-11-01").update(text="그 사이")
        return {}

    monkeypatch.setattr(publishing, "made_files", slowly)
    with pytest.raises(EditionRefused, match="그 사이 자료가 바뀌어"):
        publish(reviewed, planner)
    assert Source.objects.filter(as_of="2022-11-01", state="draft").count() == 9
    reviewed.refresh_from_db()
    assert reviewed.state == "review"


def test_files_stand_in_their_order_wherever_they_come_from():
    """The database gives names of its own order."""
    assert list(publishing.made_files(None, "", {"json": b"{}", "html": b"<p>"})) == ["html", "json"]


def _new_title(edition):
    Edition.objects.filter(pk=edition.pk).update(title="그 사이 바뀐 제목")


def _draft_outside(edition):
    make_expenditure(edition.bureau, "2022-11-01", state="draft", received="2022-11-01", document="새.xlsx")


def _explanation(edition):
    given = {"finding": "x", "fingerprint": "x", "reason": "원문의 오기"}
    edition.bureau.explanations.create(explained_by=edition.created_by, **given)


@pytest.mark.parametrize("change", [_new_title, _draft_outside, _explanation])
def test_what_of_the_edition_changes_while_files_are_made_is_not_published(
    reviewed, planner, monkeypatch, change
):
    monkeypatch.setattr(publishing, "made_files", lambda *given: change(reviewed) or {})
    with pytest.raises(EditionRefused, match="그 사이 자료가 바뀌어"):
        publish(reviewed, planner)


def test_what_is_left_out_after_a_failure_is_nothing(reviewed, planner, monkeypatch):
    monkeypatch.setattr(publishing, "_keep_published", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(reviewed, planner)
    assert Source.objects.filter(as_of="2022-11-01", state="draft").count() == 9


def test_a_second_time_is_too_late(reviewed, planner):
    version_token = publishing.proposal(reviewed).version_token
    stale = Edition.objects.get(pk=reviewed.pk)
    publish(reviewed, planner, version_token)
    with pytest.raises(EditionRefused, match="이미 발행한 회차"):
        publishing.publish(stale, user=planner, version_token=version_token)
    assert PublishedReport.objects.count() == 1


def test_the_report_before_is_the_one_that_was_handed_out(reviewed, planner, bureau):
    """Not what became of its date since."""
    publish(reviewed, planner)
    row = staffing_of()
    row.authorized = 1
    row.save()
    later, _ = open_edition(
        bureau=bureau, title="다음", as_of=AS_OF.replace(month=12), deadline=DEADLINE, user=planner
    )
    _, before = reports_of(later, snapshot_of(later))
    unit = next(unit for unit in before.chapters["staffing"].units if unit.slug == "data-center")
    assert (before.title, unit.authorized.shown) == ("2022년 11월 업무보고", 69)


def test_a_correction_is_a_new_edition_of_the_same_date(reviewed, planner, bureau):
    publish(reviewed, planner)
    again, drafts = open_edition(bureau=bureau, title="정정", as_of=AS_OF, deadline=DEADLINE, user=planner)
    assert drafts == []
    Duty.objects.filter(source__as_of="2022-11-01").update(text="고친 업무")
    explain_errors(again)
    confirm_all(again)
    assert "고친 업무" in publish(in_state(again, "review"), planner).report
    assert "고친 업무" not in published_edition(reviewed).published_report.report
    assert [published_edition(one).report.title for one in (reviewed, again)] == [
        "2022년 11월 업무보고",
        "정정",
    ]
    assert str(published_edition(again).before.as_of) == "2022-08-29"


# What the database keeps


@pytest.mark.engine
def test_what_was_handed_out_cannot_be_changed(reviewed, planner):
    publish(reviewed, planner)
    for rows in (PublishedReport.objects.all(), PublishedFile.objects.all()):
        for do in (partial(rows.update, sha256="x"), partial(rows._raw_delete, "default")):
            with pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"), transaction.atomic():
                do()


def copied(model, word="INSERT"):
    """Writes a row of the table again as it is, past Django."""
    table, fields = model._meta.db_table, model._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields if not field.generated)
    with connection.cursor() as cursor:
        cursor.execute(f'{word} INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')


def test_nothing_is_replaced(reviewed, planner):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE")
    publish(reviewed, planner)
    for model in (
        PublishedReport,
        PublishedFile,
        Edition,
        EditionEvent,
        Explanation,
        Submission,
        ChangeRecord,
    ):
        assert model._base_manager.exists(), model
        with pytest.raises(DatabaseError, match="수 없습니다"), transaction.atomic():
            copied(model, "INSERT OR REPLACE")


@pytest.mark.engine
def test_nothing_is_added_to_what_was_published(reviewed, planner):
    published = publish(reviewed, planner)
    unit = Department.objects.get(slug="data-center")
    for do in (
        lambda: Submission.objects.create(edition=reviewed, department=unit, part="zz"),
        lambda: EditionSource.objects.create(edition=reviewed, source=Source.objects.earliest("pk")),
        lambda: publish_file(published, b"", extension="zz", name="x"),
    ):
        with pytest.raises(DatabaseError, match="발행한 회차는"), transaction.atomic():
            do()


@pytest.mark.engine
def test_an_explanation_cannot_be_changed(reviewed):
    for do in (lambda: Explanation.objects.update(reason="x"), lambda: Explanation.objects.first().delete()):
        with pytest.raises(DatabaseError, match="새 설명을 다십시오"), transaction.atomic():
            do()


def test_nothing_takes_the_place_of_a_published_edition_by_an_update(reviewed, planner, bureau):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no UPDATE OR REPLACE")
    publish(reviewed, planner)
    other = Edition.objects.create(
        bureau=bureau,
        title="딴 회차",
        as_of=AS_OF.replace(month=12),
        deadline=DEADLINE,
        created_at=timezone.now(),
    )
    with (
        pytest.raises(DatabaseError, match="발행한 회차는"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE OR REPLACE reports_edition SET id = %s WHERE id = %s", [reviewed.pk, other.pk])
    other.title = "또 딴 회차"
    other.save()

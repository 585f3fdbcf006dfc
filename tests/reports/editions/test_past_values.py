"""Values of an earlier day (지난 값): listed in their part until each is kept or renewed."""

import io
from datetime import date

import openpyxl
import pytest

from core.audit.context import acting
from core.models import Source
from projects.models import Measurement
from reports.editions import workflow
from reports.editions.collection import collection_of
from reports.editions.opening import open_edition
from reports.editions.snapshot import reports_of, snapshot_of
from reports.editions.sources import EditionRefused
from reports.models import EditionEvent, KeptValue
from reports.workbook import to_xlsx
from tests.audit import records_of
from tests.factories import make_member
from tests.reports.editions.conftest import DEADLINE, confirm_all
from tests.reports.editions.test_collection import cell_of
from tests.reports.views.test_editions import said, text_of

pytestmark = pytest.mark.django_db

WIFI = ("ict-security", "projects", "public-wifi")
NAME = "공공와이파이 운영현황(AP대수)"
PAGE = "/reports/{}/parts/ict-security/projects/public-wifi/"


@pytest.fixture
def total(draft):
    """28,006 devices on 1 July."""
    return draft(Measurement, indicator__name=NAME, place="추진실적")


def past_of(edition):
    return {value.measurement.pk: value for value in cell_of(edition, *WIFI).past}


@pytest.mark.engine
def test_carried_values_are_past_with_their_own_day(edition, total):
    value = past_of(edition)[total.pk]
    assert (value.name, value.measurement.printed, value.day) == (NAME, "28,006대", "2022. 7. 1.")
    assert {value.measurement.source.as_of for value in past_of(edition).values()} == {edition.as_of}


def test_only_the_newest_value_of_an_indicator_is_asked_about(edition, total):
    """A series stays a series."""
    given = {"source": total.source, "indicator": total.indicator, "printed": "29,000", "value": 29_000}
    Measurement.objects.create(**given, measured_on="2022-10-31")
    assert total.pk not in past_of(edition)


@pytest.mark.parametrize(("day", "is_past"), [("2022-10-15", False), ("2022-07-01", True), ("2022", False)])
def test_a_value_is_renewed_by_a_newer_day(edition, total, day, is_past):
    """A value that is put right for the same day is still of that day; the year goes on."""
    total.measured_on, total.value, total.printed = day, 28_100, "28,100"
    total.save()
    assert (total.pk in past_of(edition)) is is_past


@pytest.mark.engine
def test_a_kept_value_stays_until_it_is_written_otherwise(edition, total, member):
    confirm_all(edition)
    cell, count = cell_of(edition, *WIFI), collection_of(edition).past_count
    with acting(lambda: member):
        workflow.keep_values(edition, cell, [past_of(edition)[total.pk].version_token], user=member)
    assert total.pk not in past_of(edition)
    assert collection_of(edition).past_count == count - 1
    assert cell_of(edition, *WIFI).is_confirmed  # it says what it said
    kept = KeptValue.objects.get()
    assert (str(kept), kept.edition) == ("28006 28,006대 (2022-07-01)", edition)
    assert records_of(kept).get().user == member
    event = edition.events.first()
    assert (event.kind, event.by, event.note) == (
        EditionEvent.Kind.KEPT, member, f"{NAME} 28,006대(2022. 7. 1.)",
    )  # fmt: skip
    total.value, total.printed = 28_007, "28,007"
    total.save()
    value = past_of(edition)[total.pk]
    workflow.keep_values(edition, cell_of(edition, *WIFI), [value.version_token], user=member)
    assert (KeptValue.objects.get().value, total.pk in past_of(edition)) == (
        "28007 28,007 (2022-07-01)",
        False,
    )


@pytest.mark.engine
def test_what_was_changed_meanwhile_is_not_kept(edition, total, planner):
    tokens = [value.version_token for value in past_of(edition).values()]
    total.printed = "28,006 대"
    total.save()
    cell = cell_of(edition, *WIFI)
    for picked, reason in ((tokens, "그 사이"), ([], "고르십시오"), (["x"], "그 사이")):
        with pytest.raises(EditionRefused, match=reason):
            workflow.keep_values(edition, cell, picked, user=planner)
    assert not KeptValue.objects.exists()


def test_an_edition_of_what_is_in_force_has_none(bureau, planner):
    edition, _ = open_edition(
        bureau=bureau, title="x", as_of=date(2022, 8, 29), deadline=DEADLINE, user=planner
    )
    edition.refresh_from_db()
    assert collection_of(edition).past_count == 0


def test_a_value_without_a_day_is_of_the_day_of_its_report(bureau, planner):
    source = Source.objects.get(scope="indicators", as_of="2022-08-29")
    row = Measurement.objects.of(source).get(indicator__name=NAME, place="추진실적")
    Measurement.objects.filter(pk=row.pk).update(measured_on="", measured_printed="현재")
    open_edition(bureau=bureau, title="x", as_of=date(2022, 12, 1), deadline=DEADLINE, user=planner)
    carried = Measurement.objects.get(source__as_of="2022-12-01", indicator=row.indicator, place=row.place)
    assert (carried.measured_on, carried.measured_printed) == ("2022-08-29", "현재")


def test_values_are_kept_on_the_parts_page(client, edition, total):
    user = make_member("부서 담당", unit="ict-security", username="wifi")
    client.force_login(user)
    address, values = PAGE.format(edition.pk), past_of(edition)
    page = text_of(client.get(address))
    assert f"지난 값 {len(values)}개" in page
    assert all(value.version_token in page for value in values.values())
    overview = client.get(f"/reports/{edition.pk}/").content.decode()
    assert f'<small class="to-confirm">지난 값 {len(values)}개</small>' in overview
    assert overview.count("제출하기 전에 확인할 것: 미제출, 지난 값, 정할 숫자, 뒤에 바뀐 것") == 1
    picked = [value.version_token for key, value in values.items() if key != total.pk]
    kept = client.post(address, {"action": "keep", "value": picked}, follow=True)
    assert said(kept) == [f"지난 값 {len(values) - 1}개를 유지합니다."]
    assert "지난 값 1개" in text_of(kept)
    assert "지난 값을 유지함" in text_of(kept)
    assert past_of(edition).keys() == {total.pk}


def test_others_do_not_keep_values(client, edition, member, total):
    """Nor see the form: 데이터센터 does not write the Wi-Fi project."""
    client.force_login(member)
    address = PAGE.format(edition.pk)
    assert total.indicator.name not in text_of(client.get(address))
    token = past_of(edition)[total.pk].version_token
    assert client.post(address, {"action": "keep", "value": token}).status_code == 403
    assert not KeptValue.objects.exists()


def test_the_workbook_gives_the_value_its_own_day(edition, total):
    report, before = reports_of(edition, snapshot_of(edition))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report, before)))
    rows = [[cell.value for cell in row] for row in book["지표"].rows]
    row = next(row for row in rows if NAME in map(str, row))
    assert {"28,006대", "’22.7.1."} <= set(row)

"""Numbers of one budget line open a sheet, found by the line's names."""

import re

import pytest

from budgets.models import BudgetFigure
from core.stated_facts import FormulaTerm, fact_text, stated_fact
from departments.models import Department
from seoul_digital.lib.tables import Record
from tests.factories import make_expenditure, snapshot_of, spend

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
WIFI = {"policy": "스마트도시 조성", "unit": "기반 구축", "detailed": "공공와이파이"}
OFFICE = {"object_group": "201 일반운영비", "object_name": "01 사무관리비"}


@pytest.fixture
def source(bureau):
    unit = Department.objects.get(slug="data-center")
    source = make_expenditure(bureau, "2022-09-30", department=unit)
    spend(source, unit, 4_000, 1_000, "general", **WIFI, **OFFICE, order=1)
    spend(source, unit, 3_000, None, "special", **WIFI, order=2)
    return source


def identities(client):
    page = client.get("/budgets/expenditure/data-center/").content.decode()
    found = re.findall(r'data-fact="(line:[^"]+)" data-l="([^"]*)"', page)
    return {(number, label.split()[0]): identity for number, (identity, label) in enumerate(found)}


def by_measure(client, snapshot):
    found = {}
    for identity in identities(client).values():
        found.setdefault(identity.rpartition("/")[2], []).append(stated_fact(snapshot, identity))
    return found


def test_each_amount_of_a_line_opens_its_own(staff_client, bureau, source):
    found = by_measure(staff_client, snapshot_of(bureau))
    assert {measure: [fact_text(fact) for fact in facts] for measure, facts in found.items()} == {
        "current": ["4,000천원", "3,000천원"],
        "committed": ["1,000천원"],
        "rate": ["25%"],
        "unexecuted": ["3,000천원"],
    }
    (committed,) = found["committed"]
    figure = BudgetFigure.objects.get(source=source, line__account_kind="general")
    assert committed.record == Record(BudgetFigure, figure.pk, "committed")
    assert (committed.label, committed.on) == (
        "데이터센터 일반회계 스마트도시 조성 › 기반 구축 › 공공와이파이 · 201 일반운영비 · 01 사무관리비 원인행위액",
        "2022. 9. 30.",
    )
    own = committed.identity.removesuffix("/committed")
    (rest,) = found["unexecuted"]
    assert [term.identity for term in rest.terms] == [f"{own}/current", f"{own}/committed"]
    assert rest.terms[0] == FormulaTerm(f"{own}/current")


def test_sheet_of_a_line(staff_client, source):
    identity = next(identity for identity in identities(staff_client).values() if "/rate" in identity)
    response = staff_client.get(f"/facts/{identity}/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "25%" in page and "집행률 = 원인행위액 ÷ 예산현액 × 100" in page


def test_identity_is_the_same_in_the_next_delivery(staff_client, bureau, source):
    before = identities(staff_client)
    later = make_expenditure(bureau, "2022-10-31", department=Department.objects.get(slug="data-center"))
    for figure in BudgetFigure.objects.filter(source=source):
        BudgetFigure.objects.create(
            source=later, line=figure.line, current=figure.current, committed=figure.committed
        )
    assert identities(staff_client) == before
    (now, *_) = by_measure(staff_client, snapshot_of(bureau))["current"]
    assert now.source == later


@pytest.mark.parametrize("key", ["data-center/000000000000/current", "no-unit/000000000000/current", "x", ""])
def test_no_such_line(bureau, source, key):
    assert stated_fact(snapshot_of(bureau), f"line:{key}") is None


def test_no_such_measure_and_none_given(staff_client, bureau, source):
    own = next(iter(identities(staff_client).values())).rpartition("/")[0]
    assert stated_fact(snapshot_of(bureau), f"{own}/carried_over") is None
    assert stated_fact(snapshot_of(bureau), f"{own}/pk") is None

"""Numbers that a person declares worked out: of which values, how, and refused where they give another."""

import pytest
from django.core.exceptions import ValidationError

from core.snapshot import snapshots_at
from reports.numbers.derived import Derivation, derivations_from
from seoul_digital.lib.query_params import asked_date

HEADCOUNT, AUTHORIZED = "디지털정책관 현원", "디지털정책관 정원"


@pytest.fixture
def snapshot(seeded):
    return snapshots_at(asked_date("2022-08-29"))[0]


def test_what_a_form_chooses():
    sent = {
        "derive-3": "sum",
        "derive-3-0": " 가 ",
        "derive-3-2": "나",
        "derive-4": "",
        "derive-4-0": "",
        "derive-x": "sum",
        "derive-5": "share",
    }
    assert derivations_from(sent) == {3: Derivation("sum", ("가", "나")), 5: Derivation("share", ())}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shape", "formula"),
    [
        ("sum", "{staffing:/headcount} + {staffing:/authorized}"),
        ("difference", "{staffing:/headcount} - {staffing:/authorized}"),
        ("ratio", "{staffing:/headcount} / {staffing:/authorized}"),
        ("share", "{staffing:/headcount} / {staffing:/authorized} * 100"),
        ("growth", "({staffing:/headcount} - {staffing:/authorized}) / {staffing:/authorized} * 100"),
    ],
)
def test_formula_of_each_way(snapshot, shape, formula):
    assert Derivation(shape, (f"{HEADCOUNT}: 258명 (2022. 8. 29.)", AUTHORIZED)).formula(snapshot) == formula


@pytest.mark.django_db
def test_formula_of_three_values(snapshot):
    chosen = Derivation("sum", (HEADCOUNT, AUTHORIZED, "데이터센터 현원"))
    assert chosen.formula(snapshot).endswith(" + {staffing:data-center/headcount}")
    assert chosen.words == "셈한 값: 합(디지털정책관 현원, 디지털정책관 정원, 데이터센터 현원)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Derivation("", (HEADCOUNT, AUTHORIZED)), "셈하는 법도 고르십시오"),
        (Derivation("sum", (HEADCOUNT,)), "둘 이상"),
        (Derivation("share", (HEADCOUNT, AUTHORIZED, HEADCOUNT)), "비중·비율에는 셈할 값이 둘입니다"),
        (Derivation("sum", (HEADCOUNT, "없는 값")), "‘없는 값’과 맞는 값이 이 자료에 없습니다"),
        (Derivation("sum", (HEADCOUNT, "현원")), "‘현원’과 맞는 값이 "),
    ],
)
def test_what_cannot_be_worked_out_is_refused(snapshot, chosen, words):
    with pytest.raises(ValidationError, match=words.replace("(", r"\(")):
        chosen.formula(snapshot)

"""What people say of numbers, saved with its history; and new values taken into texts."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.audit.changes import changes
from core.mentions.mention import Kind
from core.mentions.writing import accept, confirm, forget, propose
from core.snapshot import snapshots_at
from projects.models import Brief, Measurement
from seoul_digital.lib.query_params import AskedDate
from tests.audit import records_of

pytestmark = pytest.mark.engine

TOTAL = "measurement:public-wifi-ap"
TEXT = "서울시 공공와이파이 운영현황(AP대수) 총 28,006대, 5G 20~30미터, 1/3인 9,335대"
AP = ("purpose", "28006", "대", 0)


def fresh():
    (found,) = snapshots_at(AskedDate())
    return found


@pytest.fixture
def brief(seeded):
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    brief.purpose, brief.mentions = TEXT, []
    brief.save()
    return brief


def said(brief):
    brief.refresh_from_db()
    return [
        (mention.number, str(mention.kind), mention.target or mention.formula)
        for mention in brief.all_mentions
    ]


def test_confirming_saves_what_a_person_says_of_each_number(brief):
    third = f"{{{TOTAL}}} / 3"
    chosen = {
        AP: TOTAL,
        ("purpose", "5", "G", 0): Kind.NO_FACT,
        ("purpose", "30", "m", 0): Kind.ONLY_HERE,
        ("purpose", "9335", "대", 0): third,
    }
    confirm(brief, chosen, fresh())
    assert said(brief) == [
        ("28006", "bound", TOTAL),
        ("5", "no_fact", ""),
        ("30", "only_here", ""),
        ("9335", "derived", third),
    ]
    (change,) = changes(records_of(brief)[:1])
    assert [(field.label, field.new.splitlines()[0]) for field in change.fields] == [
        ("언급", "목적 28,006대: 공공와이파이 운영현황(AP대수)")
    ]


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({("purpose", "28007", "대", 0): TOTAL}, "그 사이에 글이 바뀌어 ‘28,007대’"),
        ({AP: "measurement:gone"}, "‘28,006대’의 근거로 고른 값이"),
        ({AP: "{measurement:public-wifi-ap} +"}, "셈식의 괄호나"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(brief, choices, message):
    with pytest.raises(ValidationError, match=message):
        confirm(brief, choices, fresh())
    assert said(brief) == []


def test_accepting_takes_the_new_value_into_the_text(brief):
    confirm(brief, {AP: TOTAL}, fresh())
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(29_100))
    accept(brief, fresh())
    brief.refresh_from_db()
    assert brief.purpose == TEXT.replace("28,006대", "29,100대")
    assert said(brief) == [("29100", "bound", TOTAL)]
    (change,) = changes(records_of(brief)[:1])
    assert {field.label for field in change.fields} == {"목적", "언급"}


def test_accepting_one_place_leaves_the_others(brief):
    brief.purpose = "총 28,006대, 다시 28,006대"
    brief.save()
    confirm(brief, {AP: TOTAL, ("purpose", "28006", "대", 1): TOTAL}, fresh())
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(29_100))
    accept(brief, fresh(), [("purpose", "28006", "대", 1)])
    brief.refresh_from_db()
    assert brief.purpose == "총 28,006대, 다시 29,100대"
    with pytest.raises(ValidationError, match="그 사이에 글이 바뀌어"):
        accept(brief, fresh(), [("purpose", "28006", "대", 1)])


def test_a_value_that_the_notation_rounds_is_taken_as_rounded(brief):
    brief.purpose = "총 2.8만대"
    brief.save()
    confirm(brief, {("purpose", "28000", "대", 0): TOTAL}, fresh())
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(29_123))
    accept(brief, fresh())
    brief.refresh_from_db()
    assert (brief.purpose, brief.all_mentions[0].rounded) == ("총 2.9만대", True)


def test_a_derived_value_that_the_notation_rounds_is_taken_as_rounded(brief):
    brief.purpose = "총 2.7만대"
    brief.save()
    total = Measurement.objects.filter(indicator__slug="public-wifi-ap")
    total.update(value=Decimal(27_000))
    confirm(brief, {("purpose", "27000", "대", 0): f"{{{TOTAL}}} + 0"}, fresh())
    total.update(value=Decimal(28_006))
    accept(brief, fresh())
    brief.refresh_from_db()
    assert (brief.purpose, brief.all_mentions[0].rounded) == ("총 2.8만대", True)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        (f"{{{TOTAL}}} / 2", "고른 대로 셈하면 14,003대라 글의 ‘28,006대’와 다릅니다"),
        (f"{{{TOTAL}}} / ({{{TOTAL}}} - {{{TOTAL}}})", "‘28,006대’는 고른 값으로 셈할 수 없습니다"),
    ],
)
def test_a_formula_that_gives_another_number_is_refused(brief, formula, message):
    with pytest.raises(ValidationError, match=message):
        confirm(brief, {AP: formula}, fresh())
    assert said(brief) == []


def test_a_new_value_elsewhere_does_not_make_a_slip_a_rounding(brief):
    brief.purpose = "총 28,006대, 다시 2.1만대"
    brief.save()
    confirm(brief, {AP: TOTAL, ("purpose", "21000", "대", 0): TOTAL}, fresh())
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(21_400))
    accept(brief, fresh(), [AP])
    brief.refresh_from_db()
    assert [mention.rounded for mention in brief.all_mentions] == [False, False]


def test_new_values_in_a_big_table_lose_no_mention(brief):
    numbers = range(60)
    brief.purpose = "\n".join(f"| 가 | {number + 100} | {28_006} 대 |" for number in numbers)
    brief.save()
    confirm(brief, {("purpose", "28006", "대", nth): TOTAL for nth in numbers}, fresh())
    Measurement.objects.filter(indicator__slug="public-wifi-ap").update(value=Decimal(101))
    accept(brief, fresh())
    brief.refresh_from_db()
    found = brief.all_mentions
    assert [
        (len(found), {mention.number for mention in found}, any(mention.is_lost for mention in found))
    ] == [(60, {"101"}, False)]


def test_a_lost_mention_is_kept_until_it_is_forgotten(brief):
    confirm(brief, {AP: TOTAL}, fresh())
    brief.refresh_from_db()
    brief.purpose = "없음"
    brief.save()
    (lost,) = brief.all_mentions
    assert lost.is_lost
    forget(brief, [lost])
    assert said(brief) == []


def test_what_one_fact_alone_fits_is_bound_before_saving(brief):
    brief.purpose, brief.achievements = "서울시 공공와이파이 운영현황(AP대수) 총 28,006대", ""
    assert [fact.identity for fact in propose(brief, fresh())] == [TOTAL]
    brief.save()
    assert said(brief) == [("28006", "bound", TOTAL)]

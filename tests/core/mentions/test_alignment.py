"""Mentions find their numbers again in edited texts."""

from decimal import Decimal
from time import process_time

import pytest

from core.mentions.alignment import placed, renewed
from core.mentions.mention import Mention
from seoul_digital.lib.number_tokens import agrees, number_tokens

OLD = "ㅇ 공공와이파이 4,530대 설치(’21.11.~’22.4.)\n  - (실외) 핫플레이스 216개소(2,373대), (실내) 복지시설 338개소(2,157대)"
TOTAL = {"field": "text", "number": "4530", "unit": "대", "kind": "bound", "target": "measurement:ap"}
OUTSIDE = {"field": "text", "number": "2373", "unit": "대", "kind": "bound", "target": "measurement:outside"}
PLACES = {"field": "text", "number": "338", "unit": "곳", "kind": "only_here"}
PERIOD = {
    "field": "text",
    "number": "2021-11~2022-04",
    "unit": "날짜",
    "kind": "bound",
    "target": "milestone:x",
}


def after(new, *mentions, old=OLD):
    found = renewed({"text": new}, mentions, {"text": old})
    return [
        (entry["number"], entry.get("target", entry["kind"]), entry.get("is_lost", False)) for entry in found
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, ("4530", "measurement:ap", False)),
        ("ㅇ 새 줄 4,530대를 앞에\n" + OLD, ("4530", "measurement:ap", False)),
        (OLD.replace("4,530대", "5,100대"), ("5100", "measurement:ap", False)),
        (
            OLD.replace("공공와이파이 4,530대 설치", "와이파이를 4,530대 늘림"),
            ("4530", "measurement:ap", False),
        ),
        (OLD.split("\n")[1] + "\n" + OLD.split("\n")[0], ("4530", "measurement:ap", False)),
        (OLD.replace("4,530대 ", ""), ("4530", "measurement:ap", True)),
    ],
)
def test_a_mention_survives_edits_around_it(new, expected):
    assert after(new, TOTAL) == [expected]


def test_a_mention_stays_with_its_number_where_an_equal_one_is_put_before_it():
    old, new = "시내버스 270대", "마을버스 270대, 시내버스 270대"
    mention = {"field": "text", "number": "270", "unit": "대", "target": "measurement:bus"}
    (found,) = renewed({"text": new}, [mention], {"text": old})
    assert (found["nth"], found["before"]) == (1, "270대, 시내버스")


def test_several_numbers_that_change_at_once_keep_their_order():
    new = OLD.replace("4,530", "5,000").replace("2,373", "2,500").replace("338", "350")
    assert after(new, TOTAL, OUTSIDE, PLACES, PERIOD) == [
        ("5000", "measurement:ap", False),
        ("2021-11~2022-04", "milestone:x", False),
        ("2500", "measurement:outside", False),
        ("350", "only_here", False),
    ]


def test_a_lost_number_that_is_written_again_has_its_mention_back():
    lost = renewed({"text": OLD.replace("4,530대 ", "")}, [TOTAL], {"text": OLD})
    assert [entry["is_lost"] for entry in lost] == [True]
    back = renewed({"text": OLD}, lost, {"text": OLD.replace("4,530대 ", "")})
    assert [(entry["number"], entry.get("is_lost", False)) for entry in back] == [("4530", False)]


def test_a_text_that_is_emptied_keeps_its_mentions_as_lost():
    assert after("", TOTAL, PERIOD) == [
        ("4530", "measurement:ap", True),
        ("2021-11~2022-04", "milestone:x", True),
    ]


def test_a_number_written_to_fewer_places_is_rounded_from_then_on():
    old, new = "사업예산 8,617백만원", "사업예산 86억원"
    mention = {"field": "text", "number": "8617000000", "unit": "원", "target": "project_budget:wifi"}
    (found,) = renewed({"text": new}, [mention], {"text": old})
    assert (found["number"], found["rounded"]) == ("8600000000", True)


def test_a_table_of_few_words_whose_figures_change_keeps_its_mentions():
    rows = range(60)
    old = "\n".join(f"| 가 | {nth % 7 + 100}명 | 28,006대 |" for nth in rows)
    new = old.replace("28,006", "29,100")
    mentions = [{"field": "text", "number": "28006", "unit": "대", "nth": nth} for nth in rows]
    found = renewed({"text": new}, mentions, {"text": old})
    assert [(entry["number"], entry.get("is_lost")) for entry in found] == [("29100", None)] * 60


@pytest.mark.parametrize(
    ("old", "new", "number", "unit"),
    [
        ("현원 24명", "현원 20명", "24", "명"),
        ("1,899대", "1,000대", "1899", "대"),
        ("민원 3건", "민원 0건", "3", "건"),
    ],
)
def test_a_round_number_in_place_of_another_is_not_a_rounding_of_it(old, new, number, unit):
    (found,) = renewed({"text": new}, [{"field": "text", "number": number, "unit": unit}], {"text": old})
    assert "rounded" not in found


@pytest.mark.parametrize(
    ("written", "is_right"),
    [("2,873만여 건", False), ("2,872만여 건", True), ("28,720천 건", True), ("28,720,000건", True)],
)
def test_a_number_rewritten_by_hand_is_held_against_its_fact(written, is_right):
    mention = {"field": "text", "number": "28720000", "unit": "건", "target": "measurement:calls"}
    text = f"민원 {written} 처리"
    (found,) = renewed({"text": text}, [mention], {"text": "민원 2,872만 건 처리"})
    assert found["target"] == "measurement:calls" and not found.get("is_lost")
    (number,) = number_tokens(text)
    assert agrees(number, Decimal(28_720_000), rounded=found.get("rounded", False)) is is_right


def test_one_number_has_one_mention():
    stood = placed("28,006대", [Mention("text", "28006", "대"), Mention("text", "28006", "대", target="b:c")])
    assert (len(stood.found), len(stood.lost)) == (1, 1)


def test_mentions_of_equal_numbers_are_told_apart_by_their_words():
    text = "| 현원 | 24 | 정원 | 24 |"
    stood = placed(text, [Mention("text", "24", nth=0, before="정원 |", after="|")])
    assert list(stood.found) == [1]


def test_a_text_of_the_largest_size_is_aligned_in_bounded_time():
    old = " ".join(f"{number % 7}대 가" for number in range(4_000))
    new = " ".join(f"{number % 5}대 나" for number in range(4_000))
    mentions = [{"field": "text", "number": "3", "unit": "대", "nth": nth} for nth in range(100)]
    started = process_time()
    renewed({"text": new}, mentions, {"text": old})
    assert process_time() - started < 2

"""A mention as a row stores it and as people read it."""

import pytest

from core.mentions.mention import Kind, Mention


def test_a_mention_is_stored_without_what_is_usual():
    mention = Mention("text", "28006", "대", target="measurement:a")
    assert mention.stored == {
        "field": "text",
        "number": "28006",
        "unit": "대",
        "kind": "bound",
        "target": "measurement:a",
    }
    assert Mention.of(mention.stored) == mention


@pytest.mark.parametrize("number", ["1e999999999", "NaN", "Infinity", "1_000", "１", "9" * 41, "", 5])
def test_what_is_no_plain_number_is_refused(number):
    with pytest.raises(ValueError, match="no number"):
        Mention.of({"field": "text", "number": number})


@pytest.mark.parametrize(
    "stored",
    [
        {"field": "text"},
        {"field": "text", "number": "많음"},
        {"field": "text", "number": "1", "kind": "guess"},
        {"field": "text", "number": "1", "other": "x"},
    ],
)
def test_what_is_no_mention_is_refused(stored):
    with pytest.raises(ValueError):  # noqa: PT011 (any)
        Mention.of(stored)


@pytest.mark.parametrize(
    ("mention", "words"),
    [
        (Mention("text", "28006", "대", target="measurement:a", label="운영현황"), "28,006대: 운영현황"),
        (Mention("text", "5", "G", nth=1, kind=Kind.NO_FACT), "5G (2번째): 사실 아님"),
        (
            Mention("text", "2022-08", "날짜", kind=Kind.ONLY_HERE, is_lost=True),
            "2022-08: 본문에만 있음 (본문에서 없어짐)",
        ),
    ],
)
def test_a_mention_in_words(mention, words):
    assert mention.words == words

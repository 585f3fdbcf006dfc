"""Numbers as they are marked in texts: in lines, in outlines and their tables, whatever else stands there."""

import re

from core.mentions.marking import marked, number_mark, unlinked
from core.mentions.states import State, TextState, TokenState
from core.stated_facts import StatedFact
from glossary.models import Definition
from projects.models import Brief
from seoul_digital.lib.number_tokens import number_tokens

FACT = StatedFact("measurement:x", "설치 대수", unit="대", on="’22. 8. 29.")


def text_of(field, text, *states, row=None):
    tokens = zip(number_tokens(text), states, strict=True)
    return TextState(row or Brief(), field, "글", "사업", text, tuple(TokenState(*token) for token in tokens))


def drawn(place, state):
    return f"[{place} {state.state} {state.token.printed}]"


def test_a_number_that_is_asked_about_says_so_in_words():
    (token,) = number_tokens("24명")
    assert number_mark(TokenState(token, State.UNBOUND)) == (
        '<span class="number n-unbound" title="확인 안 됨">24명<span class="sr"> (확인 안 됨)</span></span>'
    )


def test_a_bound_number_leads_to_its_fact():
    (token,) = number_tokens("24명")
    assert number_mark(TokenState(token, State.BOUND, fact=FACT), "/facts/x/?a=1&b=2") == (
        '<a class="number n-bound" href="/facts/x/?a=1&amp;b=2" title="연결됨: 설치 대수: 값 없음 (’22. 8. 29.)">24명</a>'
    )


def test_lines_stay_lines_and_markup_stays_text():
    text = text_of("purpose", "<b>3명\n2팀", State.BOUND, State.NO_FACT)
    assert marked(text, drawn) == ('<p class="lines">&lt;b&gt;[0 bound 3명]\n[1 no_fact 2팀]</p>')


def test_equal_numbers_of_an_outline_are_marked_in_their_order():
    typed = "ㅇ 3명\n| 팀 | 3명 |\n|---|---|\n| 하나 | 2팀 |\nㅇ 3명"
    states = (State.BOUND, State.STALE, State.UNBOUND, State.ONLY_HERE)
    shown = marked(text_of("text", typed, *states, row=Definition()), drawn)
    assert [shown.index(f"[{place} {state}") for place, state in enumerate(states)] == sorted(
        shown.index(f"[{place} {state}") for place, state in enumerate(states)
    )
    assert "<th" in shown


def test_numbers_in_labels_and_captions_are_marked_in_the_order_of_the_text():
    text = text_of(
        "overview", "ㅇ (1차) 1차 완료\n[표] 5대 (단위: 5대)\n| 가 | 나 |\n| 1 | 2 |", *[State.BOUND] * 6
    )
    found = marked(text, lambda place, token: f"[{place}]")
    assert re.findall(r"\[(\d)\]", found) == ["0", "1", "2", "3", "4", "5"]
    assert '<b class="label">([0])</b> [1] 완료' in found


def test_an_outline_that_cannot_be_read_stands_as_typed():
    assert marked(text_of("overview", "ㅇ 3명\n-", State.BOUND), drawn) == (
        '<p class="lines">ㅇ [0 bound 3명]\n-</p>'
    )


def test_forms_have_no_ways_out():
    (token,) = number_tokens("24명")
    assert unlinked(0, TokenState(token, State.NO_FACT)) == (
        '<span class="number n-no_fact" title="사실 아님">24명</span>'
    )

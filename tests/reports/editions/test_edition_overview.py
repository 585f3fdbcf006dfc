"""The stages of an edition, and what a unit hands in with one press."""

from types import SimpleNamespace

import pytest

from reports.editions.edition_overview import earlier_stages, next_stage, stages, submittable


@pytest.mark.parametrize(
    ("state", "following", "earlier"),
    [
        ("open", ("collecting", "취합 중"), []),
        ("collecting", ("review", "검토 중"), [("open", "준비")]),
        ("review", None, [("open", "준비"), ("collecting", "취합 중")]),
    ],
)
def test_stages_before_and_after(state, following, earlier):
    edition = SimpleNamespace(state=state)
    assert (next_stage(edition), earlier_stages(edition)) == (following, earlier)


def test_stages_in_their_order():
    assert stages(SimpleNamespace(state="review")) == [
        ("open", "준비", False),
        ("collecting", "취합 중", False),
        ("review", "검토 중", True),
        ("published", "발행", False),
    ]


def view(may_submit=True, is_near=True, hold_reason=""):
    cell = SimpleNamespace(hold_reason=hold_reason)
    return SimpleNamespace(may_submit=may_submit, is_near=is_near, cell=cell)


def test_submittable_is_what_is_ready_and_ones_own():
    ready = [view(), view()]
    assert (
        submittable([*ready, view(may_submit=False), view(is_near=False), view(hold_reason="숫자")]) == ready
    )


def test_submittable_of_one_alone_spares_nothing():
    assert submittable([view(), view(hold_reason="숫자")]) == []

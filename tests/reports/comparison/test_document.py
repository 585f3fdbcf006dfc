"""What changed, as blocks."""

from dataclasses import replace
from datetime import date

import pytest

from reports.document import document_of
from reports.render.blocks import HeadingBlock, TableBlock
from tests.reports.plain import with_parts, words

pytestmark = pytest.mark.django_db  # the seeded database is made only where a test asks for one


def test_changes_are_told_by_subject(seeded_reports):
    now, _ = seeded_reports
    before = replace(
        now,
        as_of=date(2022, 2, 28),
    )
    first, *others = now.chapters["projects"].projects
    cheaper = replace(first, budget=8_000_000_000, budget_printed="8,000백만원")
    before = with_parts(before, projects=(cheaper, *others))
    before.chapters["projects"] = replace(before.chapters["projects"], judged_on=date(2022, 2, 28))
    chapter = document_of(now, before).chapters[-1]
    assert [block.title for block in chapter.blocks if isinstance(block, HeadingBlock)] == ["주요 사업"]
    table = next(
        block for block in chapter.blocks if isinstance(block, TableBlock) and block.name == "달라진 사업"
    )
    assert words(table.body) == [
        ["1. 공공와이파이 확충 및 시민 이용편의 제고", "달라짐", "8,000", "8,617", "+617", "1", "-", "-"]
    ]
    assert words(table.header)[1][:2] == ["’22.2.28.", "’22.8.29."]

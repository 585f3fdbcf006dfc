"""What texts say against their facts, as findings of integrity."""

from decimal import Decimal

import pytest

from core.integrity import Level
from core.mentions.findings import mention_findings
from core.models import Source
from core.snapshot import snapshots_at
from projects.models import Brief, Measurement, Milestone
from seoul_digital.lib.query_params import AskedDate


def found():
    (snapshot,) = snapshots_at(AskedDate())
    return [finding for finding in mention_findings(snapshot) if finding.level != Level.HOLDS]


def test_every_text_of_the_report_holds(seeded):
    (snapshot,) = snapshots_at(AskedDate())
    findings = list(mention_findings(snapshot))
    assert {finding.level for finding in findings} == {Level.HOLDS}
    assert len({finding.id for finding in findings}) == len(findings)


def test_a_changed_figure_is_an_error_at_each_text_that_says_the_old_one(seeded):
    Measurement.objects.filter(indicator__slug="public-wifi-ap-fixed").update(value=Decimal(19_127))
    (finding,) = found()
    assert (finding.level, finding.printed, finding.computed, finding.unit) == (
        Level.ERROR,
        19_027,
        19_127,
        "대",
    )
    assert finding.formula == "글의 ‘19,027대’가 자료의 ‘공공와이파이 운영현황(AP대수) › 고정형’과 같다"
    assert (
        finding.hint
        == "자료가 바뀌었으면 글을, 글이 맞으면 자료를 고치십시오. 글에는 ‘19,127대’라고 적습니다."
    )
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    assert finding.url.startswith(f"/document/numbers/?state=asked&row=projects.brief.{brief.pk}&")
    assert finding.url.endswith(f"#projects.brief.{brief.pk}.achievements")
    assert (finding.subject, finding.department) == (
        "1. 공공와이파이 확충 및 시민 이용편의 제고 추진실적",
        "ict-security",
    )


def test_a_changed_date_is_told_with_what_the_data_have(seeded):
    Milestone.objects.filter(key="first-phase-installation").update(end="2022-05")
    formulas = [finding.formula for finding in found()]
    assert any(
        "글의 ‘’21.11.~’22.4.’" in formula and "‘’21. 11. ~ ’22. 5.’" in formula for formula in formulas
    )


@pytest.mark.parametrize(("state", "level"), [("in_force", Level.INFO), ("draft", Level.WARNING)])
def test_numbers_that_nobody_has_confirmed_are_one_finding_of_their_text(seeded, state, level):
    brief = Brief.objects.get(project__slug="public-wifi", source__as_of="2022-08-29")
    brief.mentions = []
    brief.save()
    (snapshot,) = snapshots_at(AskedDate())
    Source.objects.filter(pk=brief.source_id).update(state=state)
    for source in snapshot.sources:
        source.state = state if source.pk == brief.source_id else source.state
    (finding,) = [
        finding
        for finding in mention_findings(snapshot)
        if finding.level != Level.HOLDS and finding.subject.endswith("추진실적")
    ]
    assert finding.level == level
    assert finding.hint.startswith("확인하지 않은 수 ")

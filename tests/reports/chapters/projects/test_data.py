"""Projects of the seeded report; expected values are the report's own."""

from datetime import date

from reports.assembly import assemble
from reports.chapters.projects.data import ContactRow, FundingRow
from reports.report import Name
from seoul_digital.lib.periods import PartialDate, Period


def test_a_project(report):
    assert [project.number for project in report.chapters["projects"].projects] == list(range(1, 12))
    wifi = report.chapters["projects"].projects[0]
    assert wifi.title == "공공와이파이 확충 및 시민 이용편의 제고"
    assert (wifi.lead_department.name, wifi.strategy.slug) == ("정보통신보안담당관", "innovation-base")
    assert wifi.contacts[0] == ContactRow(
        "정보통신보안담당관", "김완집", "2133-2860", Name("ict-security", "정보통신보안담당관")
    )
    assert (wifi.budget, wifi.budget_printed, wifi.schedule_heading) == (
        8_617_000_000,
        "8,617백만원",
        "향후일정",
    )
    assert wifi.achievements.startswith(
        "ㅇ 디지털뉴딜(1차사업) 연계 공공와이파이 4,530대 설치(’21.11.~’22.4.)"
    )
    first = wifi.milestones[0]
    assert (first.key, first.period) == (
        "first-phase-installation",
        Period(PartialDate(2021, 11), PartialDate(2022, 4)),
    )
    assert (first.printed, first.status, first.status_word, first.warn) == (
        "’21.11.~’22.4.",
        "done",
        "완료",
        False,
    )
    assert wifi.schedule.startswith("ㅇ ")
    assert (
        report.chapters["projects"].projects[6].title_in_vision
        == "시민의 알권리 보장을 위한 정보공개제도 운영"
    )
    assert report.chapters["projects"].projects[9].fundings == (
        FundingRow("市", 183_000_000, "183백만원"),
        FundingRow("재단", 890_000_000, "890백만원"),
    )


def test_statuses_are_told_on_the_date_of_the_report(snapshot):
    later = assemble(snapshot.at(date(2022, 12, 31)))
    opening = [one for one in later.chapters["projects"].projects[8].milestones if one.printed == "’22.8.31."]
    assert [one.status for one in opening] == ["done"]
    now = [
        one
        for one in assemble(snapshot).chapters["projects"].projects[8].milestones
        if one.printed == "’22.8.31."
    ]
    assert [(one.status, one.warn) for one in now] == [("planned", True)]

"""The organisation of the seeded report; expected values are the report's own."""

from reports.chapters.organisation.data import FoundationRow, UnitCount, UnitRow


def test_the_organisation(report):
    assert report.source("organisation").heading == "1정책관 6담당관 27팀, 2사업소"
    assert len(report.chapters["organisation"].units) == 28
    assert report.chapters["organisation"].units[:3] == (
        UnitRow(
            "digital-policy-bureau", "디지털정책관", "bureau", "국·정책관", 0, "", "6담당관 27팀, 2사업소"
        ),
        UnitRow("digital-policy", "디지털정책담당관", "division", "담당관", 1, "digital-policy-bureau"),
        UnitRow("internet-of-things-team", "사물인터넷팀", "team", "팀", 2, "digital-policy"),
    )
    assert report.chapters["organisation"].unit_counts == (
        UnitCount("bureau", "국·정책관", 1, "1정책관"),
        UnitCount("division", "담당관", 6, "6담당관"),
        UnitCount("team", "팀", 27, "27팀"),
        UnitCount("office", "사업소", 2, "2사업소"),
    )
    (foundation,) = report.chapters["organisation"].foundations
    assert isinstance(foundation, FoundationRow)
    assert (foundation.name, foundation.founded_year, foundation.structure) == (
        "서울디지털재단",
        2016,
        "1실 1본부 7팀",
    )
    assert (foundation.authorized, foundation.seconded) == (45, 1)


def test_successions_of_its_units_are_part_of_it(report):
    told = [
        (one.predecessor.name, one.successor.name, one.kind, one.note)
        for one in report.chapters["organisation"].successions
    ]
    assert sorted(told) == [
        ("스마트도시담당관", "디지털정책담당관", "renamed", "이름에서 읽음"),
        ("스마트도시정책관", "디지털정책관", "renamed", "이름과 소속 부서에서 읽음"),
    ]

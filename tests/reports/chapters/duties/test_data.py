"""Duties of the seeded report; expected values are the report's own."""


def test_duties(report):
    assert sum(len(unit.texts) for unit in report.chapters["duties"].units) == 55
    assert report.chapters["duties"].units[0].name == "디지털정책담당관"
    assert report.chapters["duties"].units[0].texts[:2] == (
        "스마트도시 및 정보화기본계획 수립 및 조정",
        "메타버스 서울 플랫폼 구축 추진",
    )

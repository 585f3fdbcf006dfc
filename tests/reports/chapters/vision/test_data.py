"""The vision of the seeded report; expected values are the report's own."""

from reports.chapters.vision.document import strategy_blocks


def test_the_vision_and_its_strategies(report):
    assert report.chapters["vision"].statement == ("디지털 전환을 선도하는", "미래 스마트 표준 도시, 서울")
    assert report.chapters["vision"].values == (
        "혁신친화",
        "지속가능",
        "사람중심",
        "비대면전환",
        "시민체감",
        "안심·안전",
    )
    assert [one.number for one in report.chapters["vision"].strategies] == [1, 2, 3, 4]
    projects = [[key for *_, key in one.projects] for one in strategy_blocks(report)]
    assert [len(one) for one in projects] == [3, 3, 2, 3]
    assert projects[0] == ["project-public-wifi", "project-internet-of-things", "project-intelligent-cctv"]

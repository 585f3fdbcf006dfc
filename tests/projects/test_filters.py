from datetime import date

from projects import filters

D = date(2022, 8, 29)


def numbers(selection):
    return [brief.number for brief in selection.briefs]


def test_nothing_asked_leaves_everything(briefs):
    chosen = filters.select_projects({}, briefs, D)
    assert numbers(chosen) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert len(chosen.states) == 68
    assert not chosen.is_any


def test_projects_by_strategy_and_department(briefs):
    assert numbers(filters.select_projects({"strategy": "open-government"}, briefs, D)) == [7, 8]
    assert numbers(filters.select_projects({"department": "ict-security"}, briefs, D)) == [1, 3]
    assert (
        numbers(
            filters.select_projects({"strategy": "open-government", "department": "ict-security"}, briefs, D)
        )
        == []
    )


def test_projects_with_a_milestone_of_a_status_keep_all_of_theirs(briefs):
    chosen = filters.select_projects({"status": "warn"}, briefs, D)
    assert numbers(chosen) == [2, 9]
    assert (chosen.progress.total, chosen.progress.warn) == (18, 3)


def test_options_come_from_the_briefs(briefs):
    strategy, department, status = filters.select_projects({}, briefs, D).filters
    assert strategy.options[0] == ("innovation-base", "미래 스마트도시 혁신기반 구축")
    assert len(strategy.options) == 4
    assert [slug for slug, _ in department.options] == [
        "ict-security", "digital-policy", "big-data", "information-disclosure", "spatial-information", "seoul-archives",
    ]  # fmt: skip
    assert status.options[-1] == ("warn", "확인 필요")


def test_what_no_option_has_is_not_asked(briefs):
    chosen = filters.select_projects({"strategy": "x", "department": "<b>", "status": "done "}, briefs, D)
    assert len(chosen.briefs) == 11
    assert not chosen.is_any


def test_milestones_by_status_and_listing(briefs):
    undetermined = filters.select_milestones({"status": "undetermined"}, briefs, D)
    assert {one.status.key for one in undetermined.states} == {"undetermined"}
    assert len(undetermined.states) == 5
    late = filters.select_milestones({"status": "warn"}, briefs, D)
    assert [one.brief.number for one in late.states] == [2, 2, 9]
    planned = filters.select_milestones(
        {"status": "planned", "listing": "schedule", "strategy": "open-government"}, briefs, D
    )
    assert [one.title for one in planned.states] == [
        "기획전시《사진관 옆 현상소》(3전시실) 개막 및 운영",
        "제3회 서울기록페어 온·오프라인 개최",
    ]


def test_indicators_by_project(roots, briefs):
    chosen = filters.select_indicators({}, roots, briefs)
    assert [heading for (_, heading), _ in chosen.groups][-1] == "용어 설명"
    assert chosen.places == "사업 11건과 용어 설명"
    one = filters.select_indicators({"project": "spatial-information-service"}, roots, briefs)
    assert [root.indicator.unit for root in one.roots] == ["㎡"]
    assert filters.select_indicators({"project": "none"}, roots, briefs).places == "용어 설명"


def test_indicators_by_kind_keep_their_tree(roots, briefs):
    surveys = filters.select_indicators({"kind": "survey"}, roots, briefs)
    assert [slug for (slug, _), _ in surveys.groups] == ["metaverse-seoul", "digital-inclusion"]
    assert len(surveys.roots) == 4
    # The year's records are a flow, under a total that is cumulative.
    flows = filters.select_indicators({"kind": "flow", "project": "public-archive"}, roots, briefs)
    assert "市․자치구 기록 인수․정리" in [root.indicator.name for root in flows.roots]


def test_indicators_of_a_project_without_a_brief_go_under_its_name(roots, briefs):
    chosen = filters.select_indicators({}, roots, briefs[1:])
    assert ("public-wifi", "공공와이파이 확충 및 시민 이용편의 제고") in [
        option for option, _ in chosen.groups
    ]

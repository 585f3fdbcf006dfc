"""Which parts an edition has, and of whom each is asked."""

import pytest

from core.models import Source
from departments.models import Department, Duty
from glossary.models import Definition
from reports.editions.collection import collection_of
from tests.factories import make_staffing, make_unit, place
from tests.reports.editions.test_collection import cell_of

pytestmark = pytest.mark.django_db


def parts_of(edition):
    return {
        row.department.slug: [cell.place.label for cell in row.cells] for row in collection_of(edition).rows
    }


def test_the_parts_of_the_seeded_report(edition):
    parts = parts_of(edition)
    assert list(parts) == [
        "digital-policy-bureau", "digital-policy", "big-data", "information-systems", "information-disclosure", "spatial-information",
        "ict-security", "data-center", "seoul-archives",
    ]  # fmt: skip
    assert parts["digital-policy-bureau"] == ["조직", "세입", "비전·전략", "용어"]
    assert parts["data-center"] == ["인력", "주요업무", "예산"]
    assert parts["ict-security"] == [
        "인력", "주요업무", "예산", "공공와이파이 확충 및 시민 이용편의 제고", "지능형 CCTV 기반 시민 안전서비스 확대", "용어",
    ]  # fmt: skip
    assert {cell.state for cell in collection_of(edition).cells} == {"not_begun"}


def test_a_unit_that_the_drafts_name_is_asked(edition):
    """Under a division only what is told of it; right below the bureau everything."""
    tree = Source.objects.get(scope="organisation", as_of="2022-11-01")
    bureau, unit, team = (
        edition.bureau,
        make_unit("ai", "인공지능담당관"),
        Department.objects.get(slug="public-wifi-team"),
    )
    place(tree, unit, bureau)
    Duty.objects.create(
        source=Source.objects.get(scope="duties", as_of="2022-11-01"),
        department=team,
        order=1,
        text="공유기 설치",
    )
    parts = parts_of(edition)
    assert parts["ai"] == ["인력", "주요업무", "예산"]
    assert parts["public-wifi-team"] == ["주요업무"]


def test_a_unit_without_a_place_is_not_forgotten(edition):
    lost = make_unit("lost", "자리 없는 과")
    make_staffing(Source.objects.get(scope="staffing", as_of="2022-11-01"), lost, 1)
    assert parts_of(edition)["lost"] == ["인력"]


def test_of_a_unit_the_terms_are_those_of_its_projects(edition):
    cell = cell_of(edition, "ict-security", "glossary")
    names = set(
        Definition.objects.filter(term__in=cell.place.request.subjects).values_list("term__name", flat=True)
    )
    assert any("AP" in name or "Access" in name for name in names)
    assert len(cell_of(edition, "digital-policy-bureau", "glossary").place.request.subjects) == 21

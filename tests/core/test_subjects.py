"""What printed totals are of, by name: in the list, its filter and the form."""

import re

import pytest

from core.models import ControlTotal
from core.subjects import name_of, subject_names, subject_of
from tests.factories import make_member, make_unit

pytestmark = pytest.mark.usefixtures("seeded")
LIST = "/admin/core/controltotal/"


@pytest.fixture
def planner(client):
    client.force_login(make_member("기획 담당"))
    return client


def subjects_in(response):
    return {
        re.sub(r"<[^>]+>", "", cell)
        for cell in re.findall(r'field-subject_name">(.*?)</td>', response.content.decode())
    }


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("", "전체"),
        ("data-center", "데이터센터"),
        ("ict-security/general", "정보통신보안담당관 일반회계"),
        ("ict-security/special", "정보통신보안담당관 특별회계"),
        ("ict-security/교통사업특별회계", "정보통신보안담당관 교통사업특별회계"),
        ("non-tax-revenue", "세외수입"),
        ("gone", "gone"),
        ("/일반직", "전체 일반직"),
        ("data-center/일반직", "데이터센터 일반직"),
    ],
)
def test_subjects_have_names(subject, name):
    assert name_of(subject, subject_names()) == name


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("", ""),
        ("전체", ""),
        ("데이터센터", "data-center"),
        ("정보통신보안담당관 일반회계", "ict-security/general"),
        ("정보통신보안담당관 교통사업특별회계", "ict-security/교통사업특별회계"),
        ("전체 일반직", "/일반직"),
        ("data-center/general", "data-center/general"),
    ],
)
def test_subjects_are_read_by_name(text, subject):
    assert subject_of(text, subject_names()) == subject


def test_unknown_subject_says_what_to_write():
    with pytest.raises(ValueError, match="‘없는 과’에 맞는 부서나 과목이 없습니다"):
        subject_of("없는 과", subject_names())


def test_names_of_some_are_those_among_all():
    """A unit of another's name has the one above it behind its name, whether that other is asked for or not."""
    make_unit("second-center", "데이터센터")
    names = subject_names({"data-center", "non-tax-revenue", "gone"})
    assert names["data-center"] == "데이터센터 (디지털정책관)" == subject_names()["data-center"]
    assert names["non-tax-revenue"] == "세외수입" and not {"gone", "ict-security"} & names.keys()


def test_every_seeded_total_has_a_name():
    names = subject_names()
    slugs = set(ControlTotal.objects.values_list("subject", flat=True))
    assert [slug for slug in slugs if not re.search("[가-힣]", name_of(slug, names))] == []


def test_the_list_says_names(planner):
    shown = subjects_in(planner.get(LIST, {"of": "ict-security"}))
    assert shown == {"정보통신보안담당관", "정보통신보안담당관 일반회계", "정보통신보안담당관 특별회계"}


def test_the_whole_is_a_filter_too(planner):
    assert subjects_in(planner.get(LIST, {"of": "-"})) == {
        "전체",
        "전체 일반직",
        "전체 임기제",
        "전체 관리운영직",
    }


def test_an_unknown_subject_finds_nothing(planner):
    assert subjects_in(planner.get(LIST, {"of": "' OR 1=1"})) == set()


def test_the_form_offers_names_and_tells_the_one_that_is_there(planner):
    total = ControlTotal.objects.filter(subject="data-center").first()
    page = planner.get(f"{LIST}{total.pk}/change/").content.decode()
    assert '<option value="데이터센터"></option>' in page
    assert 'value="데이터센터"' in page and "data-center" not in page
    assert f"<h2>{total.get_measure_display()} 데이터센터 {total.printed}</h2>" in page

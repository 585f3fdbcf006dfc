"""One form for each amount, sign, date and status, on every page."""

import re

import pytest

from tests.test_pages import PAGES, at

WALKED = [
    *PAGES,
    "/integrity/",
    "/facts/?kind=expenditure",
    "/facts/?kind=staffing",
    "/compare/?from=2020-01-31&to=2022-08-29",
]
LABELLED = re.compile(r'<span role="img" aria-label="(?:마이너스|없음|다름)">.</span>')
FIGURE = re.compile(r'<(td|dd|b|span) class="(?:num|v|d|unit|lead)\b[^"]*"[^>]*>(.*?)</\1>', re.DOTALL)
STATUS = re.compile(r'<span class="st [^"]*"><svg.*?</svg>([^<]*)</span>', re.DOTALL)
STATUSES = ("완료", "기간 중", "예정", "미정")
OTHERS = {"확인 필요", "진도선 미달", "자료 불일치", "시점을 확인할 일정", "오류", "반려"}


@pytest.fixture(params=WALKED)
def page(request, staff_client):
    content = staff_client.get(at(request.param, as_of="2022-08-29")).content.decode()
    return re.sub(r"<script.*?</script>|<!--.*?-->", "", content, flags=re.DOTALL)


def words(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_signs_of_figures_are_labelled(page):
    bare = LABELLED.sub("", page)
    figures = [words(figure) for _, figure in FIGURE.findall(bare)]
    assert not [figure for figure in figures if re.search(r"△\s?[0-9]|≠", figure) or figure in {"-", "–"}]


def test_the_walk_sees_the_signs_of_figures(staff_client):
    home = staff_client.get("/").content.decode()
    assert len(FIGURE.findall(home)) > 100
    assert len(LABELLED.findall(home)) > 20


def test_figures_have_no_hyphen_for_a_minus_and_no_amount_that_is_nothing(page):
    figures = [words(figure) for _, figure in FIGURE.findall(page)]
    assert not [figure for figure in figures if re.search(r"(?<![0-9])[-−][0-9]", figure)]
    assert not re.search(r"(?<![0-9])0\.0억", words(page))


def test_days_are_written_in_one_form(page):
    assert not re.findall(r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b", words(page))


def test_statuses_have_four_words(page):
    said = {text.strip() for text in STATUS.findall(page)}
    assert not {text for text in said if text not in OTHERS and not text.startswith(STATUSES)}

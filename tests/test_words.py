"""One form for each amount, sign, date and status, on every page."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.samples import each
from tests.test_pages import PAGES, at
from tests.test_permissions import own_and_other

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

# What a machine would say: Django's and the libraries' own words, and moments as they are stored.
OF_MACHINES = re.compile(
    r"\b(?:STATUS|Status|UTC|[ap]\.m\.)|\+00:00|\b20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:"
)


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


def test_no_word_of_a_machine_is_said(page):
    assert not OF_MACHINES.findall(words(page))


def test_statuses_have_four_words(page):
    said = {text.strip() for text in STATUS.findall(page)}
    assert not {text for text in said if text not in OTHERS and not text.startswith(STATUSES)}


MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def test_words_of_machines_are_seen():
    said = ("STATUS", "Status", "03:05 UTC", "9:00 a.m.", "2022-08-29T03:05:00Z", "2022-08-29 03:05:00")
    assert all(map(OF_MACHINES.search, said))
    assert not OF_MACHINES.search("상태 2022. 8. 29. 12:05")


@pytest.mark.parametrize("model", each(4, MODELS))
def test_administration_says_no_word_of_a_machine(admin_client, seeded, model):
    row, _ = own_and_other(model)
    named = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    addresses = [reverse(f"{named}_changelist")]
    addresses += [reverse(f"{named}_{route}", args=[row.pk]) for route in ("change", "history", "delete")]
    pages = [admin_client.get(address) for address in addresses]
    assert pages[0].status_code == pages[2].status_code == 200
    for page in pages:
        text = words(re.sub(r"<(script|style).*?</\1>", "", page.content.decode(), flags=re.DOTALL))
        assert page.status_code != 200 or str(model._meta.verbose_name) in text
        assert not OF_MACHINES.findall(text)


@pytest.mark.parametrize(
    "address", ["/history/", "/reports/", "/reports/records/", "/accounts/sessions/", "/budgets/import/"]
)
def test_no_page_of_work_says_a_word_of_a_machine(admin_client, seeded, address):
    page = admin_client.get(address)
    assert page.status_code == 200
    assert not OF_MACHINES.findall(
        words(re.sub(r"<script.*?</script>", "", page.content.decode(), flags=re.DOTALL))
    )

"""Editions by command: opening one, and writing its files."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.models import Edition
from tests.factories import make_bureau, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def run(name, *arguments):
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def open_one(*more, as_of="2022-11-01"):
    return run("open_edition", "11월 업무보고", "--as-of", as_of, "--deadline", "2022-11-08", *more)


def test_opening():
    assert (
        open_one("--session", "제315회 정례회")
        == f"{Edition.objects.get().pk}번 회차를 열고 초안 9건을 만들었습니다.\n"
    )
    assert (Edition.objects.get().council_session, Edition.objects.get().created_by) == (
        "제315회 정례회",
        None,
    )


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [("x", "기준일: "), ("1999-01-01", "회차를 열 수 없습니다"), ("0001-01-01", "1900년부터")],
)
def test_what_cannot_be_opened_is_said(as_of, reason):
    with pytest.raises(CommandError, match=reason):
        open_one(as_of=as_of)


def test_twice_is_once():
    open_one()
    with pytest.raises(CommandError, match="이미 열려 있습니다"):
        open_one()


def test_of_several_bureaus_one_is_chosen():
    make_source(make_bureau(), "organisation", "2022-08-29")
    with pytest.raises(CommandError, match="디지털정책관, 주택정책관"):
        open_one()
    open_one("--bureau", "디지털정책관")


# Files

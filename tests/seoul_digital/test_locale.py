"""Words of others in our Korean: the compiled file says what the text file says, and admin speaks no English."""

import ast
import gettext
import json
import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as said

from tests.factories import make_member

FOLDER = settings.LOCALE_PATHS[0] / "ko" / "LC_MESSAGES"
ENTRY = re.compile(r'^(msgid_plural|msgid|msgstr(?:\[0\])?) (".*")$', re.MULTILINE)


def entries(domain):
    """{English: Korean} of the text file; a plural's English is that of one thing."""
    found, english = {}, ""
    for kind, text in ENTRY.findall((FOLDER / f"{domain}.po").read_text()):
        if kind == "msgid":
            english = ast.literal_eval(text)
        elif kind.startswith("msgstr"):
            found[english] = ast.literal_eval(text)
    return {english: korean for english, korean in found.items() if english}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_both_files_say_the_same(domain):
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    compiled = {key[0] if isinstance(key, tuple) else key: korean for key, korean in catalogue.items() if key}
    assert compiled == entries(domain)
    assert len(compiled) > 10


def test_ours_come_before_djangos():
    with translation.override("ko"):
        assert {
            english: said(english)
            for english in ("Save and add another", "access attempt", "Select %s to view")
        } == {
            "Save and add another": "저장하고 하나 더 추가",
            "access attempt": "로그인 실패와 잠금",
            "Select %s to view": "%s",
        }


def test_the_scripts_of_admin_speak_so_too(client, seeded):
    client.force_login(make_member("관리자"))
    said = client.get("/admin/jsi18n/").content.decode()
    assert "날짜 고르기" in json.loads(f'"{re.search(r"Choose a Date.: .([^,]*).,", said)[1]}"')
    assert json.dumps("일요일") in said  # Django's own words stay

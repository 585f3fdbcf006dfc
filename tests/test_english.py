"""The readers' pages in English: nothing of ours in Korean, the report's facts as they are, and every other page Korean.

A page is English once its view stands in settings.READERS_PAGES; then it has its addresses here.
"""

import json
import re
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import override

from core.data_version import Memory
from core.models import ChangeRecord
from core.snapshot import Snapshot
from core.stated_facts import stated_facts
from departments.models import Department, User
from projects.data import briefs_of
from projects.milestones.progress import milestones_on
from projects.models import Brief, Project
from reports.assembly import assemble
from seoul_digital.lib import amounts
from seoul_digital.lib.charts import districts
from seoul_digital.lib.language import has_hangul, in_korean, is_english
from seoul_digital.lib.periods import Period
from tests.factories import make_member
from tests.samples import each

sys.path.append("tools")
import translations

PROJECTS = [
    "public-wifi",
    "internet-of-things",
    "intelligent-cctv",
    "big-data-administration",
    "work-management-system",
    "spatial-information-service",
    "public-archive",
    "metaverse-seoul",
]
# View: addresses that show all that the page can say. Each part adds its own.
PAGES = {
    "home": ["/", "/?as_of=2022-12-31", "/?as_of=2019-12-31"],
    "departments:list": ["/departments/", "/departments/?as_of=2020-01-31", "/departments/?as_of=2019-01-01"],
    "departments:detail": [
        f"/departments/{slug}/"
        for slug in (
            "digital-policy-bureau", "digital-policy", "ict-security", "data-center", "public-wifi-team",
            "seoul-digital-foundation",
        )
    ]
    + ["/departments/smart-city/", "/departments/smart-city/?as_of=2020-01-31"],
    "budgets:expenditure": [
        f"/budgets/expenditure/?{query}"
        for query in ("", "as_of=2020-01-31", "as_of=2019-01-01", "as_of=2022-12-31", "account=special&order=rate", "pace=behind")
    ],
    "budgets:revenue": ["/budgets/revenue/", "/budgets/revenue/?as_of=2020-01-31"],
    "budgets:cross-tab": [
        f"/budgets/cross-tab/?{query}"
        for query in (
            "", "as_of=2019-01-01", "rows=policy&columns=department&measure=rate", "from=2020-01-31",
            "from=2020-01-31&measure=rate", "rows=팀&from=2030-01-01", "rows=account&columns=account&measure=unexecuted",
        )
    ],
    "budgets:lines": [
        "/budgets/expenditure/data-center/",
        "/budgets/expenditure/ict-security/",
        "/budgets/expenditure/data-center/?as_of=2020-01-31",
    ],
    "projects:list": ["/projects/", "/projects/?status=warn", "/projects/?as_of=2020-02-01"],
    "projects:timeline": ["/projects/timeline/", "/projects/timeline/?as_of=2022-12-31", "/projects/timeline/?as_of=2020-02-01"],
    "projects:indicators": ["/projects/indicators/", "/projects/indicators/?kind=survey", "/projects/indicators/?as_of=2020-02-01"],
    "projects:detail": [*(f"/projects/{slug}/" for slug in PROJECTS), "/projects/public-wifi/?as_of=2020-02-01"],
    "glossary:list": ["/glossary/", "/glossary/?q=데이터", "/glossary/?q=없는말", "/glossary/?as_of=2020-02-01"],
    "search": ["/search/", "/search/?q=와이파이", "/search/?q=zzzz"],
    "history": ["/history/", "/history/?from=2030-01-01", "/history/?from=2030-01-01&to=2020-01-01"],
    "compare": ["/compare/", "/compare/?from=2022-08-29&to=2022-08-29", "/compare/?from=2019-01-01&to=2022-08-29"],
    "facts": ["/facts/", "/facts/?q=없는말"],
    "fact": ["/facts/measurement:public-wifi-ap/", "/facts/staffing:ict-security/headcount/", "/facts/project_budget:public-wifi/"],
    "document": ["/document/"],
    "one-page": ["/document/one-page/", "/document/one-page/?as_of=2020-01-31"],
    "reports:list": ["/reports/"],
    "integrity": ["/integrity/", "/integrity/?level=holds", "/integrity/?department=x"],
    "accessibility": ["/accessibility/"],
}  # fmt: skip
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]
SHOWN_ATTRIBUTES = {
    "title",
    "alt",
    "aria-label",
    "placeholder",
    "label",
    "summary",
    "content",
    "aria-valuetext",
}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What is no word: an address, a key of the service.
UNSEEN_DATA = {"data-facts", "data-fact", "data-figure", "data-for", "data-save-of", "data-next"}
SKIPPED = {"script", "style"}
STORED_APPS = ("core", "departments", "budgets", "projects", "glossary")


class KoreanWords(HTMLParser):
    """The Korean words of a page outside of `lang="ko"`, what is Latin inside of it, and the JSON that it carries."""

    def __init__(self, html):
        super().__init__()
        self.languages, self.found, self.json, self.latin = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        outer = self.languages[-1][1:] if self.languages else ("", False)
        language = attributes.get("lang", outer[0])
        is_json = tag == "script" and attributes.get("type") == "application/json"
        for name, value in attrs:
            is_data = name.startswith("data-") and name not in UNSEEN_DATA
            if value and (name in SHOWN_ATTRIBUTES or is_data):
                if language == "ko":
                    self.latin.append(value)
                elif has_hangul(value):
                    self.json.append(value)  # no part of it can be marked, so that it holds names at most
        if tag not in VOID:
            self.languages.append((tag, language, is_json))

    def handle_endtag(self, tag):
        while self.languages and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, text):
        tag, language, is_json = self.languages[-1] if self.languages else ("", "", False)
        if is_json:
            self.json += strings(json.loads(text))
        elif tag == "title":
            self.json.append(text)
        elif tag not in SKIPPED and language == "ko":
            self.latin.append(" ".join(text.split()))
        elif tag not in SKIPPED and has_hangul(text):
            self.found.append(" ".join(text.split()))


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@cache
def stored_texts():
    """Every text of the seeded report that is a fact."""
    texts = set()
    for app in STORED_APPS:
        for model in apps.get_app_config(app).get_models():
            fields = [
                f.name for f in model._meta.fields if isinstance(f, models.CharField | models.TextField)
            ]
            if fields and model is not ChangeRecord:
                for row in model._base_manager.values_list(*fields):
                    texts |= {text for text in row if text}
    return texts


@cache
def stored_words():
    """Those with Korean in them and what is derived from them, the longest first."""
    words = {word for word in stored_texts() if has_hangul(word)}
    words |= {word.removesuffix("담당관") for word in words} | set(derived_names())
    return sorted(words, key=len, reverse=True)


@in_korean()
def derived_names():
    """Names put together from what is stored: of values, of reports, what milestones are of, and the city's districts."""
    snapshot = Snapshot.from_query(User.objects.first(), {})
    labels = [fact.label for fact in stated_facts(snapshot).values()]
    titles = [assemble(snapshot.at(on)).title for on in snapshot.base_dates]
    titles += [str(source.bureau) for source in snapshot.sources]
    steps = milestones_on(briefs_of(snapshot), snapshot.as_of)
    heads = [name for step in steps for name in (step.subject, step.title.partition(" :")[0])]
    places = [
        name for district in districts.PLACES for name in (district, f"{district.removesuffix('구')}구")
    ]
    return [name for name in (*labels, *titles, *heads, *places) if name]


def unstored(texts):
    """Those that are Korean beyond the names that they hold; a chart shortens names, and takes the subject of a milestone from a title."""
    found, words, titles = [], [], ""
    for text in {text for text in texts if has_hangul(text)}:
        words = words or stored_words()
        titles = titles or " ".join(Brief.objects.values_list("title", flat=True))
        rest = " ".join(re.sub(r"<[^>]*>", "\n", text).split())
        for word in words:
            rest = rest.replace(word, "") if len(word) > 1 else rest
        if any(run not in titles for run in re.findall(r"[가-힣]+", rest)):
            found.append(f"{text!r}: {rest}")
    return sorted(found)


def ours(texts):
    """Those that a screen reader is told to read as Korean though their English is none of the report's."""
    suspects = {text for text in texts if re.search("[A-Za-z]{2}", text)}
    stored = " ".join(" ".join(stored_texts()).split()) if suspects else ""
    words = set(re.findall("[A-Za-z]+", stored))
    suspects = {re.sub(r"\w*…$", "", text) for text in suspects}
    return sorted(
        text
        for text in suspects
        if not words.issuperset(re.findall("[A-Za-z]+", text))
        or not (has_hangul(text) or all(part in stored for part in re.findall(r"[\w ]+", text)))
    )


@pytest.fixture
def english_client(manager_client):
    """Of a reader who has chosen English, and takes tables out."""
    User.objects.all().update(language="en")
    return manager_client


def test_every_page_in_english_is_listed_here():
    assert set(PAGES) == settings.READERS_PAGES


@pytest.mark.parametrize("address", each(2, ADDRESSES))
def test_a_page_in_english_says_nothing_of_ours_in_korean(english_client, address):
    if address.startswith("/history/"):  # for those who edit
        english_client.force_login(make_member("기획 담당", username="planner"))
        User.objects.update(language="en")
    response = english_client.get(address)
    assert response.status_code == 200 or "x" in address or "absent" in address, response.status_code
    page = KoreanWords(response.content.decode())
    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()
    assert not page.found, "\n".join(page.found)
    assert not (rest := unstored(page.json)), "\n".join(rest)
    assert not (rest := ours(page.latin)), "\n".join(rest)
    assert not [text for text in page.json if "lang=" in text], "marks of a fact where no mark is read"


def test_what_editors_see_in_english_is_marked_by_its_language(english_client):
    english_client.force_login(make_member("기획 담당", username="planner"))
    User.objects.update(language="en")
    html = english_client.get("/projects/timeline/").content.decode()
    page = KoreanWords(html)
    assert '<span class="sr">Edit: Milestone, <span lang="ko">' in html
    assert not page.found and not ours(page.latin)


def test_english_within_a_fact_is_found(seeded):
    page = '<p lang="ko">Base date</p><td lang="ko" title="Due">15<i lang="en">Target</i></td><b lang="ko">디지털 Due</b>'
    known = '<p lang="ko">지능형 CCTV</p><p lang="ko">IoT</p><p lang="ko">8,617</p>'
    assert ours(KoreanWords(page + known).latin) == ["Base date", "Due", "디지털 Due"]


def forget_everything():
    """As in a process that begins: each memory of the product empties."""
    ours = [
        module for name, module in list(sys.modules.items()) if name.partition(".")[0] in translations.APPS
    ]
    memories = [value for module in ours for value in vars(module).values() if isinstance(value, Memory)]
    assert len(memories) > 4
    for memory in memories:
        memory.kept.clear()


def unsigned(page):
    """Without what is another each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|data-left="\d+"', "", page)


@pytest.mark.parametrize("address", each(16, ADDRESSES))
def test_readers_of_both_languages_get_their_own_words(english_client, address):
    """One after the other, so that nothing of the one is remembered for the other."""
    korean = User.objects.create(username="korean")
    forget_everything()
    english = english_client.get(address).content.decode()
    english_client.force_login(korean)
    after = english_client.get(address).content.decode()
    forget_everything()
    assert unsigned(english_client.get(address).content.decode()) == unsigned(after)
    assert '<html lang="ko"' in after and "현황판" in after
    assert 'lang="ko"' not in after.replace('<html lang="ko"', "").replace('lang="ko">한국어', "")
    reader = User.objects.exclude(pk=korean.pk).get(username="member")
    english_client.force_login(reader)
    again = KoreanWords(english_client.get(address).content.decode())
    assert again.found == KoreanWords(english).found == []


def test_a_value_in_english_leaves_nothing_for_the_list_of_all(english_client):
    forget_everything()
    english_client.get("/facts/base_date:expenditure/")
    User.objects.update(language="ko")
    after = english_client.get("/facts/").content.decode()
    forget_everything()
    assert unsigned(after) == unsigned(english_client.get("/facts/").content.decode())
    assert "2022. 8. 29." in after


def test_no_page_has_another_disagreement_in_english(english_client):
    """◆ says that the report contradicts itself, whoever reads: 순증 is compared as it is printed, and read as `new`."""
    for address in (
        "/",
        "/budgets/revenue/",
        "/budgets/expenditure/",
        "/departments/",
        "/projects/indicators/",
    ):
        english = english_client.get(address).content.decode()
        User.objects.update(language="ko")
        assert english.count("◆") == english_client.get(address).content.decode().count("◆"), address
        User.objects.update(language="en")
    assert ">new<" in english_client.get("/budgets/revenue/").content.decode()


def test_words_outside_of_the_parser_are_found():
    """The finder finds, so that an empty list says something."""
    page = '<html lang="en"><p title="제목">가<i lang="ko">나</i></p><input placeholder="다"><p>b</p></html>'
    found = KoreanWords(page)
    assert (found.found, found.json) == (["가"], ["제목", "다"])


def test_nothing_but_the_tag_writes_that_it_is_korean():
    written = [
        str(path)
        for path in Path("templates").rglob("*.html")
        if 'lang="ko"' in path.read_text(encoding="utf-8")
    ]
    # What is handed out, and what the server says without Django, knows no reader.
    assert sorted(written) == ["templates/document/file.html", "templates/server_error.html"]
    python = [str(path) for app in translations.APPS for path in Path(app).rglob("*.py")]
    writing = [path for path in python if 'lang="ko"' in Path(path).read_text(encoding="utf-8")]
    assert "core/templatetags/language.py" in writing
    assert [
        path for path in writing if not path.startswith(("reports/render/", "core/templatetags/language"))
    ] == []


def test_every_word_has_its_english_and_every_file_is_compiled(settings):
    assert translations.main(["--check"]) == 0


def test_faults_of_a_catalogue_are_found(tmp_path, monkeypatch):
    po = tmp_path / "django.po"
    po.write_text('msgid ""\nmsgstr ""\n\nmsgid "가 %(n)s"\nmsgstr "a %(m)s"\n\nmsgid "나"\nmsgstr ""\n')
    monkeypatch.setattr(translations, "BASE", tmp_path)
    assert list(translations._faults_of(po, {"나": "x"})) == [
        "django.po: '가 %(n)s' is used nowhere",
        "django.po: '가 %(n)s' has placeholders that the Korean has not: ['m']",
        "django.po: '나' is unfinished",
    ]


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (143_204_842_000, "1,432.0억 원", "₩143.2 bn"),
        (-51_400_000, "△5,140만 원", "−₩51.4 m"),
        (100_000_000, "1.0억 원", "₩0.1 bn"),
        (3_450, "3,450원", "₩3,450"),
        (0, "0원", "₩0"),
        (None, "-", "-"),
    ],
)
def test_amounts_follow_the_language(won, korean, english):
    assert amounts.won_text(won) == korean
    with override("en"):
        assert amounts.won_text(won) == english


def test_dates_follow_the_language():
    period = Period.from_texts("2022-08-29", "2022-12")
    assert period.printed() == "’22. 8. 29. ~ 12."
    with override("en"):
        assert (period.printed(), period.end.full()) == ("29 Aug 2022 – Dec 2022", "Dec 2022")
        assert Period.from_texts("2022", None).start.long() == "2022"
        assert Period.from_texts("2022-08", None).printed() == "from Aug 2022"
        assert Period.from_texts(None, "2022-08").in_text() == "until Aug 2022"
        with in_korean():
            assert not is_english()


@pytest.mark.parametrize(
    "address", ["/admin/", "/reports/file/", "/accounts/password/", "/integrity/?download=all&format=xlsx"]
)
def test_every_other_page_stays_korean(english_client, address):
    User.objects.update(is_superuser=True)
    response = english_client.get(address)
    assert response.headers.get("Content-Language", "ko") == "ko"
    if address in {"/reports/file/", "/accounts/password/"}:
        assert '<p class="note" lang="en">This page is in Korean.</p>' in response.content.decode()
    assert "This page is in Korean." not in english_client.get("/").content.decode()


@pytest.mark.parametrize("kind", each(3, ["json", "hwpx", "html"]))
def test_documents_are_the_same_for_every_reader(english_client, kind):
    english = english_client.get(f"/document/?format={kind}").content
    User.objects.update(language="ko")
    assert english_client.get(f"/document/?format={kind}").content == english


def test_the_toggle_keeps_the_choice_and_leaves_a_record(manager_client):
    response = manager_client.post("/language/", {"language": "en", "next": "/glossary/?q=a"})
    assert response.headers["Location"] == "/glossary/?q=a"
    user = User.objects.get(username="member")
    record = ChangeRecord.objects.filter(object_id=user.pk).latest("pk")
    assert (user.language, record.user_id, record.reason) == ("en", user.pk, "화면 언어를 바꿈")


@pytest.mark.parametrize(
    ("accepted", "is_offered"),
    [("en-GB,en;q=0.9,ko;q=0.5", True), ("ko-KR,ko;q=0.9,en;q=0.5", False), ("", False)],
)
def test_the_sign_in_offers_english_and_never_switches(client, seeded, accepted, is_offered):
    response = client.get("/accounts/login/", headers={"accept-language": accepted})
    assert ("Continue in English" in response.content.decode()) is is_offered
    assert '<html lang="ko"' in response.content.decode()
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(("sent", "language"), [({"language": "en"}, "en"), ({}, "ko")])
def test_a_sign_in_in_english_keeps_the_choice(client, seeded, sent, language):
    user = User.objects.create_user("reader", password="a-long-enough-word")
    client.post("/accounts/login/", {"username": "reader", "password": "a-long-enough-word"} | sent)
    user.refresh_from_db()
    assert user.language == language


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_of=어제", "Base date cannot be read. Write it as year-month-day, such as 2022-08-29."),
        ("as_of=2022-02-30", "Base date cannot be read. There is no such day in the calendar."),
        ("as_of=1899-12-31", "Base date cannot be read. Use a date from 1900 to 2999."),
        ("bureau=없는국", "There is no data of a bureau with this address."),
    ],
)
def test_what_an_english_reader_asked_for_in_vain_is_told_in_english(seeded, english_client, query, sentence):
    html = english_client.get(f"/?{query}").content.decode()
    assert f"<h1>{sentence}</h1>" in html
    assert KoreanWords(html).found == []


def test_names_follow_the_language(seeded):
    from core.templatetags.language import fact_html, name_html

    unit = Department(name="데이터센터", name_english="Data Center <1>")
    assert (name_html(unit), fact_html("<가>")) == ("데이터센터", "&lt;가&gt;")
    with override("en"):
        assert (
            name_html(unit)
            == '<span lang="ko" title="데이터센터"><span lang="en">Data Center &lt;1&gt;</span></span>'
        )
        assert name_html(Department(name="데이터센터")) == '<span lang="ko">데이터센터</span>'
        assert (fact_html("<가>"), fact_html("A&B")) == ('<span lang="ko">&lt;가&gt;</span>', "A&amp;B")


SCRIPTS = ("page", "session", "fact-sheet", "day-picker", "terms", "figures", "figures-files", "figures-marks", "figures-mosaic", "figures-people", "figures-rows")  # fmt: skip
NAMES_OF_DAYS = re.compile(r"const KOREAN = \{.*?\n {2}\};", re.DOTALL)  # Plotly's own, registered under ko


def test_scripts_say_nothing_in_korean_that_the_page_has_no_english_for():
    from core.templatetags.script_words import WORDS

    code = "\n".join(Path(f"static/js/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    said = re.findall(r'say\(\s*"([^"]*)"', code)
    left = re.sub(r'//.*|say\(\s*"[^"]*"|check\(`[^)]*\)', "", NAMES_OF_DAYS.sub("", code))
    assert set(said) == set(WORDS)
    assert re.findall(r".*[가-힣].*", left) == []


def test_a_project_is_called_by_its_english_name(english_client):
    Project.objects.filter(slug="public-wifi").update(name_english="Public Wi-Fi")
    shown = ("projects/public-wifi/", "projects/", "projects/timeline/", "", "departments/ict-security/")
    for address in shown:
        assert "1. Public Wi-Fi" in english_client.get(f"/{address}").content.decode(), address
    User.objects.update(language="ko")
    for address in ("/projects/public-wifi/", "/projects/", "/"):
        assert "Public Wi-Fi" not in english_client.get(address).content.decode(), address

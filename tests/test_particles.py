"""No particle is fixed after a word that is computed: ‘과장은’ but ‘담당자는’. `with_particle`, `quoted` and `josa` find the one that fits."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = (
    "seoul_digital",
    "core",
    "departments",
    "budgets",
    "projects",
    "glossary",
    "reports",
    "dashboard",
    "templates",
    "tools",
)
PARTICLES = "은|는|이|가|을|를|과|와|으로|로|이나|나|이란|란|이라|라|이라는|라는|이라고|라고"
VALUE = "\0"
# What of a page is replaced by a word, in a string and in a template; tags of a template that write nothing.
SILENT = re.compile(r"\{% (?:end\w+|if|elif|else|for|empty|with|block)\b[^%]*%\}")
WRITES = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}|\{[^{}]*\}|%s|%d|%\(\w+\)s")
IN_BRACKETS = re.compile(r"(?<=[가-힣\0])\([^()]*\)")
FIXED = re.compile(
    VALUE
    + r"(?:</\w+>|[’”」』\"'])*(?:\([은이을와가로]+\))?(?:"
    + PARTICLES
    + r")(?:\([는가를와]\))?(?![가-힣])"
)
EITHER = re.compile(r"[은이을과]\([는가를와]\)|\([으이]\)")
# After a date, a rate and a unit that stands within the value.
ALLOWED = {
    ("budgets/revenue/page.py", "예산현액은 <b>{budget}</b>으로 {previous_year}"),
    ("departments/staffing.py", "<b>{gap}</b>이</span>"),
    ("reports/one_page/sheet.py", "{places}가 모두"),  # a number of 자리
    ("reports/chapters/organisation/section.py", "<span>{parts}이 있습니다."),
    ("reports/chapters/expenditure/section.py", "{after}로"),
    ("reports/chapters/expenditure/section.py", "<b>{after}</b>가"),
    ("projects/indicators/charts.py", "%(share)s로"),
    ("projects/sentences.py", "%(share)s로"),
    ("templates/projects/_terms.html", "{{ number }}개{% endblocktranslate %}</h2>"),
    ("templates/search/search.html", "‘{{ found }}’를"),  # words of our own
    ("templates/search/search.html", "{{ number }}건이 더"),
    ("reports/views/editions.py", "{made}을 만들었습니다."),
    ("templates/reports/publish.html", "{{ impact.default_after|day }}로"),
}


def fixed_particle(line):
    plain = WRITES.sub(VALUE, SILENT.sub("", line))
    return FIXED.search(IN_BRACKETS.sub("", plain)) or EITHER.search(line)


def files():
    for folder in PRODUCT:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".typ"} and "migrations" not in path.parts:
                yield path


def test_no_particle_is_fixed_after_a_computed_word():
    found, used = [], set()
    for path in files():
        name = str(path.relative_to(ROOT))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            allowed = {(file, words) for file, words in ALLOWED if file == name and words in line}
            used |= allowed
            if not allowed and fixed_particle(line):
                found.append(f"{name}:{number}: {line.strip()}")
    assert found == []
    assert used == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        'f"‘{name}’은 없습니다"',
        'f"{label}와 다릅니다"',
        'f"{names}({count}곳)는 없습니다"',
        'format_html("<b>{}</b>을 집행", rate)',
        "<p>‘{{ record.name }}’와 함께</p>",
        "<p>{% if x %}{{ x }}{% endif %}가 지났습니다</p>",
        'f"‘{text}’은(는) 모릅니다"',
        'f"‘{text}’(으)로 읽음"',
    ],
)
def test_fixed_particle_is_found(line):
    assert fixed_particle(line)


@pytest.mark.parametrize(
    "line",
    [
        'f"기준일({day(on)})은 바꿀 수 없습니다"',
        'f"{name}이름은"',
        "f\"{quoted(name, '은/는')} 없습니다\"",
        "{% if x %}이 기간에{% else %}이 밖에{% endif %}",
        'f"{number}개로 나눕니다"',
        'f"{name}의 값"',
    ],
)
def test_what_fits_always_is_let_be(line):
    assert not fixed_particle(line)

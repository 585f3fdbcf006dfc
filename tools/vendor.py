"""Makes static/vendor/ from an allow-list of npm files: the chart script (chart_script.py), the design tokens that our CSS uses, and
the fonts.

Run by `make setup`. Everything it writes can be made again, so nothing of it is committed. What was made from the same inputs is kept.
"""

import hashlib
import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import chart_script
import fonts

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
STAMP = VENDOR / ".stamp"

TOKENS = ROOT / "node_modules/krds-uiux/resources/css/token/krds_tokens.css"
FONT = ROOT / "node_modules/pretendard-gov/dist/public/variable/PretendardGOVVariable.ttf"
FALLBACK = Path(find_spec("pylopdf_fonts_ko").origin).parent / "NotoSansKR-Regular.otf"
FONT_LICENSE = ROOT / "node_modules/pretendard-gov/dist/LICENSE.txt"

DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
REFERENCE = re.compile(r"var\(\s*(--krds-[\w-]+)")

# Where the words come from that a page can show: the core font file holds exactly their characters.
WORDS = [
    "fixtures/**/*.yaml",
    "templates/**/*.html",
    "static/js/**/*.js",
    "static/css/**/*.css",
    "[!.]*/**/*.py",
]
NOT_OURS = {"node_modules", "var", "tests", "benchmarks", "tools"}


def our_files(patterns):
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(
        path
        for path in found
        if path.relative_to(ROOT).parts[0] not in NOT_OURS and VENDOR not in path.parents
    )


def django_words():
    """Django's own Korean, which the admin and form errors speak."""
    import django

    return sorted(Path(django.__file__).parent.glob("**/locale/ko/LC_MESSAGES/django.po"))


def characters():
    """The characters that a page of this system can show today, as a sorted string."""
    texts = (path.read_text(encoding="utf-8") for path in [*our_files(WORDS), *django_words()])
    return "".join(sorted(set().union(*texts, map(chr, range(0x20, 0x7F)))))


def used_tokens(css, declared):
    """The declarations that `css` needs: the tokens it names and those that they name in turn."""
    needed, open_names = {}, set(REFERENCE.findall(css))
    while open_names:
        name = open_names.pop()
        if name not in declared:
            raise SystemExit(f"static/css에서 쓰는 {name} 토큰이 KRDS에 없습니다.")
        needed[name] = declared[name]
        open_names |= set(REFERENCE.findall(declared[name])) - needed.keys()
    return needed


def tokens_css():
    css = "\n".join(path.read_text(encoding="utf-8") for path in our_files(["static/css/**/*.css"]))
    declared = {
        name: value.strip() for name, value in DECLARATION.findall(TOKENS.read_text(encoding="utf-8"))
    }
    lines = (f"  {name}: {value};" for name, value in sorted(used_tokens(css, declared).items()))
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def packages_digest():
    """What all fonts but the core one depend on: the packages and these scripts."""
    digest = hashlib.sha256()
    for path in [FONT, FALLBACK, Path(__file__), Path(fonts.__file__)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main():
    if missing := [path.name for path in (chart_script.SOURCE, TOKENS, FONT) if not path.is_file()]:
        sys.exit(f"npm 꾸러미에 {', '.join(missing)} 파일이 없습니다. `make setup`을 다시 실행하십시오.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    (VENDOR / "tokens.css").write_text(tokens_css(), encoding="utf-8")
    chart_script.build(VENDOR)
    core, digest = characters(), packages_digest()
    before = STAMP.read_text(encoding="utf-8") if STAMP.is_file() else ""
    if before == digest + core:
        return
    fonts.build(FONT, FALLBACK, VENDOR, core, only_core=before.startswith(digest))
    shutil.copyfile(FONT_LICENSE, VENDOR / "pretendard-gov-LICENSE.txt")
    STAMP.write_text(digest + core, encoding="utf-8")


if __name__ == "__main__":
    main()

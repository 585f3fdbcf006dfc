"""The fonts of printed documents, from packages installed at set-up: Pretendard GOV (npm), Noto Sans KR (PyPI), and typst's own DejaVu Sans Mono.

A character that Pretendard GOV lacks (☎, ･) is taken from the next.
"""

import atexit
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from seoul_digital.owned_folders import OwnedFolder, clear_left

FAMILIES = ("Pretendard GOV", "Noto Sans KR", "DejaVu Sans Mono")
FOLDER = "document-fonts-"
PRETENDARD = Path("node_modules/pretendard-gov/dist/public/static")
WEIGHTS = ("Regular", "SemiBold", "Bold")
FALLBACK = ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf")
REPLACEMENT = "□"  # for a character that no font has, such as an emoji
# What typst's own font draws and the two before it do not, of what Korean documents use.
_OWN = frozenset("▮▯∙⋅❍∼≒◈⅔ŉ✔✕✖➔➘➙➜➤▴▵▸▹▾▿◂◃◔◕◼◽◾☐☑☒✎✏✒✦✧❏❐❑❒⇦⇧⇨⇩⌀⚡")
KEPT = 10
BYTE_ORDER_MARK = "\ufeff"  # no PDF/UA may hold one, though a font has it
# A compiler cannot be used by two threads at once, and two reports at once would take twice the memory.
compiler_lock = Lock()


class FontMissing(RuntimeError):
    """A font that set-up should have installed is not there; the message, in Korean, says what to do."""


def files() -> list[Path]:
    """Raises FontMissing."""
    package = find_spec(FALLBACK[0])
    found = [settings.BASE_DIR / PRETENDARD / f"PretendardGOV-{weight}.otf" for weight in WEIGHTS]
    origin = package.origin if package else None
    found += [Path(origin).parent / FALLBACK[1]] if origin else []
    missing = [path.name for path in found if not path.is_file()] + ([] if origin else [FALLBACK[1]])
    if missing:
        raise FontMissing(
            f"서버에 글꼴 파일({', '.join(missing)})이 없습니다. 서버 관리자가 ‘make setup’을 다시 실행해야 합니다."
        )
    return found


@cache
def folder() -> str:
    """A folder with nothing but these fonts, for typst takes all that it finds in one; it lasts as long as the process."""
    clear_left(FOLDER)
    linked = OwnedFolder(FOLDER)
    for path in files():
        Path(linked.path, path.name).symlink_to(path.resolve())
    atexit.register(linked.remove)
    return linked.path


@cache
def loaded():
    """typst's handle on the fonts, made once in a process."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder()])


@cache
def compiler(template: Path | None = None):
    """typst with these fonts alone, made once for a template; to be used under `compiler_lock`."""
    import typst

    paths: dict[str, Any] = {"input": str(template), "root": str(template.parent)} if template else {}
    return typst.Compiler(**paths, font_paths=loaded(), ignore_system_fonts=True)


def forget() -> None:
    """typst caches the results of the last KEPT compilations, 25 MB a report: empty ones push them out."""
    for _ in range(KEPT + 1):
        compiler().compile(b".", format="pdf")


@cache
def drawn() -> frozenset[int]:
    """The code points that the fonts have."""
    from fontTools.ttLib import TTFont

    points = {ord(character) for character in _OWN}
    for path in files():
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def missing(text: str) -> set[str]:
    """The characters of a text that no font draws."""
    return {character for character in set(text) if ord(character) not in drawn() and character not in "\n\t"}


def missing_glyphs(text: str) -> str:
    """What of the text `drawable` prints otherwise, each character once: `😀 U+F0B7`; nothing where the fonts are not there.

    What no screen draws either (private use) stands with its number.
    """
    try:
        found = missing(unicodedata.normalize("NFC", text).replace(BYTE_ORDER_MARK, ""))
    except FontMissing:  # which making the file will tell of
        return ""
    shown = sorted(glyph for glyph in found if not _is_control(glyph))
    return " ".join(glyph if glyph.isprintable() else f"U+{ord(glyph):04X}" for glyph in shown)


def drawable(text: str) -> str:
    """The text with what no font draws replaced, so that one strange character does not stop a whole report."""
    composed = unicodedata.normalize("NFC", text).replace(BYTE_ORDER_MARK, "")
    return composed.translate(
        {ord(glyph): " " if _is_control(glyph) else REPLACEMENT for glyph in missing(composed)}
    )


def _is_control(glyph: str) -> bool:
    """A private character, such as a bullet of another font, is none: it was meant to be seen."""
    return not glyph.isprintable() and unicodedata.category(glyph) != "Co"

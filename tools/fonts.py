"""Pretendard GOV cut into files that a browser fetches only when a page needs them.

The core file holds every character that the system's own words and fixtures use; a page normally needs no other. The rest covers what
people type later, all but Chinese characters, which every system has a font for. Only weights 400 to 700 are kept, which halves the files.
What the core lacks (☎, ･, ｢) is cut from the font that documents take it from, Noto Sans KR.
"""

import os
from concurrent.futures import ProcessPoolExecutor

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 700)
FEATURES = ["calt", "case", "ccmp", "kern", "locl", "mark", "mkmk"]
HANGUL_STEP = 0x700
REST = [
    [(0x20, 0x33FF), (0xFF00, 0xFFEF)],
    *([(start, min(start + HANGUL_STEP - 1, 0xD7A3))] for start in range(0xAC00, 0xD7A4, HANGUL_STEP)),
]
CORE = "pretendard-gov-core.woff2"
MARKS = "noto-sans-kr-marks.woff2"
FACE = """@font-face {{
  font-family: "Pretendard GOV Variable";
  font-style: normal;
  font-weight: {low} {high};
  font-display: swap;
  src: url("{name}") format("woff2");
  unicode-range: {ranges};
}}
"""


def runs(codepoints):
    """Sorted code points as inclusive (first, last) runs."""
    found = []
    for point in codepoints:
        if found and point == found[-1][1] + 1:
            found[-1] = (found[-1][0], point)
        else:
            found.append((point, point))
    return found


def unicode_range(spans):
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)


def face(name, spans):
    return FACE.format(low=WEIGHTS[0], high=WEIGHTS[1], name=name, ranges=unicode_range(spans))


def cut(source, target, codepoints):
    """Writes the part of the font that draws `codepoints`; the same input always gives the same bytes."""
    font = TTFont(source, lazy=True, recalcTimestamp=False)
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    if "fvar" in font:
        instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    font.save(target)


def drawn_by(source):
    """The code points that a font draws."""
    with TTFont(source, lazy=True) as font:
        return set(font.getBestCmap())


def parts(source, fallback, core_characters):
    """The files to make: name → (code points, unicode-range spans), the core first, then what it lacks."""
    drawn, wanted = drawn_by(source), {ord(character) for character in core_characters}
    core, marks = sorted(drawn & wanted), sorted(drawn_by(fallback) & wanted - drawn)
    found = {CORE: (core, runs(core)), MARKS: (marks, runs(marks))}
    for number, spans in enumerate(REST, start=1):
        points = sorted(point for first, last in spans for point in range(first, last + 1) if point in drawn)
        found[f"pretendard-gov-rest-{number}.woff2"] = (points, spans)
    return found


def build(source, fallback, folder, core_characters, *, only_core):
    """Writes the .woff2 files and fonts.css into `folder`. The core face stands last: of two faces that claim a character the later wins."""
    files = parts(source, fallback, core_characters)
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = [
            pool.submit(cut, fallback if name == MARKS else source, folder / name, files[name][0])
            for name in files
            if name in {CORE, MARKS} or not only_core
        ]
        for job in jobs:
            job.result()
    faces = [face(name, spans) for name, (_, spans) in reversed(files.items())]
    (folder / "fonts.css").write_text("\n".join(faces), encoding="utf-8")

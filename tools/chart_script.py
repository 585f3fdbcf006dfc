"""Makes the chart script: of plotly.js-basic-dist the modules that tools/plotly/entry.js asks for, minified by esbuild.

The whole file has maps' style sheets, fourteen calendars, pies, legends, a toolbar and its dialogs, which we draw none of.
"""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import chart_needs

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SOURCE = PACKAGES / "plotly.js-basic-dist/plotly-basic.js"
ESBUILD = PACKAGES / "esbuild/package.json"
COLOURS = PACKAGES / "culori/package.json"
PARTS = ROOT / "tools/plotly"
LICENSES = {
    "plotly.js-LICENSE.txt": SOURCE.parent / "LICENSE",
    "culori-LICENSE.txt": COLOURS.parent / "LICENSE",
}
# Chromium then compiles the script while it arrives, beside the page, instead of function by function while charts are drawn.
COMPILE_HINT = "//# allFunctionsCalledOnLoad\n"

ENTRY = "lib/index-basic.js"
NOTHING = "module.exports = () => {};"
# By Plotly's module, what stands in its place: what is never called, for our figures have none of it.
REPLACED = {
    ENTRY: (PARTS / "entry.js").read_text(encoding="utf-8"),
    "node_modules/culori/bundled/culori.cjs": "module.exports = colours;",
    "node_modules/maplibre-gl/dist/maplibre-gl.css": "",
    "src/components/legend/defaults.js": NOTHING,
    "src/components/legend/draw.js": NOTHING,
    "src/components/modebar/index.js": "exports.manage = () => {};",
    "src/components/selections/index.js": "exports.clearOutline = exports.prepSelect = exports.selectOnClick = () => {};",
    "src/components/shapes/display_outlines.js": NOTHING,
    "src/plots/command.js": "",
}
# At each drawing Plotly reads where the figure stands and how it is turned, for which the browser lays out the whole page once a figure. Pointers
# ask again by themselves, and nothing else asks where nothing is turned or dragged.
READS_PLACE = "fullLayout._calcInverseTransform = calcInverseTransform;\n        fullLayout._calcInverseTransform(gd);\n"
LATER = """fullLayout._calcInverseTransform = calcInverseTransform;
        fullLayout._invTransform = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
        fullLayout._invScaleX = fullLayout._invScaleY = 1;
        fullLayout._lastBBox = null;
"""
MODULE = re.compile(r'^  var (\w+) = __(?:commonJS|esm)\(\{\n    "([^"]+)"', re.MULTILINE)
MODULE_END = "\n  });\n"
CALL = re.compile(r"\b((?:require|init)_\w+)\(\)")
REQUIRED = re.compile(r'\brequire\("([^"]+)"\)')


def inputs():
    return [Path(__file__), Path(chart_needs.__file__), *sorted(PARTS.glob("*.js")), SOURCE, ESBUILD, COLOURS]


def digest():
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in inputs())).hexdigest()


def modules_of(source):
    """By the path of each module its variable, and where it begins and ends."""
    found = {}
    for match in MODULE.finditer(source):
        end = source.index(MODULE_END, match.start()) + len(MODULE_END)
        found[match[2]] = match[1], match.start(), end
    return found


def standing_in(path, modules):
    """What REPLACED has for the module, wrapped as the others are."""
    if unknown := {name for name in [path, *REQUIRED.findall(REPLACED[path])] if name not in modules}:
        raise SystemExit(
            f"plotly.js에 {', '.join(sorted(unknown))} 모듈이 없습니다. tools/chart_script.py를 고치십시오."
        )
    text = REQUIRED.sub(lambda match: f"{modules[match[1]][0]}()", REPLACED[path])
    return f'  var {modules[path][0]} = __commonJS({{ "{path}"(exports, module) {{\n{text}\n}} }});\n'


def cut(source):
    """The source without the modules that ENTRY does not come to; what stands between modules is kept."""
    modules = modules_of(source)
    texts = {path: source[begin:end] for path, (_, begin, end) in modules.items()}
    texts |= {path: standing_in(path, modules) for path in REPLACED}
    by_variable = {variable: path for path, (variable, _, _) in modules.items()}
    kept, waiting = set(), [ENTRY]
    while waiting:
        path = waiting.pop()
        kept.add(path)
        called = {by_variable[name] for name in CALL.findall(texts[path]) if name in by_variable}
        waiting += called - kept
    left = chart_needs.needed({path: texts[path] for path in modules if path in kept})
    pieces, reached = [], source.index("var Plotly = (")
    for path, (_, begin, end) in modules.items():
        pieces += [source[reached:begin], left.get(path, "")]
        reached = end
    variable = modules[ENTRY][0]
    return "".join([*pieces, f"  return {variable}();\n}})();\nwindow.Plotly = Plotly;\n"])


def minified(text):
    command = [
        PACKAGES / ".bin/esbuild",
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2020",
        "--log-level=error",
    ]
    done = subprocess.run(
        command, cwd=ROOT, input=text, stdout=subprocess.PIPE, text=True, check=True, encoding="utf-8"
    )
    return done.stdout


def without_reading_its_place(source):
    if source.count(READS_PLACE) != 1:
        raise SystemExit(
            "plotly.js의 plot_api.js가 달라졌습니다. tools/chart_script.py의 READS_PLACE를 고치십시오."
        )
    return source.replace(READS_PLACE, LATER)


def script():
    """The whole script, with Plotly's own head."""
    source = without_reading_its_place(SOURCE.read_text(encoding="utf-8"))
    head = source[: source.index("*/") + 2]
    imported = 'import * as colours from "./tools/plotly/colours.js";\n'
    return f"{COMPILE_HINT}{head}\n{minified(imported + cut(source))}"


def build(folder):
    """Writes the script and the licences of what is in it to `folder`, where they are not the same already."""
    stamp, now = folder / ".plotly", digest()
    if stamp.is_file() and stamp.read_text() == now:
        return
    (folder / "plotly.js").write_text(script(), encoding="utf-8")
    for name, path in LICENSES.items():
        shutil.copyfile(path, folder / name)
    stamp.write_text(now)

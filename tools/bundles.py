"""Makes static/bundles/: what every page of the site loads, as one file of a kind, so that a first visit asks for few.

The parts stay files of their own, in the order in which a page would load them.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
FIGURES = ("people", "rows", "mosaic", "marks", "files")
BUNDLES = {
    "site.css": ["vendor/tokens.css", "vendor/fonts.css", "css/app.css", "css/facts.css", "css/print.css"],
    "site.js": [f"js/{name}.js" for name in ("text-limits", "day-picker", "fact-sheet", "drafts", "session")],
    "figures.js": [*(f"js/figures-{name}.js" for name in FIGURES), "js/figures.js"],
}
ADDRESS = re.compile(r"""url\((["']?)(?!data:|["']|/|#)""")


def bundle(parts):
    """The text of the files one after the other; addresses in a style sheet are those of its own folder."""
    return "\n".join(
        ADDRESS.sub(rf"url(\g<1>../{Path(part).parent}/", (STATIC / part).read_text("utf-8"))
        if part.endswith(".css")
        else (STATIC / part).read_text("utf-8")
        for part in parts
    )


def main():
    folder = STATIC / "bundles"
    folder.mkdir(exist_ok=True)
    for name, parts in BUNDLES.items():
        text, path = bundle(parts), folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")

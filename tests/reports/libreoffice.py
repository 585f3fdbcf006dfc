"""LibreOffice, a reader of workbooks that is not ours: what it computes anew, and what its cells show."""

import csv
import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[2]
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
# Commas, quotes, UTF-8, text in quotes, cells as they are shown, every sheet into a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1"
CACHED = re.compile(r"(<c [^>]*>)(<f>[^<]*</f>)<v>[^<]*</v>")
LIMIT = 120  # seconds


def converted(contents, folder, target):
    """The folder of what LibreOffice makes of the workbooks (bytes by name); with a profile of its own, so that several may
    run at once, and at one start, which costs more than a workbook."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    paths = [folder / f"{name}.xlsx" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)
    program = (
        os.environ.get("SOFFICE")
        or subprocess.check_output([ROOT / "tools" / "libreoffice.sh"], text=True).strip()
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", target, "--outdir", folder / "made", *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)
    return folder / "made"


def with_wrong_values(content):
    """The workbook with a 7 in place of every value that it holds beside a formula: who shows the right one has computed it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as told, zipfile.ZipFile(out, "w") as made:
        for name in told.namelist():
            data = told.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = CACHED.sub(_with_seven, data.decode()).encode()
            made.writestr(name, data)
    return out.getvalue()


def _with_seven(cell):
    """A formula that gave text gives a number."""
    opening = cell[1].replace(' t="str"', "")
    return f"{opening}{cell[2]}<v>7</v>"


def recalculated(contents, folder):
    """By name, the values as openpyxl reads them when LibreOffice has computed every formula."""
    wrong = {name: with_wrong_values(content) for name, content in contents.items()}
    made = converted(wrong, folder, "xlsx")
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in contents}


def shown(content, folder):
    """For each sheet the rows of its cells' texts."""
    made = converted({"book": content}, folder, CSV)
    paths = {path.stem.removeprefix("book-"): path for path in made.glob("*.csv")}
    return {
        name: list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")))) for name, path in paths.items()
    }

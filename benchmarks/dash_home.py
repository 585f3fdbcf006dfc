"""The home page as somebody would build it in Dash: its three charts, its tables and its texts, served the way ours is.

The content is what our own page shows, kept in a small SQLite file. Each view reads it by pandas, has plotly build and validate the
charts, and lays the page out: no more than that, so Dash has no accounts, no as-of date and no checks to pay for.
"""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import demo
import peer

DATABASE = "DASH_DATABASE"
PACKAGES = demo.ROOT / "var" / "dash"  # `make benchmark` installs them
# What a browser asks for before it can show a view.
ADDRESSES = ["/", "/_dash-layout", "/_dash-dependencies"]


def write_content(path, html, specs):
    """The texts and tables of our page's `html`, and `specs`, its charts (dicts of data and layout), into the SQLite file `path`."""
    from lxml.html import fromstring

    main = fromstring(html).find(".//main")
    tables = [
        (number, row, column, " ".join(cell.text_content().split()), cell.tag)
        for number, table in enumerate(main.iter("table"))
        for row, line in enumerate(table.iter("tr"))
        for column, cell in enumerate(line.iter("td", "th"))
    ]
    texts = [
        (element.tag, " ".join(element.text_content().split()))
        for element in main.iter("h1", "h2", "h3", "p", "li", "dt", "dd")
        if not any(parent.tag in {"table", "li"} for parent in element.iterancestors())
    ]
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE cells (number, line, place, text, tag);"
            "CREATE TABLE texts (tag, text); CREATE TABLE charts (spec);"
        )
        database.executemany("INSERT INTO cells VALUES (?, ?, ?, ?, ?)", tables)
        database.executemany("INSERT INTO texts VALUES (?, ?)", texts)
        database.executemany("INSERT INTO charts VALUES (?)", [(json.dumps(spec),) for spec in specs])


def application(path):
    """The WSGI application."""
    import pandas as pd
    import plotly.graph_objects as go
    from dash import Dash, dcc, html

    tags = {"h1": html.H1, "h2": html.H2, "h3": html.H3, "li": html.Li, "dt": html.Dt, "dd": html.Dd}
    cells = {"td": html.Td, "th": html.Th}

    def layout():
        with sqlite3.connect(path) as database:
            texts = pd.read_sql("SELECT * FROM texts", database)
            rows = pd.read_sql("SELECT * FROM cells ORDER BY number, line, place", database)
            charts = pd.read_sql("SELECT * FROM charts", database)
        figures = [go.Figure(json.loads(spec)) for spec in charts["spec"]]
        return html.Main(
            [
                *(tags.get(tag, html.P)(text) for tag, text in zip(texts["tag"], texts["text"], strict=True)),
                *(
                    dcc.Graph(figure=figure, className="plot", config={"displayModeBar": False})
                    for figure in figures
                ),
                *(
                    html.Table(
                        [
                            html.Tr(
                                [
                                    cells[tag](text)
                                    for tag, text in zip(line["tag"], line["text"], strict=True)
                                ]
                            )
                            for _, line in table.groupby("line")
                        ]
                    )
                    for _, table in rows.groupby("number")
                ),
            ]
        )

    dash = Dash(__name__, title="dash", update_title="")
    dash.layout = layout
    return dash.server


@contextmanager
def running(path):
    """Serves the content of the file `path` for the length of a `with` block; gives the address and the server's process id."""
    if not PACKAGES.exists():
        raise SystemExit("Dash가 없습니다. 먼저 `make var/dash/.installed`를 하십시오.")
    port = demo.spare_port()
    environment = os.environ | {
        DATABASE: str(path),
        "PYTHONPATH": os.pathsep.join([str(PACKAGES), *sys.path]),
    }
    command = [sys.executable, "-m", "gunicorn", *peer.LIKE_OURS]
    command += ["--bind", f"127.0.0.1:{port}", "benchmarks.dash_home:server"]
    with Path(f"{path}.log").open("w") as log:
        server = subprocess.Popen(command, cwd=demo.ROOT, env=environment, stdout=log, stderr=log)
        try:
            demo.wait_until_up(port, server)
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(timeout=demo.STARTUP_LIMIT)


if DATABASE in os.environ:
    server = application(os.environ[DATABASE])

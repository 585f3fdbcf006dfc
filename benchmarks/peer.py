"""The measure beside the home page: the very same charts in the simplest page with the full plotly bundle, served the same way."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import demo
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

FOLDER = "PEER_FOLDER"
PAGE = """<!doctype html>
<html lang="ko"><meta charset="utf-8"><title>peer</title>
<div id="charts"></div>
<script src="plotly.min.js"></script>
<script>
for (const { data, layout } of %s) {
  const plot = document.getElementById("charts").appendChild(document.createElement("div"));
  plot.className = "plot";
  Plotly.newPlot(plot, data, layout, { displayModeBar: false });
}
</script>
</html>
"""


def full_bundle():
    """plotly.min.js of the pypi package, found without importing it."""
    return Path(importlib.util.find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"


def write_site(folder, specs):
    """The page that draws `specs` and the bundle in `folder`, each also as brotli and gzip."""
    page = folder / "index.html"
    page.write_text(PAGE % json.dumps(specs, ensure_ascii=False).replace("</", "<\\/"))
    (folder / "plotly.min.js").write_bytes(full_bundle().read_bytes())
    compressor = Compressor(quiet=True)
    for path in [page, folder / "plotly.min.js"]:
        list(compressor.compress(str(path)))


def not_found(environ, start_response):
    start_response("404 Not Found", [])
    return []


def application(environ, start_response):
    """WSGI: the files of the folder that PEER_FOLDER names."""
    return SITE(environ, start_response)


# As gunicorn.conf.py has it, without what that does for Django.
LIKE_OURS = (
    "--config",
    os.devnull,
    "--worker-class",
    "gthread",
    "--workers",
    "2",
    "--threads",
    "4",
    "--log-level",
    "warning",
)


@contextmanager
def running(specs):
    """Serves the page that draws `specs` (dicts of data and layout) for the length of a `with` block and gives its address."""
    port = demo.spare_port()
    with tempfile.TemporaryDirectory() as folder:
        write_site(Path(folder), specs)
        environment = os.environ | {FOLDER: folder, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            *LIKE_OURS,
            "--bind",
            f"127.0.0.1:{port}",
            "peer:application",
        ]
        server = subprocess.Popen(command, cwd=demo.ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            demo.wait_until_up(port, server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=demo.STARTUP_LIMIT)


if FOLDER in os.environ:
    SITE = WhiteNoise(not_found, root=os.environ[FOLDER], index_file=True)

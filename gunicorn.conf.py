"""The production server. Threads, because the sync worker drops requests in flight at SIGTERM."""

import gc
import os
import shutil
from pathlib import Path

from seoul_digital.owned_folders import OwnedFolder, clear_left

FOLDER = "report-pages-"  # and the process that made it
COUNTED = "report-metrics-"  # the same
COUNTED_IN = "PROMETHEUS_MULTIPROC_DIR"
if os.environ.get("METRICS_FROM") and f"{COUNTED}{os.getpid()}-" not in os.environ.get(COUNTED_IN, ""):
    os.environ[COUNTED_IN] = OwnedFolder(f"{COUNTED}{os.getpid()}-").path

from seoul_digital.gates import THREADS  # noqa: E402 (what is counted is told where when it is loaded)
from seoul_digital.lib.gate import give_back_memory, share_fairly  # noqa: E402

port = os.environ.get("PORT") or "8000"
wsgi_app = "seoul_digital.wsgi"
preload_app = True  # once for all workers, who share its memory; new code comes in by a restart or SIGUSR2
bind = os.environ.get("BIND") or f"127.0.0.1:{port}"
worker_class = "seoul_digital.server.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = THREADS
sendfile = False  # an answer waits in the main loop for a slow client, not in a thread
loglevel = "warning"
logger_class = "seoul_digital.server.logger.LineLogger"


def on_starting(server):
    """What its workers remember, as long as it runs; a folder that an older server made goes with that one, or
    now where it was killed."""
    for prefix in (FOLDER, COUNTED):
        clear_left(prefix)
    given = Path(os.environ.get("SHARED_PAGES", "")).name
    if workers > 1 and (not given or given.startswith(FOLDER)):
        os.environ["SHARED_PAGES"] = OwnedFolder(f"{FOLDER}{os.getpid()}-").path


def on_exit(server):
    for name, begins in (("SHARED_PAGES", FOLDER), (COUNTED_IN, COUNTED)):
        folder = Path(os.environ.get(name, ""))
        if folder.name.startswith(f"{begins}{os.getpid()}-"):
            shutil.rmtree(folder, ignore_errors=True)


def child_exit(server, worker):
    """Whoever has ended waits for nothing any more."""
    if COUNTED_IN in os.environ:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def when_ready(server):
    """Before the first worker is made; what they share is left alone by the collector of garbage, which would write on it."""
    from core.remembered.first_views import look_at_pages
    from dashboard.search_results import read_texts
    from seoul_digital.preload import tell_of_database, warm

    warm()
    tell_of_database()
    read_texts()
    look_at_pages()
    give_back_memory()
    gc.freeze()
    print(f"\n업무보고 현황판이 http://{bind} 에서 열렸습니다. (끝내기: Ctrl+C)\n", flush=True)


def post_worker_init(worker):
    share_fairly()

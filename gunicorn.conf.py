"""The production server. Threads, because the sync worker drops requests in flight at SIGTERM."""

import os
import shutil
import tempfile

from seoul_digital.gates import THREADS
from seoul_digital.lib.gate import share_fairly

port = os.environ.get("PORT") or "8000"
wsgi_app = "seoul_digital.wsgi"
bind = os.environ.get("BIND") or f"127.0.0.1:{port}"
worker_class = "seoul_digital.server.worker.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = THREADS
sendfile = False  # an answer waits in the main loop for a slow client, not in a thread
loglevel = "warning"
logger_class = "seoul_digital.server.logger.LineLogger"


if workers > 1 and "SHARED_PAGES" not in os.environ:  # at SIGHUP it is there
    os.environ.update(
        SHARED_PAGES=tempfile.mkdtemp(prefix="pages-")
    )  # what its workers remember, as long as it runs


def on_exit(server):
    shutil.rmtree(os.environ.pop("SHARED_PAGES", ""), ignore_errors=True)


def when_ready(server):
    print(f"\n업무보고 현황판이 http://{bind} 에서 열렸습니다. (끝내기: Ctrl+C)\n", flush=True)


def post_worker_init(worker):
    """In the worker, not by preload_app: SIGHUP then still brings in new code."""
    from seoul_digital.preload import tell_of_database, warm

    warm()
    tell_of_database()
    share_fairly()

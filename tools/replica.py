"""A streaming replica of the PostgreSQL that DATABASE_URL names (tools/postgresql.sh), for tests and benchmarks: started, killed, frozen."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from demo import spare_port

OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c hot_standby=on"


class Replica:
    """`url` names the database of `DATABASE_URL` on the replica."""

    def __init__(self, folder, primary):
        self.folder, self.port = Path(folder), spare_port()
        parts = urlsplit(primary)
        self.url = parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{self.port}").geturl()
        self._run("pg_basebackup", "--dbname", primary, "--pgdata", self.data, "--write-recovery-conf",
                  "--wal-method=stream", "--checkpoint=fast", "--no-sync")  # fmt: skip
        self.start()

    @property
    def data(self):
        return str(self.folder / "data")

    def start(self):
        options = f"-p {self.port} {OPTIONS}"
        self._run("pg_ctl", "start", "--pgdata", self.data, "--log", f"{self.folder}/log", "--wait", "--silent", "--options", options)  # fmt: skip

    def kill(self):
        """As a machine that is gone."""
        self._run("pg_ctl", "stop", "--pgdata", self.data, "--mode=immediate", "--silent")

    def freeze(self):
        """It takes connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for process in [server, *map(int, children)]:
            os.kill(process, number)

    def _run(self, program, *arguments):
        """PostgreSQL refuses to run as root."""
        command = [str(binaries() / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", owner(), "--", *command]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr.decode())


def binaries():
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).resolve().parent


def owner():
    return "postgres" if "postgres" in {user.pw_name for user in pwd.getpwall()} else "nobody"


@contextmanager
def replicated(primary):
    """The Replica, for the length of a `with` block."""
    with tempfile.TemporaryDirectory() as folder:
        if os.getuid() == 0:
            shutil.chown(folder, owner())
        replica = Replica(folder, primary)
        try:
            yield replica
        finally:
            with suppress(RuntimeError, OSError):  # where it is gone already
                replica.thaw()
                replica.kill()

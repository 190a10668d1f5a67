"""What `make cluster` runs against: a PostgreSQL server of its own, and Spark with two workers."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASTER = "local-cluster[2,1,1024]"  # two workers of one core and 1 GB: processes of their own, as on a cluster
POSTGRESQL_IS_NEEDED = "PostgreSQL is needed: apt-get install postgresql"
JAVA_IS_NEEDED = "Java 17 or newer is needed: apt-get install default-jre-headless"


@contextmanager
def postgresql(**settings: object) -> Iterator[str]:
    """Yield the address of a new server on a socket that nobody else sees; it is gone at the end."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="qacli-pg-"))
    # the server does not run as root; whoever builds in a container often is
    user = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    shutil.chown(folder, user)
    data = folder / "data"
    options = {"listen_addresses": "''", "unix_socket_directories": folder, "fsync": "off", **settings}

    def call(program: str, *words: object) -> None:
        command = [str(word) for word in (programs / program, "-D", data, *words)]
        done = subprocess.run(command, user=user, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr or done.stdout

    try:
        call("initdb", "-U", "qacli", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        call(
            "pg_ctl",
            "-w",
            "-l",
            folder / "log",
            "-o",
            " ".join(f"-c {name}={value}" for name, value in options.items()),
            "start",
        )
        try:
            yield f"host={folder} user=qacli dbname=postgres"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of initdb and pg_ctl: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    assert shutil.which("initdb"), POSTGRESQL_IS_NEEDED
    return Path(str(shutil.which("initdb"))).resolve().parent


# Short questions: what is compiled well is hardly used again, and nothing needs 200 parts.
QUICK = "-XX:TieredStopAtLevel=1"
OPTIONS = f"--driver-java-options {QUICK} --conf spark.executor.extraJavaOptions={QUICK} --conf spark.sql.shuffle.partitions=4"


@contextmanager
def spark(work: Path) -> Iterator[None]:
    """Keep one session on two workers, in which qacli opens its own; starting one takes as long as ten draws."""
    from qacli.engine.spark import connect_spark

    assert shutil.which("java") or "JAVA_HOME" in os.environ, JAVA_IS_NEEDED
    os.environ["SPARK_WORKER_DIR"] = str(work)  # else they leave their logs in the installed package
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{OPTIONS} pyspark-shell"
    with connect_spark(MASTER, "SELECT 1 AS one"):
        yield

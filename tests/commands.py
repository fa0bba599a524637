"""Homeward commands, each a process of its own that need not load every module first.

One process loads what all commands need: no settings and nothing of a record. For each command it forks, and the child
runs the command line as the installed program does. That program itself is started in tests/e2e.
"""

import atexit
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn

from homeward.cli import main

ROOT = Path(__file__).parents[1]
LIMIT_S = 180
LOADED = (
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.serialization",
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.core.serializers.json",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.db.models",
    "django.forms",
    "django.template.engine",
    "django.urls",
    "psycopg",
    "pydantic",
)


def run_command(*arguments: object, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``homeward`` with arguments in an environment; its code and what it printed."""
    server = _server()
    with tempfile.NamedTemporaryFile("r") as output, tempfile.NamedTemporaryFile("r") as errors:
        asked = {
            "arguments": [str(argument) for argument in arguments],
            "environment": dict(environment),
            "files": [output.name, errors.name],
        }
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(asked["arguments"], code, output.read(), errors.read())


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.commands"], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(server.communicate)
    return server


def serve() -> None:
    """Run the commands asked for on stdin, one after the other, and print the code of each."""
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    while line := sys.stdin.readline():
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            become(**asked)
            run_and_end()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def become(arguments: list[str], environment: dict[str, str], files: list[str]) -> None:
    """Take on the arguments, environment and files of a command."""
    for number, (name, mode) in enumerate(
        zip([os.devnull, *files], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        opened = os.open(name, mode)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["homeward", *arguments]
    signal.alarm(LIMIT_S)


def run_and_end() -> NoReturn:
    """Run the command and end at once: to free every module in turn takes as long as a short command."""
    code: object = 1
    try:
        main.run()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    serve()

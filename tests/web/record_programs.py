"""Programs that work on one record, each a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.commands import run_command

ROOT = Path(__file__).parents[2]

Program = subprocess.Popen[str]


class ProgramRecord:
    """A record that several programs can open: in a file, or in a test's database on the server."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.environment = {**os.environ, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": database}

    def start(self, *command: object) -> Program:
        arguments = [str(argument) for argument in command]
        return subprocess.Popen(
            arguments, env=self.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def start_writer(self, name: str, *arguments: object) -> Program:
        return self.start(sys.executable, "-m", "tests.web.writer", name, *arguments)

    def homeward(self, *arguments: object, code: int = 0) -> str:
        """What a command prints: on stdout, or if it refuses on stderr."""
        done = run_command(*arguments, environment=self.environment)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout or done.stderr

    def attack(self, *statements: str) -> None:
        finished(self.start(sys.executable, "-m", "tests.web.attacker", *statements))

    def verified(self) -> dict[str, Any]:
        """What homeward verify says, which fails the test if anything was found."""
        return json.loads(self.homeward("verify", "--json"))


def finished(program: Program, code: int = 0) -> str:
    """What a program printed, once it has ended with a code."""
    output, errors = program.communicate(timeout=120)
    assert program.returncode == code, output + errors
    return output or errors

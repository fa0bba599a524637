"""Two people who receive the same things at once, and a receipt that is killed half way."""

import sys

from tests.examples import only_thorough
from tests.web.record_programs import finished

PROGRAM = (sys.executable, "-m", "tests.web.custody_program")


@only_thorough
def test_things_are_received_once_even_if_two_receive_at_once_and_one_was_killed_before(program_record):
    finished(program_record.start(*PROGRAM, "prepare"))
    with program_record.start(*PROGRAM, "stop", "second") as killed:
        assert killed.stdout.readline() == "The row is written, its line is not.\n"
        killed.kill()
    assert program_record.verified()["holds"], "a receipt half done would contradict its things"
    receivers = [program_record.start(*PROGRAM, "receive", name) for name in ("second", "third")]
    said = sorted(finished(receiver) for receiver in receivers)
    assert said[0] == "received"
    assert said[1].startswith("refused: This was received on 1 September 2018 by")
    assert program_record.verified()["holds"]

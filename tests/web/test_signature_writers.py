"""Two examiners who sign the same case at once, and a signature that is killed half way."""

import sys

from tests.examples import only_thorough
from tests.web.record_programs import finished

PROGRAM = (sys.executable, "-m", "tests.web.signing_program")


@only_thorough
def test_a_case_is_signed_once_even_if_two_sign_at_once_and_one_was_killed_before(program_record):
    finished(program_record.start(*PROGRAM, "prepare"))
    with program_record.start(*PROGRAM, "stop", "examiner") as killed:
        assert killed.stdout.readline() == "The row is written, its line is not.\n"
        killed.kill()
    assert program_record.verified()["holds"], "a signature half done would leave the two books unequal"
    signers = [program_record.start(*PROGRAM, "sign", name) for name in ("examiner", "other-examiner")]
    said = sorted(finished(signer) for signer in signers)
    assert said[0].startswith("refused: This identification stands as 'signed, family not yet told'")
    assert said[1] == "signed"
    assert program_record.verified()["holds"]

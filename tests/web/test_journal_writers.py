"""Several programs that write in one record at once, and one that is killed while it writes."""

from tests.web.record_programs import finished

N_WRITERS, N_ROWS = 4, 15


def test_programs_that_write_at_once_do_not_fork_the_chain(program_record):
    before = program_record.verified()["lines"]
    writers = [program_record.start_writer(f"writer-{number}", N_ROWS) for number in range(N_WRITERS)]
    for writer in writers:
        finished(writer)
    verified = program_record.verified()
    assert (verified["lines"] - before, verified["rows"]) == (N_WRITERS * N_ROWS, N_WRITERS * N_ROWS)


def test_a_program_killed_in_the_middle_of_an_action_leaves_nothing_and_keeps_nobody_waiting(program_record):
    before = program_record.verified()
    with program_record.start_writer("killed", 1, "stop") as killed:
        assert killed.stdout.readline() == "The row is written, its line is not.\n"
        killed.kill()
    assert program_record.verified() == before
    finished(program_record.start_writer("next", 2))
    assert program_record.verified()["rows"] == 2


def test_the_record_can_be_verified_while_others_write(program_record):
    writer = program_record.start_writer("writer", 3 * N_ROWS)
    while writer.poll() is None:
        assert program_record.verified()["holds"]
    finished(writer)

from threading import Barrier, Thread

import pytest

from homeward.core.kept import Kept


def test_a_result_is_worked_out_once_and_all_are_let_go_when_there_are_too_many():
    kept: Kept[int] = Kept(2)
    assert [kept.get(key, lambda key=key: key * 10) for key in (1, 2)] == [10, 20]
    assert kept.get(1, lambda: 99) == 10
    assert kept.get(3, lambda: 30) == 30
    assert kept.get(1, lambda: 11) == 11


def test_of_threads_that_ask_at_once_one_works_it_out():
    kept: Kept[str] = Kept(5)
    asked, worked, found = Barrier(4), [], []

    def work_out() -> str:
        worked.append(1)
        return kept.get("part", lambda: "part") + " and whole"

    def ask() -> None:
        asked.wait()
        found.append(kept.get("whole", work_out))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, worked) == (["part and whole"] * 4, [1])


def test_what_failed_is_tried_again():
    kept: Kept[int] = Kept(5)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 // 0)
    assert kept.get("key", lambda: 7) == 7

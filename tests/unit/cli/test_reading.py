"""The command that reads a page: what it prints, its JSON, and what it refuses."""

import json

from tests.unit.cli.documentation import documented
from tests.unit.reading.made_files import STORY, made_page


def test_the_result_is_one_json_object_with_the_documented_keys(homeward, tmp_path):
    (tmp_path / "page.html").write_bytes(made_page(*STORY))
    done = homeward("read", str(tmp_path / "page.html"), "--published", "2018-07-13", "--json")
    assert done.code == 0
    result = json.loads(done.out)
    assert set(result) == documented("## `homeward read`")
    assert result["document"]["published"]["basis"] == "given"
    assert [quantity["low"] for quantity in result["quantities"]] == [55]


def test_the_digest_names_title_date_events_and_speakers(homeward, tmp_path):
    (tmp_path / "page.html").write_bytes(made_page(*STORY))
    done = homeward("read", str(tmp_path / "page.html"), "--published", "2018-07-13")
    assert done.code == 0
    for words in ("Nobody came to the bridge", "13 July 2018", "a spokesman", "55 boxes"):
        assert words in done.out


def test_words_of_a_page_are_never_taken_for_markup(homeward, tmp_path):
    (tmp_path / "page.txt").write_text("The officer said [bold] that [link=x] 55 boxes [/link] had come to them.")
    done = homeward("read", str(tmp_path / "page.txt"))
    assert done.code == 0
    assert "[link=x] 55 boxes" in " ".join(done.out.split())


def test_what_cannot_be_read_ends_with_2_and_a_remedy(homeward, tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    for arguments in (
        (str(tmp_path / "empty.html"),),
        (str(tmp_path / "none.html"),),
        (str(tmp_path),),
        (str(tmp_path / "empty.html"), "--published", "last week"),
    ):
        done = homeward("read", *arguments)
        assert done.code == 2
        assert "Remedy" in done.err
        assert done.out == ""

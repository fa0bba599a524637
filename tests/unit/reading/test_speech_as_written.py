"""Speech as British papers and agencies print it: in single marks, with who spoke in the middle, after a fronted phrase."""

import pytest

from homeward.reading.languages.en.quotations import quotations
from tests.unit.reading.readings import read_text


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("'We are ready,' he said. 'It is up to them.'", ["We are ready,", "It is up to them."]),
        ("‘We got them back,’ Roe told the crowd.", ["We got them back,"]),
        ("'The soldiers' remains must come home,' he said.", ["The soldiers' remains must come home,"]),
        ("He spoke of 'using the dead' for politics, and of the families' grief.", ["using the dead"]),
        ("The sides' secretaries met. The men's names and the '50s were not the officers' concern.", []),
        ("“They wrote ‘unknown’ on it,” she said.", ["They wrote ‘unknown’ on it,"]),
    ],
)
def test_single_marks_hold_speech_and_apostrophes_do_not(text, inside):
    assert [text[slice(*one.inside)] for one in quotations(text)] == inside


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("'At this stage we are ready to hand over the rest,' the ministry claimed.", "the ministry", "At this stage we are ready to hand over the rest"),
        ("Many of the boxes, Dr. Paula Roe told the hearing, were found to be empty.", "Dr. Paula Roe", "Many of the boxes, Dr. Paula Roe told the hearing, were found to be empty"),
        ("The sea, says Anders Holm, who led the dive, keeps whatever it has taken.", "Anders Holm", "The sea, says Anders Holm, who led the dive, keeps whatever it has taken"),
        ("Citing an official in Washington, the ministry said North Korea had agreed to a date.", "the ministry", "North Korea had agreed to a date"),
        ("By the Pentagon's count, nearly 7,700 servicemen have not been accounted for.", "the Pentagon", "nearly 7,700 servicemen have not been accounted for"),
        ("The minister blamed the weather for the delay of the second exchange.", "The minister", "the weather for the delay of the second exchange"),
        ("According to a report of the ministry, a planned meeting, set for Thursday, has been put off.", "a report of the ministry", "a planned meeting, set for Thursday, has been put off"),
    ],
)  # fmt: skip
def test_who_said_what_is_found_wherever_the_speaker_stands(text, speaker, said):
    found = [(one["speaker"], one["content"].rstrip(".,")) for one in read_text(text)["statements"]]
    assert (speaker, said) in found


def test_one_who_speaks_once_in_a_transcript_is_heard():
    text = (
        "Media roundtable\n\nPRESENTER: The ferry went down in a gale. Seventeen were never found.\n\n"
        "KNUDSEN: I thought of seals. Then I saw the shoe.\n\nREPORTER: She rang the police that evening.\n\n"
        "LUND: We took samples from relatives in two countries.\n\nDAHL: He has a grave. Leave him."
    )
    assert {one["speaker"] for one in read_text(text)["statements"]} == {"PRESENTER", "KNUDSEN", "LUND", "DAHL"}

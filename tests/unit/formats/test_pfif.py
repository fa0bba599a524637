"""PFIF 1.4: every field and every unknown element kept, expired records shrunk, and every problem told at its line."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.formats.pfif import NOTE_FIELDS, PERSON_FIELDS, PfifFile, PfifRecord, parse_pfif
from homeward.formats.pfif_writer import pfif_text

NOW = datetime(2018, 8, 1, tzinfo=UTC)
PERSON = """<pfif:person>
<pfif:person_record_id>example.org/p-1</pfif:person_record_id>
<pfif:source_date>2010-01-16T02:07:57Z</pfif:source_date>
<pfif:full_name>Adam &amp; Example</pfif:full_name>
"""
NOTE = """<pfif:note>
<pfif:note_record_id>example.org/n-1</pfif:note_record_id>
<pfif:author_name>A. Author</pfif:author_name>
<pfif:source_date>2010-01-17T00:00:00Z</pfif:source_date>
<pfif:text>Seen at the
bridge.</pfif:text>
"""
VALUES = {
    "person_record_id": "example.org/p-1",
    "linked_person_record_id": "other.example/2",
    "note_record_id": "example.org/n-1",
    "entry_date": "2010-01-16T02:07:57Z",
    "expiry_date": "2030-01-16T02:07:57Z",
    "source_date": "2010-01-16T02:07:57.5Z",
    "sex": "other",
    "date_of_birth": "1931-02",
    "age": "30-40",
    "status": "believed_alive",
    "author_made_contact": "true",
    "source_url": "https://example.org/",
    "photo_url": "http://example.org/p.jpg",
}


def document(inside, version="1.4"):
    return (
        f'<?xml version="1.0"?>\n<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/{version}">\n{inside}</pfif:pfif>'.encode()
    )


def problems(content):
    with pytest.raises(InputError) as refused:
        parse_pfif(content, "file.xml")
    return [(problem.where, problem.what) for problem in refused.value.problems]


def plain(file):
    """Everything that a file says, without the lines."""

    def others(nodes):
        return [(n.namespace, n.name, n.attributes, n.text, others(n.children)) for n in nodes]

    return [(record.kind, dict(record.fields), others(record.others)) for record in (*file.people, *file.notes)]


def test_every_field_and_every_unknown_element_comes_back_as_it_was():
    unknown = '<x:blood xmlns:x="urn:x" x:kind="a">A<x:rh>+</x:rh></x:blood><pfif:new_field>kept</pfif:new_field>'
    person = PfifRecord("person", {name: VALUES.get(name, f"{name} <&> é") for name in PERSON_FIELDS})
    note = PfifRecord("note", {name: VALUES.get(name, f"{name}\n가") for name in NOTE_FIELDS})
    file = PfifFile((person,), (note,))
    assert plain(parse_pfif(pfif_text(file, now=NOW).encode(), "f")) == plain(file)
    read = parse_pfif(document(f"{PERSON}{unknown}{NOTE}</pfif:note></pfif:person>"), "f")
    assert len(read.people[0].others) == 2
    assert read.notes[0].fields["person_record_id"] == "example.org/p-1"
    assert plain(parse_pfif(pfif_text(read, now=NOW).encode(), "f")) == plain(read)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip() == text))
def test_any_text_comes_back_as_it_was(text):
    person = PfifRecord("person", {**{n: VALUES[n] for n in ("person_record_id", "source_date")}, "full_name": text})
    written = pfif_text(PfifFile((person,), ()), now=NOW).encode()
    assert parse_pfif(written, "f").people[0].fields["full_name"] == text.replace("\uffff", "\ufffd").replace(
        "\ufffe", "\ufffd"
    )


def test_records_are_found_in_a_feed_and_notes_on_people_elsewhere_stand_alone():
    note = NOTE + "<pfif:person_record_id>other.example/9</pfif:person_record_id></pfif:note>"
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:pfif="http://zesty.ca/pfif/1.4"><title>x</title>'
        f"<entry>{PERSON}</pfif:person></entry><entry>{note}</entry></feed>"
    )
    file = parse_pfif(feed.encode(), "f")
    assert [one.id for one in (*file.people, *file.notes)] == ["example.org/p-1", "example.org/n-1"]
    assert plain(parse_pfif(pfif_text(file, now=NOW).encode(), "f")) == plain(file)


def test_an_expired_record_shrinks_to_its_ids_and_dates_and_loses_its_notes():
    expiry = "<pfif:expiry_date>2018-07-31T00:00:00Z</pfif:expiry_date><pfif:home_city>Springfield</pfif:home_city>"
    file = parse_pfif(document(f"{PERSON}{expiry}{NOTE}</pfif:note></pfif:person>"), "f")
    written = parse_pfif(pfif_text(file, now=NOW).encode(), "f")
    assert set(written.people[0].fields) == {"person_record_id", "source_date", "expiry_date"}
    assert written.people[0].is_placeholder
    assert not written.notes
    still = parse_pfif(pfif_text(file, now=datetime(2018, 7, 30, tzinfo=UTC)).encode(), "f")
    assert plain(still) == plain(file)


def test_every_problem_of_a_file_is_told_at_its_line():
    bad = """<pfif:person>
<pfif:person_record_id>no-domain</pfif:person_record_id>
<pfif:source_date>2010-02-30T00:00:00Z</pfif:source_date>
<pfif:sex>m</pfif:sex>
<pfif:sex>male</pfif:sex>
<pfif:photo_url>javascript:alert(1)</pfif:photo_url>
</pfif:person>
"""
    assert problems(document(bad + NOTE + "</pfif:note>")) == [
        ("file.xml line 4, person_record_id", "'no-domain' is not possible here."),
        ("file.xml line 5, source_date", "There is no such moment as 2010-02-30T00:00:00Z."),
        ("file.xml line 6, sex", "'m' is not possible here."),
        ("file.xml line 7, sex", "The person has this field twice."),
        ("file.xml line 8, photo_url", "'javascript:alert(1)' is not possible here."),
        ("file.xml line 3", "The person has no full_name."),
        ("file.xml line 10, note example.org/n-1", "The note does not say about whom it is."),
    ]
    twice = PERSON + "</pfif:person>"
    assert "on line 3 too" in problems(document(twice + twice))[0][1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<pfif", "no well-formed XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "document type or entities"),
        (b"<x>" * 60 + b"</x>" * 60, "more than 50 deep"),
        (b"<x/>", "no person and no note"),
        (document("<pfif:person></pfif:person>", "1.3"), "PFIF 1.3"),
    ],
)
def test_what_is_no_pfif_or_not_safe_is_refused(content, words):
    assert words in problems(content)[0][1]

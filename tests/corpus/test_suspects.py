"""Each check finds its one bad place and leaves the same document alone when it is right."""

from __future__ import annotations

import pytest

from warta.corpus.suspects import CHECKS, Review, read_reviews, suspects, write_reviews
from warta.document import Argument, Document, Event, Mention, Quote, Span
from warta.files import FileFault

TEXT = 'Camat Rina Sutami tiba. Rina Sutami berkata "jalan itu licin" lalu rapat. Rina berkata jalan licin.'


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def mention(words, nth=0, kind="PER", entity="e1", form=None, name="m"):
    return Mention(**at(words, nth), type=kind, entity=entity, form=form, id=f"{name}{nth}")


def document(number=0, **change):
    base = {
        "mentions": [
            mention("Rina Sutami"), mention("Rina Sutami", 1), Mention(**at("Rina", 2), type="PER", entity="e1", id="r"),
        ],
        "quotes": [
            Quote(content=[Span(**at('"jalan itu licin"'))], cue=[Span(**at("berkata"))], source="m1"),
            Quote(content=[Span(**at("jalan licin"))], cue=[Span(**at("berkata", 1))], source="r"),
        ],
        "events": [
            Event(**at("rapat"), type="contact.meet", realis="actual", arguments=[Argument(role="participant", mention="m1")]),
        ],
    }  # fmt: skip
    return Document(id=f"d{number}", text=TEXT, **{**base, **change})


def checks(*documents):
    return {suspect.check for suspect in suspects(documents)}


RIGHT = [document(number) for number in range(6)]
BAD = {
    "two-labels-here": {"mentions": [*document().mentions[:1], mention("Rina Sutami", 1, "ORG"), *document().mentions[2:]]},
    "two-labels-elsewhere": {"mentions": [mention("Rina Sutami", n, "ORG") for n in (0, 1)] + document().mentions[2:]},
    "name-unmarked": {"mentions": document().mentions[1:]},
    "cue-unmarked": {"quotes": document().quotes[:1]},
    "marks-unmarked": {"quotes": document().quotes[1:], "mentions": document().mentions},
    "trigger-unmarked": {"events": []},
    "argument-missing": {"events": [Event(**at("rapat"), type="contact.meet", realis="actual")]},
    "entities-apart": {"mentions": [*document().mentions[:2], Mention(**at("Rina", 2), type="PER", entity="e2", id="r")]},
}  # fmt: skip


def test_what_is_right_is_not_suspect():
    assert not checks(*RIGHT)


def test_every_check_is_tried():
    assert set(BAD) == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_finds_what_it_is_for(check):
    bad = document(9, **BAD[check])
    found = suspects([*RIGHT, bad])
    assert check in {suspect.check for suspect in found if suspect.document == "d9"}


def test_documents_without_text_have_no_suspects():
    bare = Document(id="x", mentions=document().mentions[:1])
    assert not suspects([bare])


def test_reviews_are_kept_in_order_the_last_one_only(tmp_path):
    path = tmp_path / "reviewed.tsv"
    write_reviews(path, [
        Review("marks-unmarked", "d2", 4, 9, "right", "a title"), Review("marks-unmarked", "d1", 0, 3, "right", "irony"),
        Review("marks-unmarked", "d1", 0, 3, "fixed", "K4"),
    ])  # fmt: skip
    assert [review[1:] for review in read_reviews(path)] == [
        ("d1", 0, 3, "fixed", "K4"),
        ("d2", 4, 9, "right", "a title"),
    ]


@pytest.mark.parametrize(
    "line",
    ["a\tb", "marks-unmarked\td\t1\tx\tright\twhy", "marks-unmarked\td\t1\t2\tmaybe\twhy", "no\td\t1\t2\tright\twhy"],
)
def test_a_line_that_is_no_review_is_told(tmp_path, line):
    path = tmp_path / "reviewed.tsv"
    path.write_text(f"header\n{line}\n", encoding="utf-8")
    with pytest.raises(FileFault, match=r"reviewed\.tsv:2"):
        read_reviews(path)

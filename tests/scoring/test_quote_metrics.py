"""Quote metrics: worked cases."""

from __future__ import annotations

import pytest
from scoring_documents import mention, quote

from warta.document import Document
from warta.scoring import DanglingReferenceError, score

MENTIONS = [
    mention(60, 64, "PER", "a", "name", "m1"),
    mention(70, 73, "PER", "a", "pronoun", "m2"),
    mention(80, 84, "ORG", "b", "name", "m3"),
]


def document(*quotes, mentions=MENTIONS):
    return Document(id="d", mentions=mentions, quotes=list(quotes))


def counts(gold, system):
    scores = score([gold], [system], layers=["quotes"]).scores
    return {
        n.partition(".")[2]: (s.tp, s.fp, s.fn) if hasattr(s, "tp") else (s.correct, s.total)
        for n, s in scores.items()
        if n.startswith("quotes.")
    }


FULL = quote([(0, 20)], [(21, 25)], "m1", "direct", "a")


def test_everything_right():
    assert counts(document(FULL), document(FULL)) == {
        "content.exact": (1, 0, 0), "cue.exact": (1, 0, 0), "source.exact": (1, 0, 0),
        "content.overlap": (20, 0, 0), "cue.overlap": (4, 0, 0), "source.overlap": (4, 0, 0),
        "whole": (1, 0, 0), "type": (1, 1), "speaker": (1, 0, 0),
    }  # fmt: skip


def test_content_overlaps_and_the_rest_is_right():
    found = counts(document(FULL), document(quote([(2, 22)], [(21, 25)], "m1", "direct", "a")))
    assert (found["content.exact"], found["cue.exact"], found["source.exact"]) == ((0, 1, 1), (1, 0, 0), (1, 0, 0))
    assert (found["content.overlap"], found["whole"], found["type"]) == ((18, 2, 2), (0, 1, 1), (0, 0))
    assert found["speaker"] == (1, 0, 0)


def test_quotes_without_partner():
    found = counts(document(FULL), document(quote([(30, 40)], [(21, 25)], "m1", "direct", "a")))
    assert found == {
        "content.exact": (0, 1, 1), "cue.exact": (0, 1, 1), "source.exact": (0, 1, 1),
        "content.overlap": (0, 10, 20), "cue.overlap": (0, 4, 4), "source.overlap": (0, 4, 4),
        "whole": (0, 1, 1), "type": (0, 0), "speaker": (0, 1, 1),
    }  # fmt: skip


def test_empty_parts_are_no_items_but_equal_in_whole():
    bare = quote([(0, 20)])
    found = counts(document(bare), document(bare))
    assert (found["cue.exact"], found["source.overlap"], found["speaker"]) == ((0, 0, 0),) * 3
    assert found["whole"] == (1, 0, 0)
    found = counts(document(bare), document(FULL))
    assert (found["cue.exact"], found["source.overlap"], found["speaker"]) == ((0, 1, 0), (0, 4, 0), (0, 1, 0))
    assert (found["whole"], found["content.exact"]) == ((0, 1, 1), (1, 0, 0))


def test_split_content_is_the_same_content():
    gold = document(quote([(0, 20), (30, 40)]))
    system = document(quote([(30, 40), (10, 20), (0, 10)]))
    assert counts(gold, system)["content.exact"] == (1, 0, 0)
    assert counts(gold, document(quote([(0, 40)])))["content.overlap"] == (30, 10, 0)


def test_source_span_counts_and_not_the_mention():
    other = [mention(60, 64, "ORG", "z", "name", "x"), *MENTIONS[1:]]
    system = document(quote([(0, 20)], [(21, 25)], "x", "direct", "a"), mentions=other)
    assert counts(document(FULL), system)["source.exact"] == (1, 0, 0)
    system = document(quote([(0, 20)], [(21, 25)], "m2", "direct", "a"))
    found = counts(document(FULL), system)
    assert (found["source.exact"], found["speaker"]) == ((0, 1, 1), (1, 0, 0))


def test_wrong_and_missing_speaker():
    found = counts(document(FULL), document(quote([(0, 20)], [(21, 25)], "m1", "direct", "b")))
    assert (found["speaker"], found["whole"]) == ((0, 1, 1), (1, 0, 0))
    found = counts(document(FULL), document(quote([(0, 20)], [(21, 25)], "m1", "direct")))
    assert found["speaker"] == (0, 0, 1)


def test_speaker_is_right_by_what_its_entity_stands_for():
    renamed = [mention(60, 64, "PER", "x", "name", "m1"), mention(80, 84, "ORG", "y", "name", "m3")]
    said = quote([(0, 20)], [(21, 25)], "m1", "direct", "x")
    assert counts(document(FULL), document(said, mentions=renamed))["speaker"] == (1, 0, 0)


def test_type_over_pairs_of_equal_content():
    gold = document(quote([(0, 20)], kind="direct"), quote([(30, 40)], kind="mixed"))
    system = document(quote([(0, 20)], kind="indirect"), quote([(30, 41)], kind="mixed"))
    assert counts(gold, system)["type"] == (0, 1)


def test_quote_said_twice():
    found = counts(document(FULL), document(FULL, FULL))
    assert (found["whole"], found["cue.overlap"], found["speaker"]) == ((1, 1, 0), (4, 4, 0), (1, 1, 0))


def test_faults_by_quote_type():
    gold = document(quote([(0, 20)], kind="direct"), quote([(30, 40)], kind=None))
    system = document(quote([(0, 20)], kind="mixed"), quote([(50, 60)], kind="mixed"))
    report = score([gold], [system])
    assert {t: (s.tp, s.fp, s.fn) for t, s in report.by_type["quotes.whole"].items()} == {
        "direct": (1, 0, 0), "mixed": (0, 1, 0), "none": (0, 0, 1),
    }  # fmt: skip
    assert {t: (s.tp, s.fp, s.fn) for t, s in report.by_type["quotes.content.overlap"].items()} == {
        "direct": (20, 0, 0), "mixed": (0, 10, 0), "none": (0, 0, 10),
    }  # fmt: skip


def test_a_dangling_source_is_an_error_in_one_line():
    with pytest.raises(DanglingReferenceError, match="document d: source points to 'm9'"):
        score([document()], [document(quote([(0, 20)], source="m9"))])

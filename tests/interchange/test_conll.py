from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warta.document import Document, Mention
from warta.interchange import new_context, read, write
from warta.interchange.align import align
from warta.interchange.bio import chunks
from warta.schema import load_crosswalks, load_schema
from warta.text import sentence_spans, token_spans

SCHEMA = load_schema()
TEXT = "😀 “Kota Lama sepi,” ujar Wali Kota. Kafé Melati tutup 🇮🇩."


def known(*texts: str) -> list[Document]:
    return [Document(id=f"w-{n}", text=text) for n, text in enumerate(texts, 1)]


def said(tmp: Path, data: str, documents: list[Document] | None = None, context=None) -> list[Document]:
    (tmp / "x.conll").write_text(data, encoding="utf-8")
    context = context or new_context(SCHEMA, documents=documents or [], name="d.jsonl")
    found = read(str(tmp / "x.conll"), "conll", context)
    assert context.ledger.fault_lines() == []
    return found


def faults(tmp: Path, data: str, documents: list[Document] | None = None) -> list[str]:
    (tmp / "x.conll").write_text(data, encoding="utf-8")
    context = new_context(SCHEMA, documents=documents or [], name="d.jsonl")
    assert read(str(tmp / "x.conll"), "conll", context) == []
    return [line.replace(f"{tmp}/", "") for line in context.ledger.fault_lines()]


def spans(document: Document) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.type) for m in document.mentions]


@st.composite
def flat_documents(draw):
    words = st.sampled_from(["Kota", "Lama", "“Ya,”", "😀", "Café", "sepi.", "1.234,5", "anak-anak", "#", "# 1"])
    text = "".join(
        f"{draw(words)}{draw(st.sampled_from([' ', '  ', chr(10)]))}" for _ in range(draw(st.integers(1, 14)))
    )
    mentions = []
    for start, end in sentence_spans(text):
        tokens, at = token_spans(text, start, end), 0
        while at < len(tokens):
            length = draw(st.integers(1, 3))
            if draw(st.booleans()):
                last = min(at + length, len(tokens)) - 1
                label = draw(st.sampled_from(["PER", "ORG", "DAT"]))
                mentions.append(Mention(start=tokens[at][0], end=tokens[last][1], type=label))
            at += length
    return Document(id=draw(st.sampled_from(["w-1", "w#1", "a b"])), text=text, mentions=mentions)


@settings(max_examples=200, deadline=None)
@given(flat_documents())
def test_flat_mentions_come_back(document):
    with tempfile.TemporaryDirectory() as tmp:
        path = f"{tmp}/x.conll"
        there, back = new_context(SCHEMA), new_context(SCHEMA, documents=[document])
        write([document], "conll", path, there)
        assert there.ledger.note_lines() == []
        found = read(path, "conll", back)
        assert back.ledger.fault_lines() == []
    assert (found[0].id, spans(found[0])) == (document.id, spans(document))


@settings(max_examples=200, deadline=None)
@given(flat_documents())
def test_tokens_without_offsets_are_found_in_the_text(document):
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp, "x.conll")
        write([document], "conll", str(path), new_context(SCHEMA))
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")]
        path.write_text(
            "\n".join("\t".join((row[0], row[-1]) if len(row) > 1 else row) for row in rows), encoding="utf-8"
        )
        context = new_context(SCHEMA, documents=[document])
        (found,) = read(str(path), "conll", context)
        assert context.ledger.note_lines() == []
    assert spans(found) == spans(document)


def test_alignment_by_hand():
    tokens = [
        "[CLS]",
        '"',
        "kota",
        "lama",
        "sepi",
        ",",
        "''",
        "ujar",
        "Wali",
        "▁Kota",
        ".",
        "[UNK]",
        "Mela",
        "##ti",
        "tutup",
    ]
    found = align(TEXT, tokens)
    assert [None if place is None else TEXT[slice(*place)] for place in found] == [
        None, "“", "Kota", "Lama", "sepi", ",", "”", "ujar", "Wali", "Kota", ".", None, "Mela", "ti", "tutup",
    ]  # fmt: skip
    assert align("Cafe\u0301 A", ["Café", "A"]) == [(0, 5), (6, 7)]
    assert align("Café A", ["cafe", "a"]) == [(0, 4), (5, 6)]
    assert align("Café A", ["Cafe\u0301", "A"]) == [(0, 4), (5, 6)]


def test_what_does_not_align_is_told(tmp_path):
    context = new_context(SCHEMA, documents=known(TEXT))
    data = "Kota B-GPE\nLama I-GPE\nsepi O\n, O\n” O\nXYZ B-PER\nujar O\nWali B-PER\nKota I-PER\n. O\n"
    (document,) = said(tmp_path, data, context=context)
    assert [TEXT[a:b] for a, b, _ in spans(document)] == ["Kota Lama", "Wali Kota"]
    notes = context.ledger.note_lines()
    assert notes[0].startswith("document 'w-1': 9 of 10 tokens found in the text; not found: 1, first 'XYZ' (")
    assert notes[0].endswith("x.conll:6); 20 characters of the text have no token")
    assert notes[1] == "left out: 1 mentions whose tokens are not in the text"


def test_documents_are_told_apart(tmp_path):
    one, two = "Kota Lama.", "Wali Kota."
    rows = ["Kota O B-GPE\nLama O I-GPE\n. O O\n", "Wali O B-PER\nKota O I-PER\n. O O\n"]
    expected = [("w-1", [(0, 9, "GPE")]), ("w-2", [(0, 9, "PER")])]
    for data in (
        f"-DOCSTART- -X- O\n\n{rows[0]}\n-DOCSTART- -X- O\n\n{rows[1]}",
        f"-DOCSTART- (w-1)\n{rows[0]}\n-DOCSTART- (w-2)\n\n{rows[1]}",
        f"# newdoc id = w-1\n# text = Kota Lama.\n{rows[0]}\n# newdoc id = w-2\n{rows[1]}",
        f"# id = w-1#0\n{rows[0]}\n# id = w-2#0\n{rows[1]}",
    ):
        assert [(d.id, spans(d)) for d in said(tmp_path, data, known(one, two))] == expected
    assert "1 of 1 documents without id; allowed: «# newdoc id = ID»" in faults(tmp_path, rows[0], known(one, two))[0]


def test_offsets_without_texts(tmp_path):
    (document,) = said(tmp_path, "# id = w-1#0\nKota 7:11 B-GPE\nLama 12:16 I-GPE\n\n# id = w-1#1\nA 20:21 S-PER\n")
    assert (document.id, document.text, spans(document)) == ("w-1", None, [(7, 16, "GPE"), (20, 21, "PER")])


@pytest.mark.parametrize(("rows", "fault"), [
    ("Kota\t4\t8\tB-GPE", "x.conll:2: token 'Kota' at (4, 8), where the text has 'ota '; allowed: offsets that count code points of the text"),
    ("Kota\t3\t7\tB-LOK", "x.conll:2: unknown label 'LOK'; allowed: CRD|DAT|"),
    ("Kota\t3\t7\tO\nLama\t8\tO", "x.conll:3: 3 columns; allowed: 4 columns, as in the first line, token first and tag last"),
    ("Kota\t3\t7\tO\nLama\tx\t9\tO", "x.conll:3: offsets ['x', '9']; allowed: start and end as whole numbers, start before end"),
    ("Pasar O\nRaya O\nbuka O", "x.conll:1: 3 of 3 tokens are not in the text of 'w-1'; allowed: the tokens of that document"),
    ("Kota", "x.conll:2: 1 columns; allowed: 2 columns"),
])  # fmt: skip
def test_faults(tmp_path, rows, fault):
    assert faults(tmp_path, f"# newdoc id = w-1\n{rows}\n", known(TEXT))[0].startswith(fault)


def test_other_faults(tmp_path):
    assert (
        "unknown document 'w-9'; allowed: the ids of d.jsonl (1: w-1)"
        in faults(tmp_path, "# newdoc id = w-9\nA O\n", known(TEXT))[0]
    )
    assert "tokens without offsets" in faults(tmp_path, "# newdoc id = w-9\nA O\n")[0]
    (tmp_path / "y").write_bytes(b"A O\n\xff O\n")
    context = new_context(SCHEMA)
    read(str(tmp_path / "y"), "conll", context)
    assert context.ledger.fault_lines() == [f"{tmp_path}/y:2: byte 0xff that is not UTF-8; allowed: UTF-8"]


def test_tag_schemes():
    assert [tuple(c) for c in chunks(["I-A", "I-A", "B-A", "I-B", "O", "S-A", "B-A", "E-A", "I-A", "U-B", "L-B"])] == [
        ("A", 0, 1), ("A", 2, 2), ("B", 3, 3), ("A", 5, 5), ("A", 6, 7), ("A", 8, 8), ("B", 9, 9), ("B", 10, 10),
    ]  # fmt: skip
    assert [tuple(c) for c in chunks(["PER", "PER", "O", "ORG"])] == [("PER", 0, 1), ("ORG", 3, 3)]


def test_what_a_flat_form_cannot_hold_is_counted(tmp_path):
    text = "Wali Kota Melati, ujarnya."
    document = Document(id="w-1", text=text, mentions=[
        Mention(start=0, end=16, type="ORG"), Mention(start=5, end=9, type="GPE"), Mention(start=22, end=25, type="PER", form="pronoun"),
        Mention(start=18, end=22, type="PER"),
    ])  # fmt: skip
    context = new_context(SCHEMA)
    write([document], "conll", str(tmp_path / "x"), context)
    assert context.ledger.note_lines() == [
        "changed: 1 mentions written as the tokens they touch within a sentence",
        "left out: 2 mentions that a flat view has no place for",
    ]
    assert (tmp_path / "x").read_text().split("\n")[1:5] == [
        "Wali\t0\t4\tB-ORG",
        "Kota\t5\t9\tI-ORG",
        "Melati\t10\t16\tI-ORG",
        ",\t16\t17\tO",
    ]


def test_crosswalk_drops_and_counts(tmp_path):
    context = new_context(SCHEMA, load_crosswalks()["conll2003"], known(TEXT))
    data = "# newdoc id = w-1\nKota\t3\t7\tB-LOC\nWali\t25\t29\tB-MISC\nKota\t30\t34\tI-MISC\n"
    (document,) = said(tmp_path, data, context=context)
    assert spans(document) == [(3, 7, "GPE")]
    assert context.ledger.note_lines() == ["label 'MISC': 1 dropped, nothing fits it"]

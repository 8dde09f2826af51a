"""Tokens of Indonesian text as spans.

A token is what an Indonesian reader takes for one written word or one mark: reduplicated words keep their
hyphen (``anak-anak``), numbers keep their separators (``1.234,56``), abbreviations and degrees their full
stop (``Jl.``, ``S.Pd.``), a clitic stays in its word (``ujarnya``) and is addressed by offset. Nothing is
normalised, so the tokens of a text are slices of it.
"""

from __future__ import annotations

import re

# Written with a full stop that does not end a sentence. Lower-cased; degrees and initials go by pattern.
ABBREVIATIONS = frozenset(
    [
        "a.n",
        "al",
        "bpk",
        "br",
        "brigjen",
        "bripda",
        "bripka",
        "briptu",
        "dkk",
        "dll",
        "dr",
        "dra",
        "drs",
        "dsb",
        "dst",
        "dr",
        "h",
        "hal",
        "hj",
        "ibu",
        "ir",
        "jend",
        "jl",
        "jln",
        "kab",
        "kec",
        "kel",
        "kol",
        "kom",
        "kompol",
        "ko",
        "kpt",
        "letjen",
        "letkol",
        "lt",
        "mayjen",
        "no",
        "pdt",
        "prof",
        "rp",
        "rs",
        "s.d",
        "sdr",
        "sdri",
        "sgt",
        "st",
        "tgl",
        "tlp",
        "tn",
        "ny",
        "u.p",
        "vol",
        "vs",
        "yth",
        "iptu",
        "ipda",
        "aiptu",
        "aipda",
        "akp",
        "akbp",
        "kombes",
        "irjen",
        "komjen",
        "kapt",
        "mr",
        "mrs",
        "ms",
        "jr",
        "sr",
        "nn",
        "gg",
        "rt",
        "rw",
        "km",
    ]
)
DEGREE = r"(?:S\.(?:Pd|Sos|Kom|Ked|Psi|Kep|Farm|Ag|Hut|IP|I\.Kom|STP|Si|H|E|T|P|S)\.?(?:I\.)?|M\.(?:Si|Pd|Hum|Kom|Kes|Ag|Sc|H|M|T|P|E)\.?|A\.Md\.?|Sp\.[A-Z]{1,2}\.?|Ph\.D\.?)"  # noqa: E501
NUMBER = r"\d+(?:[.,:/-]\d+)*"
INITIALS = r"(?:[A-Z]\.){2,}|[A-Z]\.(?=\s+[A-Z])"
SHORT = "|".join(sorted((re.escape(a) for a in ABBREVIATIONS), key=len, reverse=True))
WORD = r"\w+(?:[-'’&@./]\w+)*"
TOKEN = re.compile(
    rf"https?://\S+[\w/]|{DEGREE}(?!\w)|{INITIALS}|(?i:\b(?:{SHORT})\.)(?=\s|$)|{NUMBER}(?:-an|an)?(?!\w)|{WORD}|\.\.\.|[^\w\s]"
)


def token_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` offsets of the tokens of ``text[start:end]``, offsets into ``text``.

    Every character that is not white space belongs to exactly one token.
    """
    stop = len(text) if end is None else end
    return [match.span() for match in TOKEN.finditer(text, start, stop)]

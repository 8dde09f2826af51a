"""Text handling for Indonesian news: normal form, sentences and tokens, all as code-point offsets."""

from warta.text.normal import TextFault, digest, normalized, text_faults
from warta.text.sentences import sentence_spans
from warta.text.tokens import token_spans

__all__ = ["TextFault", "digest", "normalized", "sentence_spans", "text_faults", "token_spans"]

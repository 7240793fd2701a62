"""A claim as one plain sentence: its chain of sources, then who did what to whom, where and when.

In: a ReadArticle and one of its claims. Out: one English sentence, never empty, the same for the same records. Grammar:

    According to A, citing B and C, [allegedly] SUBJECT VERB RECIPIENT THEME CONTENT PLACE INSTRUMENT TIME COUNT.

The verb is the trigger's lemma, put by one mood: "did not" where the innermost source denies, "plans to" / "is to"
where it lies ahead, "may have" / "probably" where that source is unsure itself, else past (states: present; see
``predicates.py``). The clause is made in ``clauses.py``. Names
replace pronouns (``naming.py``); prepositions are those of the text. A noun becomes its verb where the table
``noun_verbs.csv`` has one and somebody acts, else "there was an explosion". The publisher's own voice has no lead.
What it cannot do: relative clauses, and any nuance that the records do not carry. It shows the claim, it is not the
evidence: the quote is.
"""

from __future__ import annotations

from khabar.model.articles import ReadArticle
from khabar.model.claims import Claim, Predication
from khabar.model.factuality import NEGATIVE, Commitment, Polarity, Realis, Word
from khabar.show.clauses import clause
from khabar.show.naming import NOBODY, Names, capital, chain_names, chain_of, lowered, names_of
from khabar.show.verbs import Mood

__all__ = ["chain_names", "claim_sentence", "sentences"]


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
    return capital(f"{lead}{clause(names, predication, mood)}.")


# ── the chain ──


def lead_of(names: Names, claim: Claim) -> str:
    """ "According to A, citing B, " or "Reportedly, " or nothing in the publisher's own voice."""
    sources = chain_of(names, claim)
    if not sources:
        return ""
    named = [lowered(s) for s in sources if s != NOBODY]
    if not named:
        return f"{hearsay(names, claim)}, "
    return f"according to {', citing '.join(named)}, "


def hearsay(names: Names, claim: Claim) -> str:
    """The adverb for a source that nobody names: the text's own, else "reportedly"; "" where every source is named."""
    links = [names.attributions[key] for key in claim.chain if key in names.attributions]
    cues = [link.cue_lemma for link, name in zip(links, chain_of(names, claim), strict=True) if name == NOBODY]
    return (cues[-1] if cues[-1].endswith("ly") else "reportedly") if cues else ""


def mood_of(names: Names, claim: Claim, predication: Predication) -> Mood:
    """How the innermost source puts it."""
    innermost = claim.commitments[-1]
    stances = [names.attributions[key].stance for key in claim.chain if key in names.attributions]
    kind = _kind(innermost, predication, stances[-1] if stances else "")
    named = any(name != NOBODY for name in chain_of(names, claim))
    adverb = ""
    if kind == "actual" and innermost in {Commitment.PR_PLUS, Commitment.PR_MINUS}:
        adverb = "probably"
    elif named:
        adverb = "allegedly" if claim.word is Word.ALLEGED else hearsay(names, claim)
    return Mood(kind=kind, negative=is_negative(claim, predication, stances), adverb=adverb)


def is_negative(claim: Claim, predication: Predication, stances: list[str]) -> bool:
    """Whether the sentence says "not": the innermost source holds that it did not happen."""
    if claim.commitments[-1] in NEGATIVE:
        return True
    affirms = claim.commitments[-1] is Commitment.CT_PLUS and "deny" in stances
    return predication.polarity is Polarity.NEGATIVE and not affirms


PLANNED = {"plan": "plan", "threaten": "threat", "predict": "expected", "demand": "should"}


def _kind(innermost: Commitment, predication: Predication, stance: str) -> str:
    """The key of the mood."""
    if predication.realis is Realis.PLANNED:
        return PLANNED.get(stance, "is_to")
    if predication.realis is Realis.HYPOTHETICAL:
        return {"demand": "should", "ask": "may_have"}.get(stance, "may")
    if innermost in {Commitment.PS_PLUS, Commitment.PS_MINUS}:
        return "may_have"
    if innermost is Commitment.CT_U:
        return "whether"
    if innermost is Commitment.UU and stance in {"demand", "ask"}:
        return "should" if stance == "demand" else "may_have"
    return "actual"

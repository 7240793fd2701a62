"""A claim as one plain sentence."""

from __future__ import annotations

from khabar.model.articles import ReadArticle
from khabar.model.claims import Claim


def claim_sentence(article: ReadArticle, claim: Claim) -> str:
    """Placeholder grammar: the trigger's lemma with its fillers in order of the text."""
    for predication in article.reading.predications:
        if predication.predication_id == claim.predication_id:
            spans = sorted([a.span for a in predication.arguments if a.span] + [predication.trigger])
            return " ".join(s.cut(article.version.text) for s in spans)
    return claim.predication_id

"""FactBank values, realis, polarity, and the display word that is computed from them and never stored instead.

Commitment is a source's: what it holds of the proposition *as stated by the predicate without its negation*: CT+ it is
certain that it happened, CT- certain that it did not, PR probable, PS possible, Uu uncommitted or unknown, CTu certain
whether, not said which. Scores elsewhere are the probability that the *extraction* is right; this is not a score.
"""

from __future__ import annotations

from enum import StrEnum


class Commitment(StrEnum):
    """FactBank values."""

    CT_PLUS = "CT+"
    PR_PLUS = "PR+"
    PS_PLUS = "PS+"
    CT_MINUS = "CT-"
    PR_MINUS = "PR-"
    PS_MINUS = "PS-"
    CT_U = "CTu"
    UU = "Uu"


class Realis(StrEnum):
    """Whether the happening is placed in the actual world."""

    ACTUAL = "actual"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    GENERIC = "generic"


class Polarity(StrEnum):
    """Affirmed or negated."""

    POSITIVE = "+"
    NEGATIVE = "-"


class Word(StrEnum):
    """The display word."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    POSSIBLE = "possible"


NEGATIVE = frozenset({Commitment.CT_MINUS, Commitment.PR_MINUS, Commitment.PS_MINUS})
UNDECIDED = frozenset({Commitment.PS_PLUS, Commitment.UU, Commitment.CT_U})
WEAK = frozenset({Commitment.PR_PLUS, Commitment.PS_PLUS, Commitment.UU, Commitment.CT_U})


def display_word(
    commitments: tuple[Commitment, ...], realis: Realis, stances: tuple[str, ...], polarity: Polarity
) -> Word:
    """The one word that people see, from the axes that are stored.

    ``commitments`` has one value per level, the publisher first; ``stances`` one per link of the chain, outermost first.
    Order of the tests: a plan not to do something is a plan; what the innermost voice denies is denied; what lies ahead
    and somebody stands behind is planned; what is only wanted, tried, supposed or conditional is possible; then who stands
    behind it: an allegation somewhere in the chain, somebody else's word, or the publisher's own.
    """
    innermost = commitments[-1]
    if realis is Realis.PLANNED and polarity is Polarity.NEGATIVE:
        return Word.PLANNED
    if innermost in NEGATIVE:
        return Word.DENIED
    if realis is Realis.PLANNED and innermost not in UNDECIDED:
        return Word.PLANNED
    ahead = realis in (Realis.HYPOTHETICAL, Realis.PLANNED)
    if not ahead and "allege" in stances:
        return Word.ALLEGED
    if ahead or innermost in WEAK:
        return Word.POSSIBLE
    return Word.REPORTED if stances else Word.ASSERTED

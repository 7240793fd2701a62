"""Pronouns to the entity that they stand for, by the weights of Lappin and Leass (1994) over what has been read so far.

In: the facts, the entities seen before the pronoun, the parse. Out: the index of the antecedent mention, or None. Number,
gender and kind must agree; a pronoun is never a fellow argument of its own verb; a possessive prefers the subject of its
clause; the subject of a verb of speech is who spoke last, across a paragraph too, unless another man has been the subject
since; inside quotation marks "I" and "we" are the speaker and "he" is not. An "it" that is nearer to a thing which is no
mention ("the name … replaced it") stays alone. It cannot weigh the sense of the sentence: of two men in one clause it
takes the subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.lexicon.entities import EntityWords, Pronoun
from khabar.model.mentions import Form, Kind
from khabar.read.entities_seen import Entity, Seen, recent
from khabar.read.facts import SUBJECTS, Fact
from khabar.read.tokens import Parse, Token

ROLE_WEIGHTS = {"source": 90.0, "subj": 80.0, "obj": 50.0, "poss": 40.0, "other": 30.0, "modifier": 0.0}
KIND_WEIGHTS = {
    Kind.ORG: 1.0,
    Kind.GPE: 0.85,
    Kind.FAC: 0.75,
    Kind.VEH: 0.75,
    Kind.LOC: 0.55,
    Kind.WEA: 0.6,
    Kind.MISC: 0.5,
}
RECENT = 100.0
WINDOW = 2
"""sentences back; a person alone is sought further"""
FAR = 8
SPEECH_BACK = 5
"""sentences back to which "it added" goes on with a speaker"""
COMPANY = frozenset({"with", "behind", "around", "before", "after", "beside"})
"""prepositions after which a pronoun may be the subject of its own verb ("took two guards with him")"""
UP = 8
"""words from a pronoun's verb up to the verb of speech that holds it"""
TAKING_OVER = frozenset({Kind.PER, Kind.ORG, Kind.GPE})
"""kinds of a subject that a pronoun rather means than whoever spoke before"""
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What stays the same while a document's pronouns are resolved."""

    parse: Parse
    words: EntityWords
    seen: Seen
    quoted: tuple[bool, ...]
    """for each token, whether it stands between quotation marks"""


def antecedent(read: Reading, i: int) -> int | None:
    """The mention that the pronoun at index i stands for, among those before it (or the subject just after it)."""
    fact = read.seen.facts[i]
    token = read.parse.tokens[fact.mention.head_token]
    pronoun = read.words.pronouns[token.lower]
    if pronoun.first:
        return _speaker(read, fact, token)
    if token.lower in ("it", "that") and token.dep in ("dobj", "nsubj") and _means_what_was_told(read, token):
        return None
    if pronoun.number == "plural" and token.tag == "PRP$" and _joint(read.parse, token):
        return None
    fellow = _fellow(read, token, pronoun)
    if fellow is not None:
        return fellow
    ahead = _subject_ahead(read, token, pronoun)
    if ahead is not None:
        return ahead
    barred = _barred(read, fact, token)
    if fact.role == "source" and not read.quoted[token.i]:
        above = teller(read, token)
        fits = above is not None and _agrees(read.seen.entities[read.seen.root(above)], pronoun, read)
        before = above if fits else _same_word(read, fact, token, barred) or _spoke_last(read, fact, token, barred)
        if before is not None:
            return before
    best, score = None, 0.0
    for root, entity in recent(read.seen, fact.sentence, FAR).items():
        if root in barred or not _agrees(entity, pronoun, read):
            continue
        weight = _salience(read, fact, token, entity) * _fit(entity, pronoun)
        if weight > score:
            best, score = root, weight
    if best is None or (token.lower in ("it", "its") and _rival(read, fact, token) > score):
        return None
    return read.seen.entities[best].mentions[-1]


def _same_word(read: Reading, fact: Fact, token: Token, barred: frozenset[int]) -> int | None:
    """ "he is seen with a rifle that he claims was taken": the same pronoun earlier in the sentence, outside quotations."""
    for j in reversed(read.seen.order):
        other = read.seen.facts[j]
        if other.sentence != fact.sentence:
            return None
        head = read.parse.tokens[other.mention.head_token]
        if (
            head.i < token.i
            and head.lower == token.lower
            and not read.quoted[head.i]
            and read.seen.root(j) not in barred
        ):
            return j
    return None


def _means_what_was_told(read: Reading, token: Token) -> bool:
    """ "denied it"; "called it a kidnapping": no body is called so."""
    verb = read.parse.tokens[token.head]
    if token.dep == "dobj" and verb.lemma in read.words.about_claims:
        return True
    called = verb if token.dep == "nsubj" and verb.dep == "ccomp" else read.parse.kid(verb.i, "oprd")  # "called it X"
    noun = called is not None and called.tag in ("NN", "NNS")
    return noun and called is not None and read.words.head(called.lower, called.lemma) is None


# ------------------------------------------------------------------ agreement


def _agrees(entity: Entity, pronoun: Pronoun, read: Reading) -> bool:
    """Kind, number and gender."""
    if entity.kind not in pronoun.kinds:
        return False
    if pronoun.number == "plural":
        return entity.plural or entity.kind is Kind.ORG or bool(entity.words & read.words.collective)
    if entity.plural:
        return False
    if pronoun.gender in ("male", "female"):
        return entity.gender in (pronoun.gender, "any") and not entity.words & read.words.collective
    return True


def _fit(entity: Entity, pronoun: Pronoun) -> float:
    """How well a kind suits the pronoun."""
    if pronoun.number == "plural":
        if entity.plural:
            return 1.0
        group = entity.kind is Kind.PER or (
            entity.kind is Kind.ORG and entity.named
        )  # "the Houthis", not "the government"
        return 0.8 if group else 0.55 if entity.kind is Kind.ORG else 0.35
    if pronoun.gender == "none":
        return KIND_WEIGHTS.get(entity.kind, 0.5)
    if entity.gender == pronoun.gender:
        return 1.1
    if entity.leaning != "any":
        return 1.0 if entity.leaning == pronoun.gender else 0.75
    return 0.9 if entity.named else 0.8


def _barred(read: Reading, fact: Fact, token: Token) -> frozenset[int]:
    """Groups that binding forbids: fellow arguments of the pronoun's verb, phrases around it, the quoted speaker."""
    seen, tokens = read.seen, read.parse.tokens
    out = {seen.root(seen.at_token[i]) for i in _holders(read.parse, token) if i in seen.at_token}
    company = token.dep == "pobj" and tokens[token.head].lower in COMPANY
    if token.tag != "PRP$" and token.lower not in REFLEXIVE and not company:
        above = tokens[token.head]
        verb = tokens[above.head] if token.dep == "pobj" else above
        for kid in read.parse.kids(verb.i):
            if kid.i != token.i and kid.dep in (*SUBJECTS, "dobj", "dative") and kid.i in seen.at_token:
                out.add(seen.root(seen.at_token[kid.i]))
        shared = verb if token.dep not in SUBJECTS else None
        if shared is not None and (subject := controller(read.parse, shared.i)) in seen.at_token:
            out.add(seen.root(seen.at_token[subject]))
    if read.quoted[token.i] and (speaker := _speaker(read, fact, token)) is not None:
        out.add(seen.root(speaker))
    return frozenset(out)


def _holders(parse: Parse, token: Token) -> Iterator[int]:
    """The nouns above the pronoun inside its own phrase: "his" is not "his delegation"."""
    at = token.i
    for _ in range(4):
        head = parse.tokens[at].head
        if head == at or parse.tokens[at].dep in (*SUBJECTS, "dobj", "ROOT", "ccomp", "advcl", "conj"):
            return
        if parse.tokens[head].pos == "ADP" and parse.tokens[head].lower != "of":
            return
        yield head
        at = head


def controller(parse: Parse, verb: int) -> int:
    """The subject of a verb, found above an infinitive, a participle or a conjoined verb if it has none; -1 = none."""
    at = verb
    for _ in range(4):
        subject = parse.kid(at, "nsubj", "nsubjpass")
        if subject is not None:
            return subject.i
        token = parse.tokens[at]
        if token.dep not in ("xcomp", "conj", "advcl", "pcomp", "prep") or token.head == at:
            return -1
        at = token.head
    return -1


# ------------------------------------------------------------------ weight


def _salience(read: Reading, fact: Fact, token: Token, entity: Entity) -> float:
    """The weightiest mention of each recent sentence, halved with each sentence between."""
    best: dict[int, float] = {}
    far = FAR if entity.kind is Kind.PER and not entity.plural else WINDOW
    for j in reversed(entity.mentions):
        other = read.seen.facts[j]
        distance = fact.sentence - other.sentence
        if distance > far or (best and distance > WINDOW):
            break
        if other.role != "modifier":
            weight = RECENT + ROLE_WEIGHTS[other.role] + _bonus(read, fact, token, other)
            best[distance] = max(best.get(distance, 0.0), weight)
    return sum(weight * 0.5**distance for distance, weight in best.items())


def _bonus(read: Reading, fact: Fact, token: Token, other: Fact) -> float:
    """Same role in the clause before; the subject of the pronoun's own clause for a possessive; the previous speaker."""
    parse = read.parse
    bonus = 0.0
    if token.tag == "PRP$" and other.sentence == fact.sentence:
        verb = _verb_above(parse, token)
        if controller(parse, verb) == other.mention.head_token:
            bonus += 80.0
    if fact.role == "source" and other.role == "source":
        bonus += 70.0
    if fact.role in ("subj", "source") and other.role in ("subj", "source"):
        bonus += 35.0
    return bonus


def _joint(parse: Parse, token: Token) -> bool:
    """Whether two subjects joined by "and" own together: "Chad and Niger withdrew their troops"."""
    subject = controller(parse, _verb_above(parse, token))
    return 0 <= subject < token.i and parse.kid(subject, "conj") is not None


def _fellow(read: Reading, token: Token, pronoun: Pronoun) -> int | None:
    """ "accused Velian forces and their allies": the owner inside the second of two things is the first."""
    owned = read.parse.tokens[token.head]
    if token.tag != "PRP$" or token.dep != "poss" or owned.dep != "conj" or owned.head not in read.seen.at_token:
        return None
    first = read.seen.at_token[owned.head]
    return first if _agrees(read.seen.entities[read.seen.root(first)], pronoun, read) else None


def _verb_above(parse: Parse, token: Token) -> int:
    """The verb whose clause the token stands in."""
    at = token.i
    for _ in range(8):
        at = parse.tokens[at].head
        if parse.tokens[at].pos in ("VERB", "AUX") or parse.tokens[at].head == at:
            break
    return at


def _rival(read: Reading, fact: Fact, token: Token) -> float:
    """Weight of the best singular thing that is no mention and that "it" may mean as well."""
    if fact.role == "source":
        return 0.0
    parse, best = read.parse, 0.0
    sentence = parse.sentences[token.sent]
    back = parse.sentences[token.sent - 1].first if token.sent else sentence.first
    for i in range(back, token.i):
        other = parse.tokens[i]
        if other.tag != "NN" or i in read.seen.at_token or other.dep not in ("nsubj", "nsubjpass", "dobj"):
            continue
        if other.head == token.head or (fact.role == "subj" and other.dep == "dobj"):
            continue
        role = ROLE_WEIGHTS["obj" if other.dep == "dobj" else "subj"]
        parallel = 60.0 if other.dep == token.dep else 0.0
        best = max(best, (RECENT + role + parallel) * (1.0 if other.sent == token.sent else 0.5))
    return best if token.lower == "it" else best * 0.6


# ------------------------------------------------------------------ speakers, and subjects that come after


def teller(read: Reading, token: Token) -> int | None:
    """ "The union said it could", "X said drones, which he said were Y's, fell": who tells of what holds a token."""
    tokens, at = read.parse.tokens, read.parse.tokens[token.head]
    for _ in range(UP):
        if at.head == at.i:
            return None
        at = tokens[at.head]
        subject = read.parse.kid(at.i, *SUBJECTS)
        j = read.seen.at_token.get(subject.i) if subject is not None and subject.i < token.i else None
        if j is not None and read.seen.facts[j].role == "source":
            return j
    return None


def _spoke_last(read: Reading, fact: Fact, token: Token, barred: frozenset[int]) -> int | None:
    """The latest speaker that the subject of a verb of speech can go on for: kind and number fit, nobody came between."""
    seen, pronoun = read.seen, read.words.pronouns[token.lower]
    found: list[tuple[bool, int]] = []
    for j in reversed(seen.order):
        other = seen.facts[j]
        if fact.sentence - other.sentence > SPEECH_BACK or (
            found and other.sentence < seen.facts[found[0][1]].sentence
        ):
            break
        entity = seen.entities[seen.root(j)]
        body = entity.kind is Kind.ORG and entity.kind in pronoun.kinds  # "the police said … It said"
        many = pronoun.number == "plural" and not entity.plural  # "they told him": no single body goes on speaking so
        if (
            many
            or seen.root(j) in barred
            or other.sentence == fact.sentence
            or not (body or _agrees(entity, pronoun, read))
        ):
            continue
        if other.role == "source" and not read.quoted[other.mention.head_token]:
            found.append((_outermost(read.parse, other), j))
        elif not found and entity.kind in TAKING_OVER and _takes_over(read, fact, token, other):
            return None
    return max(found)[1] if found else None


def _outermost(parse: Parse, fact: Fact) -> bool:
    """Whether no other verb of the sentence stands over the speaker's."""
    return parse.tokens[parse.tokens[fact.mention.head_token].head].dep == "ROOT"


def _takes_over(read: Reading, fact: Fact, token: Token, other: Fact) -> bool:
    """A person who has been the subject of a sentence since, unless the verb says that somebody goes on speaking."""
    verb = read.parse.tokens[token.head]
    goes_on = verb.lemma in read.words.goes_on or any(
        k.lower in ("also", "further") for k in read.parse.kids(verb.i, "advmod")
    )
    return not goes_on and other.role == "subj" and _outermost(read.parse, other) and other.paragraph == fact.paragraph


def _speaker(read: Reading, fact: Fact, token: Token) -> int | None:
    """Who speaks where the token stands: the subject of the verb of speech above it, beside it, or in the paragraph."""
    facts = read.seen.facts
    near = [
        j
        for j in _same_paragraph(facts, read.seen.at_token[token.i])
        if facts[j].role == "source"
        and not read.quoted[facts[j].mention.head_token]
        and facts[j].mention.kind in (Kind.PER, Kind.ORG, Kind.GPE)
    ]
    if not near:
        return None
    return min(near, key=lambda j: (abs(facts[j].sentence - fact.sentence), abs(facts[j].first - fact.first)))


def _same_paragraph(facts: tuple[Fact, ...], i: int) -> Iterator[int]:
    """Indices of the other mentions of a paragraph."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(facts) and facts[j].paragraph == facts[i].paragraph:
            yield j
            j += step


def _subject_ahead(read: Reading, token: Token, pronoun: Pronoun) -> int | None:
    """ "In his speech, Banjo said": a pronoun in an opening phrase and the named subject that follows."""
    parse, at = read.parse, token.i
    for _ in range(8):
        above = parse.tokens[at].head
        if above == at:
            return None
        if parse.tokens[at].dep in ("prep", "advcl") and parse.tokens[above].dep == "ROOT" and at < above:
            break
        at = above
    else:
        return None
    subject = parse.kid(parse.tokens[at].head, "nsubj", "nsubjpass")
    if subject is None or subject.i < token.i or subject.i not in read.seen.at_token:
        return None
    j = read.seen.at_token[subject.i]
    ahead = read.seen.facts[j]
    named = ahead.mention.form is Form.NAM and ahead.mention.kind in pronoun.kinds and pronoun.number != "plural"
    return j if named and (pronoun.gender == "none" or ahead.gender in (pronoun.gender, "any")) else None


def quoted_tokens(parse: Parse) -> tuple[bool, ...]:
    """For each token whether it stands between quotation marks; a mark left open ends with its paragraph."""
    out, inside, paragraph = [], False, -1
    for token in parse.tokens:
        here = parse.sentences[token.sent].paragraph
        if here != paragraph:
            inside, paragraph = False, here
        if token.text in ("“", "„", "«"):
            inside = True
        elif token.text in ("”", "»"):
            inside = False
        elif token.text in ('"', "''", "``"):
            inside = not inside
        out.append(inside)
    return tuple(out)

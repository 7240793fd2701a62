"""What happened to those counted, and of whom they are a part: "nine people died, of whom six were children".

In: the Parse, the table of ``lexicon/en/quantities.yml``, and for one quantity the tokens of its number and noun.
Out: a fate (killed, wounded, detained, abducted, displaced, missing, freed, rescued) or None; whether the words make
it a part of the quantity told before it. The fates and their words stand in the table: ``done`` to somebody, who is
then the object or the subject of a passive ("five gunmen killed nine villagers": nine, not five), ``suffered`` by the
subject itself ("ten drowned"), ``states`` beside a "be" or as an adjective ("four are missing", "12 dead"), ``idioms``
("lost their lives"), ``nouns`` ("16 deaths", "the death toll rose to 43").
A part that says no fate of its own has that of the whole. It looks at one sentence; it does not tell whether it is true.
"""

from __future__ import annotations

from khabar.lexicon.counting import CountWords
from khabar.model.mentions import Quantity
from khabar.read.tokens import Parse, Token

REACH = 5
"""words looked through behind the number of a headline for its fate"""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "nsubjpass"})
WHOM = frozenset({"whom", "them", "which"})
AMONG = frozenset({"including", "among"})


def fate_of(parse: Parse, words: CountWords, number: int, noun: Token | None) -> str | None:
    """The fate of those counted by the number at a token and named, if they are, by a noun."""
    found = _fate(parse, words, number, noun.i if noun else number)
    people = noun is None or noun.lemma in words.persons or noun.lemma in words.fates["nouns"]
    return found if people or found not in words.of_people else None


def _fate(parse: Parse, words: CountWords, number: int, head: int) -> str | None:
    """By the noun or the number, what stands beside them, a toll, or what they are joined to."""
    if found := of_state(parse, words, number):
        return found
    for at in dict.fromkeys((head, number)):
        if found := _told(parse, words, parse.tokens[at]):
            return found
    beside = _beside(parse, words, number) or _toll(parse, words, parse.tokens[number])
    return beside or _joined(parse, words, parse.tokens[head])


def _joined(parse: Parse, words: CountWords, token: Token) -> str | None:
    """ "Five policemen and two civilians were killed": the second has the fate of the first."""
    above = parse.tokens[token.head]
    return _told(parse, words, above) if token.dep == "conj" and above.pos == "NOUN" else None


def _idiom(parse: Parse, words: CountWords, token: Token, verb: Token) -> str | None:
    """ "lost their lives", "were stabbed to death", "claimed 12 lives"."""
    objects = [token, *parse.kids(verb.i, "dobj", "oprd", "xcomp")]
    objects += [below for prep in parse.kids(verb.i, "prep") for below in parse.kids(prep.i, "pobj")]
    idioms = words.fates["idioms"]
    return next((idioms[key] for o in objects if (key := f"{verb.lemma} {o.lemma}") in idioms), None)


def _told(parse: Parse, words: CountWords, token: Token) -> str | None:
    """By the noun itself, its adjective, its participle, or the verb that it is an argument of."""
    if found := words.fates["nouns"].get(token.lemma):
        return found
    for kid in parse.kids(token.i, "amod", "acl", "relcl", "compound"):
        found = words.fates["states"].get(kid.lower) or words.fates["done"].get(kid.lemma)
        if found and (kid.dep == "amod" or kid.tag == "VBN"):
            return found
    if token.dep in {"conj", "appos"} and token.head != token.i and not parse.kid(token.i, "nummod"):
        return None
    return _by_verb(parse, words, token)


def _by_verb(parse: Parse, words: CountWords, token: Token) -> str | None:
    """ "were killed", "died", "are missing", "left three dead", "fled"."""
    verb = parse.tokens[token.head]
    if token.dep == "pobj" and verb.lower == "between" and verb.head != verb.i:
        verb = parse.tokens[verb.head]  # "wounded between five and eight recruits"
        return words.fates["done"].get(verb.lemma) if verb.i < token.i else None
    state = next((k for k in parse.kids(verb.i, "acomp", "attr", "oprd", "xcomp") if k.i > token.i), None)
    if token.dep in SUBJECTS | OBJECTS and (found := _idiom(parse, words, token, verb)):
        return found
    states, done, suffered = words.fates["states"], words.fates["done"], words.fates["suffered"]
    if token.dep in SUBJECTS and verb.lower in states and verb.pos in {"ADJ", "VERB"} and verb.tag != "VBD":
        return states[verb.lower]
    if token.dep in SUBJECTS | OBJECTS and state is not None and state.lower in states:
        return states[state.lower]
    passive = token.dep == "nsubjpass" or (token.dep == "nsubj" and verb.tag == "VBN" and not _active(parse, verb))
    if passive or token.dep == "dobj":
        return done.get(verb.lemma) or (suffered.get(verb.lemma) if passive else None)
    return suffered.get(verb.lemma) if token.dep == "nsubj" else None


def _active(parse: Parse, verb: Token) -> bool:
    """ "have killed": a participle with "have", not one that stands alone or with "be"."""
    return any(kid.lemma == "have" for kid in parse.kids(verb.i, "aux"))


def _beside(parse: Parse, words: CountWords, number: int) -> str | None:
    """Headlines: the word right behind a number, or behind its plain noun ("30 hurt in …", "seven men held")."""
    tokens, sent = parse.tokens, parse.tokens[number].sent
    for at in range(number + 1, min(number + REACH, len(tokens))):
        token = tokens[at]
        if token.sent != sent:
            return None
        if token.tag in {"VBN", "VBD", "JJ", "VBG", "VBP", "NN"} and (found := words.fates["states"].get(token.lower)):
            return None if parse.kid(at, "dobj") else found
        if token.tag not in {"NNS", "JJ"} and token.lower not in {"still", "feared", "of"}:
            return None
    return None


def _toll(parse: Parse, words: CountWords, number: Token) -> str | None:
    """ "the death toll rose to 43", "put the toll at 120", "a toll of 12"."""
    governor = parse.tokens[number.head]
    if number.dep != "pobj" or governor.lower not in {"to", "at", "of"}:
        return None
    above = parse.tokens[governor.head]
    near = (above, *parse.kids(above.i, "nsubj", "dobj", "nsubjpass"))
    for of in (k for token in near for k in parse.kids(token.i, "prep") if k.lower == "of" and k.i != governor.i):
        for below in parse.kids(of.i, "pobj"):  # "the number of dead rose to 58"
            if found := words.fates["states"].get(below.lower) or words.fates["nouns"].get(below.lemma):
                return found
    tolls = (kid for token in near if token.lemma == "toll" for kid in (*parse.kids(token.i, "compound"), token))
    return next((words.fates["nouns"][t.lemma] for t in tolls if t.lemma in words.fates["nouns"]), None)


def of_state(parse: Parse, words: CountWords, number: int) -> str | None:
    """ "six of the wounded", "two of the dead"."""
    after = parse.tokens[number + 1 : number + 4]
    if len(after) < 3 or after[0].lower != "of" or after[1].lower != "the" or after[2].tag in {"NN", "NNS"}:
        return None
    return words.fates["states"].get(after[2].lower)


def is_part(parse: Parse, first: int, last: int) -> bool:
    """ "of whom six", "six of whom", "including three", "among them two", "five of them minors"."""
    tokens = parse.tokens
    before = [t.lower for t in tokens[max(0, first - 2) : first]]
    behind = [t.lower for t in tokens[last : last + 2]]
    if before[-1:] and before[-1] in AMONG:
        return True
    if len(before) == 2 and before[0] in {"of", "among"} and before[1] in WHOM:
        return True
    return len(behind) == 2 and behind[0] == "of" and behind[1] in WHOM


def called_by(parse: Parse, number: int) -> str | None:
    """What a part is said to be: "of whom six were *children*", "five of them *minors*"."""
    token = parse.tokens[number]
    verb = parse.tokens[token.head]
    noun = parse.kid(verb.i, "attr") if token.dep in SUBJECTS and verb.lemma == "be" else None
    if noun is None:
        after = parse.tokens[number + 1 : number + 4]
        noun = after[2] if len(after) == 3 and after[0].lower == "of" else None
    return noun.lemma if noun is not None and noun.tag == "NNS" else None


def is_whole(parse: Parse, one: Quantity) -> bool:
    """ "Of the 60 people on board, …": a sentence that opens with the whole."""
    at = parse.tokens[one.head_token]
    opening = parse.tokens[parse.sentences[at.sent].first]
    between = parse.text[opening.end : one.span.start].strip().lower()
    return opening.lower == "of" and between in {"", "the", "those", "its"}


def whole_behind(parse: Parse, one: Quantity, two: Quantity) -> bool:
    """ "three of the 14 hostages": the second quantity is the whole of the first."""
    between = parse.text[one.span.end : two.span.start].split()
    return between in (["of", "the"], ["of"], ["of", "its"], ["of", "their"], ["out", "of"], ["of", "those"])

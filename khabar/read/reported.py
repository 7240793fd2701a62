"""Twenty-three mistakes that the parser makes around verbs of speech, repaired before any rule looks at the tree.

In: a Parse. Out: the same Parse with some heads and labels changed, or itself. (1) "told him a clerk alleged that S": the
object beside the one who is told is the subject of the clause. (2) "Chad accused of arming rebels": accused, without object
and with "of", is a passive. (3) "Police believe, a spokesman said, that S": S belongs to the first verb. (4) "Xinhua, citing
X, said": a name before a finite verb that has no subject is its subject. (5) "The diary tells how S": a noun as root with
a subject of its own is a verb. (6) "“S,” recalled one deputy": what follows a verb behind a quotation is its subject. (7) "X
armed them, an allegation Kito rejected": a noun for a telling between an article and a name is no part of the name. (8) "X
fled the town, a claim Y denied": nor is it what the name before the comma is. (9) "Gunmen killed nine, two sources said": of
two subjects the first has a clause of its own if a participle with an object hangs on it. (10) "The front, designated a sect
by Kito, said S": a participle between commas behind a name is said of the name, which says S. (11) "He said S, the radio
reported": the later verb reports the earlier. (12) "pressed X to leave": an infinitive behind the one who is pressed is
what is asked, no purpose. It changes no text and no offset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from khabar.lexicon.cues import Cues
from khabar.lexicon.entities import EntityWords
from khabar.lexicon.whole import Lexicon
from khabar.model.mentions import Kind
from khabar.read.headline_grammar import headline_grammar
from khabar.read.homographs import headline_verb
from khabar.read.objects import object_rules
from khabar.read.tokens import Parse, Token, mended
from khabar.read.verdicts import charged, found_guilty

Rule = Callable[[Parse, Token], Iterator[tuple[int, Token]]]
FINITE = frozenset({"VBD", "VBZ", "VBP"})
AROUND, AROUND_TAGS = ("aux", "advmod", "neg"), ("RB", "VBZ", "VBD", "VBP")
"""what stands between a subject and its verb"""
QUOTES = frozenset({"”", '"', "''", "’"})
SUBJECT = ("nsubj", "nsubjpass", "expl", "csubj")
CONJOINING = frozenset({"since", "after", "before", "until", "till"})
FEWEST = 3
"""tokens before a verb that has a phrase and a subject in front"""


def reported(parse: Parse, lexicon: Lexicon) -> Parse:
    """The parse with its known mistakes around verbs of speech undone."""
    rules, by_label = _by_tag(lexicon), _by_label(lexicon)
    changes: dict[int, Token] = {}
    for sentence in parse.sentences:
        changes.update(headline_verb(parse, sentence, lexicon.classes))
        changes.update(headline_grammar(parse, sentence, lexicon.classes))
        for token in parse.in_sentence(sentence):
            for rule in rules.get(token.tag[:1], ()):
                for i, changed in rule(parse, token):
                    changes.setdefault(i, changed)
            for rule in by_label.get(token.dep, ()):
                for i, changed in rule(parse, token):
                    changes.setdefault(i, changed)
    return mended(parse, changes)


def _by_tag(lexicon: Lexicon) -> dict[str, tuple[Rule, ...]]:
    """The rules by the first letter of the tags that they can hold of, so that most words are asked nothing."""
    classes, words = lexicon.classes, lexicon.entities
    verbs = (
        partial(_accused, classes.accusing),
        partial(_outermost, words.speech),
        partial(_adding, words.speech),
        partial(_listed, words.speech),
        partial(_pressed, classes.pressing),
    )
    nouns = tuple(partial(rule, classes.tellings) for rule in (_squeezed, _renamed))
    return {
        "V": (*verbs, _told, _told_first, _citing, _fronted, _described, _parted, _inverted),
        "N": (*nouns, _named, _noun_root, _dated_before),
        "I": (_accused_of, partial(charged, lexicon), _dated_before),
        "R": (_dated_before,),
        "W": (partial(_which, words),),
    }


def _by_label(lexicon: Lexicon) -> dict[str, tuple[Rule, ...]]:
    """The rules by the label of the tokens that they can hold of."""
    doing = partial(_doing, lexicon.classes.doing, lexicon.classes.ending, lexicon.gerunds)
    objects = object_rules(lexicon.classes)
    found, when = partial(found_guilty, lexicon.classes), partial(_said_when, lexicon.entities.speech)
    return {
        **objects,
        "ccomp": (found, *objects.get("ccomp", ())),
        "conj": (partial(_goes_on, lexicon.cues), *objects.get("conj", ())),
        "amod": (doing, partial(_finite_before, lexicon.entities.speech)),
        "prep": (when, *objects.get("prep", ())),
        "npadvmod": (when, *objects.get("npadvmod", ())),
        "compound": (doing,),
        "xcomp": (doing, *objects["xcomp"]),
    }


def _told(parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "told him a clerk alleged that S"."""
    hearer, noun = parse.kid(verb.i, "dative"), parse.kid(verb.i, "dobj")
    clause = parse.kid(noun.i, "acl") if hearer is not None and noun is not None else None
    if noun is None or clause is None or clause.tag not in ("VBN", "VBD") or parse.kid(clause.i, "ccomp") is None:
        return
    yield clause.i, replace(clause, pos="VERB", tag="VBD", dep="ccomp", head=verb.i)
    yield noun.i, replace(noun, dep="nsubj", head=clause.i)


def _accused(accusing: frozenset[str], parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "Chad accused of arming rebels"."""
    if verb.lemma not in accusing or verb.tag not in ("VBN", "VBD") or parse.kid(verb.i, "dobj", "aux", "auxpass"):
        return
    subject = parse.kid(verb.i, "nsubj")
    after = parse.tokens[verb.i + 1] if verb.i + 1 < len(parse.tokens) else verb
    if subject is not None and after.lower == "of":
        yield verb.i, replace(verb, tag="VBN")
        yield subject.i, replace(subject, dep="nsubjpass")


def _pressed(pressing: frozenset[str], parse: Parse, inner: Token) -> Iterator[tuple[int, Token]]:
    """ "pressed the junta to let observers in"."""
    verb = parse.tokens[inner.head]
    if inner.dep != "advcl" or verb.lemma not in pressing or inner.tag != "VB" or inner.i < verb.i:
        return
    to = parse.kid(inner.i, "aux")
    if to is None or to.tag != "TO" or parse.tokens[to.i - 1].text == "," or parse.kid(inner.i, "mark", "nsubj"):
        return
    if parse.kid(verb.i, "dobj") is not None and parse.kid(verb.i, "xcomp", "ccomp") is None:
        yield inner.i, replace(inner, dep="xcomp")


def _parted(parse: Parse, said: Token) -> Iterator[tuple[int, Token]]:
    """ "Police believe, a spokesman said, that S"."""
    clause, first = parse.kid(said.i, "ccomp"), parse.tokens[said.head]
    if said.dep not in ("parataxis", "ccomp") or clause is None or parse.kid(first.i, "ccomp") not in (None, said):
        return
    mark = parse.kid(clause.i, "mark")
    fenced = parse.tokens[said.i + 1].text == "," if said.i + 1 < len(parse.tokens) else False
    if first.i < said.i < clause.i and mark is not None and mark.lower == "that" and mark.i == said.i + 2 and fenced:
        yield clause.i, replace(clause, head=first.i)
        yield said.i, replace(said, dep="parataxis")


def _named(parse: Parse, name: Token) -> Iterator[tuple[int, Token]]:
    """ "Xinhua, citing the Post, said"."""
    verb = parse.tokens[name.head]
    if name.dep != "npadvmod" or name.tag not in ("NNP", "NNPS") or verb.tag not in FINITE or name.i > verb.i:
        return
    after = [t.tag for t in parse.tokens[name.i + 1 : name.i + 3]]
    if after == [",", "VBG"] and parse.kid(verb.i, *SUBJECT, "aux") is None:
        yield name.i, replace(name, dep="nsubj")


def _noun_root(parse: Parse, root: Token) -> Iterator[tuple[int, Token]]:
    """ "The diary of a conscript tells how S"."""
    subject = parse.kid(root.i, "nsubj")
    if root.dep != "ROOT" or root.tag not in ("NN", "NNS") or subject is None or subject.i > root.i:
        return
    if parse.kid(root.i, "aux", "cop", "det", "amod", "poss") is None and parse.kid(root.i, "ccomp", "dobj", "prep"):
        yield root.i, replace(root, pos="VERB", tag="VBZ" if root.tag == "NNS" else "VBP")


def _inverted(parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "“S,” recalled one deputy"."""
    if verb.tag not in FINITE or verb.i < 2 or parse.kid(verb.i, *SUBJECT, "aux", "ccomp") is not None:
        return
    marks = {parse.tokens[verb.i - 1].text, parse.tokens[verb.i - 2].text}
    subject = parse.kid(verb.i, "dobj")
    if subject is not None and subject.i > verb.i and "," in marks and marks & {"”", '"', "''"}:
        yield subject.i, replace(subject, dep="nsubj")


def _squeezed(tellings: frozenset[str], parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ ", an allegation Kito has often rejected", ", a claim Kito denied": the verb may even have become the main one."""
    tokens = parse.tokens
    if noun.lemma not in tellings or noun.i < 2 or tokens[noun.i - 1].lower not in ("a", "an", "the"):
        return
    verb, name = _who_answers(parse, noun)
    if tokens[noun.i - 2].text != "," or verb is None or name is None or verb.tag not in (*FINITE, "VBN"):
        return
    told = next((k for k in parse.kids(verb.i, "ccomp") if k.i < noun.i), None)
    whole = name.tag in ("NNP", "NNPS") or (told is not None and parse.kid(name.i, "det") is not None)
    if any(k.i not in (name.i, noun.i) for k in parse.kids(verb.i, *SUBJECT)) or not whole:
        return
    if told is not None:
        yield told.i, replace(told, dep=verb.dep, head=told.i if verb.head == verb.i else verb.head)
        for kid in parse.kids(verb.i, "parataxis"):
            if kid.i < noun.i:
                yield kid.i, replace(kid, head=told.i)
    above = told.i if told is not None else verb.head if verb.head not in (name.i, noun.i) else name.head
    yield noun.i, replace(noun, dep="parataxis", head=above)
    yield noun.i - 1, replace(tokens[noun.i - 1], head=noun.i)
    yield name.i, replace(name, dep="nsubj", head=verb.i)
    yield verb.i, replace(verb, dep="relcl", head=noun.i)


def _who_answers(parse: Parse, noun: Token) -> tuple[Token | None, Token | None]:
    """The verb behind a noun for a telling and the name between them: by the tree, or behind a noun in the name."""
    if noun.dep in ("nsubj", "dobj"):
        verb = parse.tokens[noun.head]
        between = (k for k in parse.kids(verb.i, "nsubj") if noun.i < k.i < verb.i)
        return (verb, next(between, None)) if noun.i < verb.i else (None, None)
    name = parse.tokens[noun.head]
    if noun.dep != "compound" or name.i < noun.i:
        return None, None
    after = (t for t in parse.tokens[name.i + 1 :] if t.tag not in AROUND_TAGS or t.dep not in AROUND)
    verb_behind = next(after, None)
    return (verb_behind, name) if verb_behind is not None and verb_behind.sent == name.sent else (None, None)


def _renamed(tellings: frozenset[str], parse: Parse, noun: Token) -> Iterator[tuple[int, Token]]:
    """ "…, a claim the rebels denied": in apposition, or as a second object; whoever denies may be its apposition."""
    tokens = parse.tokens
    second = noun.dep == "dobj" and any(k.i < noun.i for k in parse.kids(noun.head, "dobj"))
    if noun.lemma not in tellings or not (noun.dep == "appos" or second) or tokens[noun.head].lemma in tellings:
        return
    if noun.i < 2 or tokens[noun.i - 1].lower not in ("a", "an") or tokens[noun.i - 2].text != ",":
        return
    who = parse.kid(noun.i, "appos")
    answer = parse.kid(who.i, "acl") if who is not None and parse.kid(who.i, "det") is not None else None
    if who is not None and answer is not None and answer.i > who.i:
        yield who.i, replace(who, dep="nsubj", head=answer.i)
        yield answer.i, replace(answer, pos="VERB", tag="VBD", dep="relcl", head=noun.i)
        for by in parse.kids(answer.i, "agent"):  # "denied by telephone"
            yield by.i, replace(by, dep="prep")
    if answer is not None or parse.kid(noun.i, "relcl", "acl"):
        root = next(t for t in parse.in_sentence(parse.sentences[noun.sent]) if t.head == t.i)
        yield noun.i, replace(noun, dep="parataxis", head=root.i)


def _told_first(parse: Parse, said: Token) -> Iterator[tuple[int, Token]]:
    """ "Suspected rebels killed nine soldiers on Tuesday, two sources said"."""
    subjects = list(parse.kids(said.i, "nsubj"))
    if len(subjects) < 2 or subjects[-1].i > said.i:
        return
    verb = _active(parse, subjects[0])
    if verb is None:
        return
    first = min(parse.subtree(subjects[1].i))
    if verb.i < first and parse.tokens[first - 1].text == ",":
        yield verb.i, replace(verb, pos="VERB", tag="VBD", dep="ccomp", head=said.i)
        yield subjects[0].i, replace(subjects[0], head=verb.i)
        for kid in parse.kids(said.i, "prep", "npadvmod", "advmod"):
            if verb.i < kid.i < first:
                yield kid.i, replace(kid, head=verb.i)


def _active(parse: Parse, noun: Token) -> Token | None:
    """A participle with an object on a noun or on one in its phrase ("gunmen on motorbikes killed nine"): no passive."""
    at: Token | None = noun
    while at is not None:
        verb = parse.kid(at.i, "acl")
        if verb is not None and verb.tag in ("VBN", "VBD") and parse.kid(verb.i, "dobj") is not None:
            return verb if parse.kid(verb.i, "aux", "agent") is None else None
        link = parse.kid(at.i, "prep")
        at = parse.kid(link.i, "pobj") if link is not None else None
    return None


def _fronted(parse: Parse, said: Token) -> Iterator[tuple[int, Token]]:
    """ "In a statement on Monday, army spokesman General X said S": the subject hung on the phrase before it."""
    if said.tag not in FINITE or said.i < FEWEST or parse.kid(said.i, *SUBJECT, "aux") is not None:
        return
    phrase = next((k for k in parse.kids(said.i, "prep") if k.i < said.i), None)
    if phrase is None:
        return
    for noun in (parse.tokens[k] for k in parse.subtree(phrase.i)):
        own = parse.subtree(noun.i) if noun.dep in ("appos", "conj") else []
        if own and own[-1] == said.i - 1 and own[0] > 0 and parse.tokens[own[0] - 1].text == ",":
            yield noun.i, replace(noun, dep="nsubj", head=said.i)
            return


def _doing(
    doing: frozenset[str], ending: frozenset[str], gerunds: Mapping[str, str], parse: Parse, gerund: Token
) -> Iterator[tuple[int, Token]]:
    """ "denied hitting civilians", "to stop bombing villages": a gerund right behind its verb, taken for a modifier of its
    own object or for a noun.
    """
    noun = parse.tokens[gerund.head]
    if gerund.tag not in ("VBG", "NN") or not gerund.lower.endswith("ing"):
        return
    gerund = replace(gerund, lemma=gerunds.get(gerund.lower, gerund.lemma))
    if (
        gerund.tag == "NN"
        and gerund.dep == "xcomp"
        and parse.kid(gerund.i, "dobj") is not None
        and noun.i == gerund.i - 1
    ):
        yield gerund.i, replace(gerund, pos="VERB", tag="VBG")
        return
    verb = parse.tokens[noun.head]
    if gerund.dep not in ("amod", "compound") or noun.dep != "dobj" or verb.i != gerund.i - 1:
        return
    if verb.lemma in (doing if gerund.tag == "VBG" else ending) and parse.kid(noun.i, "det", "poss") is None:
        yield gerund.i, replace(gerund, pos="VERB", tag="VBG", dep="xcomp", head=verb.i)
        yield noun.i, replace(noun, head=gerund.i)


def _adding(speech: frozenset[str], parse: Parse, saying: Token) -> Iterator[tuple[int, Token]]:
    """ "The staff denied that it had fallen, saying S": who goes on is who spoke."""
    clause = parse.tokens[saying.head]
    said = parse.tokens[clause.head]
    if saying.tag != "VBG" or saying.dep != "advcl" or saying.lemma not in speech or clause.dep != "ccomp":
        return
    if parse.tokens[saying.i - 1].text == "," and said.i < clause.i and parse.kid(said.i, "nsubj") is not None:
        yield saying.i, replace(saying, head=said.i)


def _citing(parse: Parse, citing: Token) -> Iterator[tuple[int, Token]]:
    """ "The Post, citing two officials, reported that S": the participle became the verb, the verb a word of its object."""
    above, cited = parse.tokens[citing.head], parse.kid(citing.i, "dobj")
    noun = (
        above if above.head == above.i and above.pos in ("NOUN", "PROPN") and citing.dep in ("acl", "advcl") else None
    )
    subject = parse.kid(citing.i, "nsubj") if above.i == citing.i else noun
    said = parse.kid(cited.i, "acl") if cited is not None else None
    if citing.tag != "VBG" or subject is None or said is None or parse.kid(citing.i, "aux"):
        return
    fenced = parse.tokens[citing.i - 1].text == "," == parse.tokens[said.i - 1].text
    if fenced and said.tag in ("VBN", "VBD") and parse.kid(said.i, "ccomp", "dobj") is not None:
        yield said.i, replace(said, pos="VERB", tag="VBD", dep="ROOT", head=said.i)
        yield citing.i, replace(citing, dep="advcl", head=said.i)
        yield subject.i, replace(subject, dep="nsubj", head=said.i)


def _which(words: EntityWords, parse: Parse, pronoun: Token) -> Iterator[tuple[int, Token]]:
    """ "200 men near the airport, which was closed": no men are which, but what stands before the comma is."""
    clause = parse.tokens[pronoun.head]
    noun = parse.tokens[clause.head]
    if pronoun.lower != "which" or pronoun.tag != "WDT" or clause.dep != "relcl" or pronoun.i < FEWEST:
        return
    comma, near = parse.tokens[pronoun.i - 1], parse.tokens[pronoun.i - 2]
    person = words.head(noun.lower, noun.lemma)
    thing = words.head(near.lower, near.lemma)
    if comma.text != "," or near.pos != "NOUN" or near.i <= noun.i or person is None or person.kind is not Kind.PER:
        return
    if thing is None or thing.kind is not Kind.PER:
        yield clause.i, replace(clause, head=near.i)


def _dated_before(parse: Parse, time: Token) -> Iterator[tuple[int, Token]]:
    """ "left last year after the junta had ordered it": the day before a conjunction is the first clause's."""
    clause = parse.tokens[time.head]
    if time.dep not in ("npadvmod", "advmod", "prep") or clause.dep != "advcl" or clause.head > time.i:
        return
    mark = parse.kid(clause.i, "mark")
    if mark is not None and time.i < mark.i and time.ent in ("DATE", "TIME"):
        yield time.i, replace(time, head=clause.head)


def _goes_on(cues: Cues, parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "said X had been freed, and threatened to attack", "estimates that gangs hold it and recommends that S": a verb of
    speech that has the form of the first verb of speech, and not of the one before it, goes on with the first.
    """
    inner = parse.tokens[verb.head]
    said = parse.tokens[inner.head]
    if verb.tag not in ("VBD", "VBZ") or said.tag != verb.tag or inner.dep != "ccomp" or not said.i < inner.i < verb.i:
        return
    joint = next((k for k in parse.kids(inner.i, "cc") if inner.i < k.i < verb.i), None)
    own = parse.kid(verb.i, *SUBJECT, "aux", "auxpass") is not None
    if joint is None or own or cues.get(verb.lemma, "verb") is None or parse.kid(said.i, "nsubj") is None:
        return
    apart = parse.tokens[joint.i - 1].text == "," and inner.tag in ("VB", "VBN")
    if apart or (verb.tag == "VBZ" and inner.tag == "VBP"):
        yield verb.i, replace(verb, head=said.i)
        yield joint.i, replace(joint, head=said.i)


def _said_when(speech: frozenset[str], parse: Parse, time: Token) -> Iterator[tuple[int, Token]]:
    """ "said on Monday his troops had left": a day right behind the verb of speech is when it was said."""
    clause = parse.tokens[time.head]
    said = parse.tokens[clause.head]
    first = min(parse.subtree(time.i))
    dated = time.ent in ("DATE", "TIME") or any(k.ent in ("DATE", "TIME") for k in parse.kids(time.i, "pobj"))
    if dated and clause.dep == "ccomp" and said.lemma in speech and said.i == first - 1 and clause.i > time.i:
        yield time.i, replace(time, head=said.i)


def _finite_before(speech: frozenset[str], parse: Parse, verb: Token) -> Iterator[tuple[int, Token]]:
    """ "since the military seized power", "says a ship rammed vessel": a past tense before a noun is a verb, what stands
    before it its subject.
    """
    noun, subject = parse.tokens[verb.head], parse.tokens[verb.i - 1]
    above = parse.tokens[noun.head]
    told = noun.dep == "dobj" and above.lemma in speech and above.i < subject.i
    joined = noun.dep == "pobj" and above.lower in CONJOINING
    if verb.tag != "VBD" or noun.i < verb.i or noun.pos != "NOUN" or not (told or joined):
        return
    own = subject.head == verb.i and subject.dep == "nsubj"
    if not own and (subject.head != noun.i or subject.dep not in ("amod", "compound")):
        return
    yield verb.i, replace(verb, pos="VERB", dep="ccomp" if told else "pcomp", head=above.i)
    yield subject.i, replace(subject, pos="PROPN" if subject.pos == "PROPN" else "NOUN", dep="nsubj", head=verb.i)
    yield noun.i, replace(noun, dep="dobj", head=verb.i)
    for kid in parse.kids(noun.i):
        if kid.i < subject.i or (kid.dep == "prep" and kid.lower != "of"):
            yield kid.i, replace(kid, head=subject.i if kid.i < subject.i else verb.i)


def _accused_of(parse: Parse, link: Token) -> Iterator[tuple[int, Token]]:
    """ "accused the army in April of executing them": no month and no place is of a doing."""
    noun = parse.tokens[link.head]
    place = parse.tokens[noun.head]
    dated = (
        noun.dep == "pobj"
        and place.dep == "prep"
        and (noun.tag in ("NNP", "NNPS", "CD") or noun.ent in ("DATE", "TIME"))
    )
    if dated and link.dep == "prep" and link.lower == "of" and parse.kid(link.i, "pcomp") is not None:
        yield link.i, replace(link, head=place.head)


def _listed(speech: frozenset[str], parse: Parse, said: Token) -> Iterator[tuple[int, Token]]:
    """ "freed a man wanted by Velia, police and an official said": who speaks was taken for the rest of a list."""
    if said.lemma not in speech or said.tag not in FINITE or said.i < FEWEST or parse.kid(said.i, *SUBJECT) is not None:
        return
    first = parse.tokens[said.i - 1]
    told = parse.kid(said.i, "ccomp")
    if told is None or told.i > said.i or first.pos not in ("NOUN", "PROPN"):
        return
    while first.dep == "conj":
        start = min(parse.subtree(first.i))
        if parse.tokens[start - 1].text == ",":
            yield first.i, replace(first, dep="nsubj", head=said.i)
            return
        first = parse.tokens[first.head]


def _described(parse: Parse, said: Token) -> Iterator[tuple[int, Token]]:
    """ "The PKK, designated a terrorist group by Turkey, said S"."""
    told = list(parse.kids(said.i, "ccomp"))
    if said.tag not in FINITE or len(told) != 2 or not told[0].i < said.i < told[1].i or parse.kid(said.i, *SUBJECT):
        return
    aside, tokens = told[0], parse.tokens
    subject = parse.kid(aside.i, "nsubj")
    if subject is None or aside.tag not in ("VBD", "VBN") or parse.kid(aside.i, "aux") is not None:
        return
    if tokens[subject.i + 1].text == "," == tokens[said.i - 1].text:
        yield subject.i, replace(subject, head=said.i)
        yield aside.i, replace(aside, tag="VBN", dep="acl", head=subject.i)


def _outermost(speech: frozenset[str], parse: Parse, late: Token) -> Iterator[tuple[int, Token]]:
    """ "She said S, the radio reported", "“S,” he said, recalled one aide"."""
    said, tokens = parse.tokens[late.head], parse.tokens
    if late.dep != "ccomp" or said.head != said.i or late.i < said.i or late.tag not in FINITE:
        return
    subject = parse.kid(late.i, "nsubj") or parse.kid(late.i, "dobj")  # "recalled one aide": `_inverted` says so
    if not {late.lemma, said.lemma} <= speech or subject is None or parse.kid(late.i, "mark", "aux") is not None:
        return
    first = min(late.i, *parse.subtree(subject.i))
    before = next((t for t in reversed(tokens[:first]) if t.text not in QUOTES), late)
    inner = next(
        (k for k in (*parse.kids(late.i, "ccomp"), *parse.kids(said.i, "ccomp")) if said.i < k.i < first), None
    )
    if before.text == "," and inner is not None and parse.kid(said.i, "nsubj") is not None:
        yield late.i, replace(late, dep="ROOT", head=late.i)
        yield said.i, replace(said, dep="ccomp", head=late.i)
        yield inner.i, replace(inner, dep="ccomp", head=said.i)

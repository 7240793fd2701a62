"""Verb cues to drafts: "X said that …", "…, said X", "X accused Y of …", "is believed to …", "denied the attack".

In: a verb that the lexicon lists as a cue, with its frames. Out: one draft, or two where the source has the news from
another ("heard from a sergeant that"). The content is found frame by frame: complement clause, infinitive, gerund after a
preposition, parenthetical ("…, he insisted, …"), quotation, event noun. Terms: PARC. It does not read cues that are
nouns, adverbs or prepositions (``hearsay.py``).
"""

from __future__ import annotations

from collections.abc import Iterator

from khabar.lexicon.cues import Cue
from khabar.read.drafts import Draft, Ground
from khabar.read.headlines import speaks
from khabar.read.quotes import quote_at
from khabar.read.regards import complements
from khabar.read.syntax import RELATIVES, SUBJECTS, conjuncts, is_passive
from khabar.read.tokens import Token
from khabar.read.truth import calls_true_or_false
from khabar.read.turns import of_whole_clause

GERUND_FRAMES = ("of", "for", "as", "about", "with", "to", "in")
WH = frozenset({"whether", "if", "who", "what", "why", "how", "when", "where", "which", "whom", "whose"})
SHORTEST_SPEECH = 4
"""tokens, marks included, from which a quotation is speech and not a scare quote"""
CONCEDING = frozenset({"though", "although", "while", "whereas"})
LONGEST_TITLE = 10
"""tokens up to which a quotation beside a verb with its own object is a title or a name"""
FAR_COLON = 12
HOLDERS = ("dobj", "attr", "oprd", "prep", "xcomp", "advcl")
"""dependents of a cue that may hold the quotation"""
POINTERS = frozenset({"this", "that", "it", "which"})
ANSWERS = frozenset({"deny", "doubt", "admit"})
"""stances towards what somebody else has said"""
CLOSING_STANCES = frozenset({"assert", "allege", "admit", "believe"})
"""of cues that may close a sentence that the parser did not hang on them"""


def verb_drafts(ground: Ground, i: int, cue: Cue) -> Iterator[Draft]:
    """The attributions whose cue is the verb at token i."""
    found = next((c for c in _contents(ground, i, cue) if c[1]), None)
    if found is None or (cue.source == "object" and found[0] != "as"):
        return
    frame, content = found
    stance = _stance(ground, i, cue, (frame, content))
    sources = _sources(ground, i, cue, frame)
    cue_tokens = (i, *(k.i for k in ground.parse.kids(i, "prt")))
    aside = _aside(ground, i, judged=frame == "object")
    own = frozenset().union(*(ground.subtree(s) for s in sources if s not in ground.subtree(i) or s > min(content)))
    aside = frozenset() if content <= aside else aside  # "were told by soldiers that S", hung on the soldiers
    content = content - set(cue_tokens) - aside - _comment(ground, i, content)
    content = content - own if content - own else content
    if not content or _nobody_speaks(ground, i, sources):
        return
    teller = _teller(ground, i, cue)
    draft = Draft(
        cue=cue_tokens, lemma=cue.lemma, stance=stance, sources=sources, content=content, rule=f"verb/{frame}"
    )
    yield draft
    if teller:
        yield Draft(
            cue=cue_tokens, lemma=cue.lemma, stance=stance, sources=teller, content=content, rule="verb/from", under=i
        )


def _teller(ground: Ground, i: int, cue: Cue) -> tuple[int, ...]:
    """ "heard from a guard that S", "they learned from a guard": the source has it from somebody."""
    if cue.source == "from":
        return ground.syntax.slots(i).get("from", ())
    heard = cue.stance in ("hearsay", "know") and not is_passive(ground.parse, i)
    return tuple(s for s in ground.syntax.slots(i).get("from", ()) if speaks(ground, s)) if heard else ()


def _nobody_speaks(ground: Ground, i: int, sources: tuple[int, ...]) -> bool:
    """ "It is worth noting that S", "it follows that S": the subject stands for the clause; the writer speaks."""
    mentions = [ground.mentions.get(s) for s in sources]
    empty = [m is None or m.antecedent_id is None for m in mentions]
    words = [ground.parse.tokens[s].lower for s in sources]
    return bool(sources) and words == ["it"] and all(empty) and not is_passive(ground.parse, i)


def _stance(ground: Ground, i: int, cue: Cue, found: tuple[str, frozenset[int]]) -> str:
    """The cue's stance; "repeated his claim that S" holds S as the noun does."""
    frame, content = found
    inside = [quote_at(ground.quotes, ground.parse.tokens[k].start) is not None for k in (*content, i)]
    quoted = frame == "clause" and all(inside[:-1]) and not inside[-1]
    stance = cue.stance_in("quote" if quoted and "quote" in cue.frames else frame)
    if frame != "object" or stance not in ("assert", "admit"):
        return stance
    top = min(content, key=lambda k: ground.parse.tokens[k].head in content)
    noun = ground.cues.get(ground.parse.tokens[top].lemma, "noun")
    return noun.stance if noun is not None else stance


def _comment(ground: Ground, cue: int, content: frozenset[int]) -> frozenset[int]:
    """ "urged X to leave, which means that S", "armed the rebels, which X denies", "…, a claim X denies": what is said of
    the whole statement behind a comma is the writer's.
    """
    apart = (ground.subtree(i) for i in content if _of_statement(ground, ground.parse.tokens[i]))
    return frozenset().union(*(own for own in apart if cue not in own))


def _of_statement(ground: Ground, token: Token) -> bool:
    parse, classes = ground.parse, ground.classes
    if token.dep == "relcl":
        subject, thing = parse.kid(token.i, "nsubj"), parse.kid(token.i, "dobj")
        means = token.lemma in classes.signifying and subject is not None and subject.lower == "which"
        whole = thing is not None and thing.lower == "which" and parse.tokens[thing.i - 1].text == ","
        judged = whole and calls_true_or_false(ground, token.i)
        return means or judged or (thing is not None and of_whole_clause(parse, thing, ground.words))
    if token.lemma not in classes.tellings or token.dep not in ("appos", "npadvmod", "parataxis"):
        return False
    first = min(parse.subtree(token.i))
    clauses = tuple(parse.kids(token.i, "relcl", "acl"))
    answers = (ground.verb_cue(k.i) for k in clauses)
    said = any(c is not None and c.stance in ANSWERS for c in answers) or any(
        calls_true_or_false(ground, k.i) for k in clauses
    )
    return parse.tokens[first - 1].text == "," and said


def _contents(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """(frame, content) in order of preference."""
    yield from _after_colon(ground, i, cue)
    yield from _clauses(ground, i, cue)
    yield from _two_subjects(ground, i, cue)
    yield from _parenthetical(ground, i, cue)
    yield from _misread_relative(ground, i, cue)
    yield from _gerunds(ground, i, cue)
    yield from _answered(ground, i, cue)
    yield from _quoted(ground, i, cue)
    yield from _event_objects(ground, i, cue)
    yield from _before(ground, i, cue)
    yield from _trailing(ground, i, cue)


def _clauses(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """Complement clauses and infinitives."""
    parse = ground.parse
    for kid in parse.kids(i, "ccomp", "xcomp", "advcl", "acl"):
        mark = parse.kid(kid.i, "mark")
        if mark is not None and mark.lower == "for" and cue.frames & {"for", "obj_to", "to"}:
            yield "obj_to" if "obj_to" in cue.frames else "for", ground.subtree(kid.i) - {mark.i}
            continue
        if kid.i < i and (any(t.text == ";" for t in parse.tokens[kid.i : i]) or _participle(ground, kid)):
            continue
        if kid.dep in ("advcl", "acl") and not (mark is not None and mark.lower == "that"):
            continue
        frame = _frame(ground, kid, i)
        if frame == "clause" and not cue.frames & {"clause", "quote", "pred"}:
            continue
        if frame == "gerund" and "object" in cue.frames:
            yield "object", ground.subtree(kid.i)
        elif frame in ("to", "obj_to") and cue.frames & {"to", "obj_to"}:
            slots = ground.syntax.slots(i)
            told = slots.get("obj", ()) + tuple(h for w in ("on", "to", "upon") for h in slots.get(w, ()))
            subject = told if frame == "obj_to" or "on" in slots else ()
            inner = frozenset().union(*(ground.subtree(s) for s in subject if s > i or is_passive(parse, i)))
            taken = frame if frame in cue.frames else "to" if "to" in cue.frames else "obj_to"
            yield taken, ground.subtree(kid.i) | inner
        elif frame in ("clause", "wh") and (frame in cue.frames or frame == "clause"):
            name = "quote" if frame == "clause" and "clause" not in cue.frames else frame
            yield name, ground.subtree(kid.i) | _tail(ground, i, kid)


def _participle(ground: Ground, clause: Token) -> bool:
    """ "Asked if he would go, the minister said": what stands before the cue without a subject of its own is no speech."""
    return clause.tag in ("VBN", "VBG") and not ground.parse.kid(clause.i, "aux", "auxpass", *SUBJECTS, "nsubjpass")


def _frame(ground: Ground, clause: Token, cue: int) -> str:
    """What kind of complement a clause is."""
    parse = ground.parse
    if any(k.tag == "TO" for k in parse.kids(clause.i, "aux")):
        own = parse.kid(clause.i, *SUBJECTS, "nsubjpass")
        return "obj_to" if own is not None or parse.kid(cue, "dobj") or is_passive(parse, cue) else "to"
    first = min(parse.subtree(clause.i))
    if parse.tokens[first].lower in WH and first > cue:
        return "wh"
    if clause.tag == "VBG" and not parse.kid(clause.i, "aux", *SUBJECTS, "nsubjpass"):
        return "gerund"
    return "clause"


def _two_subjects(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """Headlines: "Nine soldiers killed in ambush, army says": the first of two subjects is what is said."""
    subjects = list(ground.parse.kids(i, "nsubj", "nsubjpass"))
    if len(subjects) > 1 and subjects[-1].i < i and "clause" in cue.frames:
        between = ground.parse.tokens[max(ground.subtree(subjects[0].i)) + 1]
        if between.text == ",":
            yield "clause", ground.subtree(subjects[0].i)


def _tail(ground: Ground, i: int, clause: Token) -> frozenset[int]:
    """ "Men had come over, its report went on, and stolen the seed": conjuncts of a late cue belong to the content."""
    if clause.i > i:
        return frozenset()
    late = [k for k in ground.parse.kids(i, "conj") if k.i > i and ground.parse.kid(k.i, *SUBJECTS) is None]
    return frozenset().union(*(ground.subtree(k.i) for k in late)) if _comma_after_cue(ground, i) else frozenset()


def _comma_after_cue(ground: Ground, i: int) -> bool:
    """Whether the cue clause, with its subject and particle, closes with a comma."""
    own = {i, *(k.i for k in ground.parse.kids(i, "prt", "nsubj", "dobj"))}
    last = max(own) + 1
    return last < len(ground.parse.tokens) and ground.parse.tokens[last].text == ","


def _parenthetical(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "His troops, he insisted, had left": the cue hangs on the clause that it reports."""
    token = ground.parse.tokens[i]
    if token.dep not in ("parataxis", "ccomp", "dep", "intj", "advcl") or not cue.frames & {"clause", "quote"}:
        return
    mark = ground.parse.kid(i, "mark")
    told = ground.parse.kid(i, "dobj")
    somebody = told is not None and (ground.mentions.get(told.i) is not None or told.tag == "NNS")  # "told reporters"
    heard = told is None or ("obj_to" in cue.frames and told.lower != "it" and somebody)
    if token.head == i or not ground.parse.kid(i, *SUBJECTS, "nsubjpass") or not heard:
        return
    if token.dep == "ccomp" and token.head < i and ground.verb_cue(token.head) is not None:
        return  # "who he said confessed": what he said
    passive = ground.parse.kid(i, "nsubjpass")
    if passive is not None and passive.lower != "it":
        return  # "the fleet was attacked, it was claimed": no cue of its own clause
    if (mark.lower != "as") if mark is not None else token.dep == "advcl":
        return
    own, tokens = ground.subtree(i), ground.parse.tokens
    before, after = min(own) - 1, max(own) + 1
    other = mark is not None and any(k > i and tokens[k].lower == "that" for k in own)  # "as X hinted again that T"
    if other or (mark is not None and ground.cues.stances[cue.stance].realis is not None):
        return  # "the dam broke, as engineers had feared": it came true
    opens = before < ground.parse.sentences[token.sent].first
    fenced = (opens or tokens[before].text in ',—–-”"') and (after >= len(tokens) or tokens[after].text in ',.—–-“"')
    if token.dep == "parataxis" or fenced:
        yield "clause", ground.subtree(token.head) - own - _conceded(ground, token)


def _conceded(ground: Ground, cue: Token) -> frozenset[int]:
    """ "S, two envoys said, though one of them cautioned that T": what the writer sets against it is not theirs."""
    parse = ground.parse
    against = (
        k
        for k in parse.kids(cue.head, "advcl")
        if k.i > cue.i and (mark := parse.kid(k.i, "mark")) and mark.lower in CONCEDING and ground.verb_cue(k.i)
    )
    return frozenset().union(*(ground.subtree(k.i) for k in against))


def _misread_relative(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "told officers they had crossed": a clause without that, taken for a relative of the one who is told."""
    if "clause" not in cue.frames:
        return
    told = [k.i for k in ground.parse.kids(i, "dobj", "dative")]
    told += [h for word in ("to", "from") for h in ground.syntax.slots(i).get(word, ())]
    parse, agents = ground.parse, {by.i for by in ground.parse.kids(i, "agent")}
    told += [k.i for by in agents for k in parse.kids(by, "pobj")]
    for hearer in (ground.parse.tokens[h] for h in told):
        for clause in ground.parse.kids(hearer.i, "relcl", "acl", "ccomp"):
            own = ground.parse.kid(clause.i, *SUBJECTS, "nsubjpass")
            that = hearer.head not in agents or parse.kid(clause.i, "mark") is not None
            if own is not None and own.tag not in ("WDT", "WP") and own.i > hearer.i and that:
                yield "clause", ground.subtree(clause.i)


def _answered(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "a charge Kito denied, saying …": the noun, whatever is quoted behind it."""
    token = ground.parse.tokens[i]
    above = ground.parse.tokens[token.head]
    if token.dep == "relcl" and above.lemma in ground.classes.tellings and cue.stance_in("object") in ANSWERS:
        yield "object", ground.subtree(above.i) - ground.subtree(i)


def _gerunds(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "accused X of doing", "blamed X for the attack", "quoted X as saying"."""
    parse = ground.parse
    hosts = (i, *(c for k in parse.kids(i, "dobj") for c in conjuncts(parse, k.i)))
    for host in hosts:
        for kid in parse.kids(host, "prep"):
            if (
                kid.lower not in GERUND_FRAMES
                or kid.lower not in cue.frames
                or (kid.lower, cue.stance) == ("about", "ask")
                or (kid.lower == "to" and cue.stance not in ("admit", "deny"))
            ):
                continue
            inner = ground.subtree(kid.i) - {kid.i}
            target = parse.kid(kid.i, "pcomp", "pobj")
            if target is None:
                continue
            verbal = target.dep == "pcomp" or any(
                k.tag == "VBG" for k in parse.kids(target.i, "amod", "compound", "acl")
            )
            if verbal or kid.lower == "as" or ground.is_event(target.i):
                accused = ground.syntax.slots(i).get("obj", ()) if kid.lower == "as" else ()
                yield kid.lower, inner | frozenset().union(*(ground.subtree(a) - inner - {kid.i} for a in accused))


def _quoted(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """The quotation in the cue's sentence; where it stands inside a complement of the cue, that complement."""
    if "quote" not in cue.frames:
        return
    parse, token = ground.parse, ground.parse.tokens[i]
    subject = parse.kid(i, *SUBJECTS)
    if subject is not None and _happens(ground, subject):
        return
    words = frozenset(
        k
        for k in ground.sentence(i)
        if (q := quote_at(ground.quotes, parse.tokens[k].start)) is not None and not q.start <= token.start < q.end
    )
    if not words:
        return
    held = [(len(words & own), kid.i, own) for kid in parse.kids(i, *HOLDERS) if words & (own := ground.subtree(kid.i))]
    if held:
        yield "quote", max(held)[2] | _judged_object(ground, i)
    elif len(words) >= (LONGEST_TITLE if parse.kid(i, "dobj", "prep") else SHORTEST_SPEECH):
        yield "quote", words


def _happens(ground: Ground, subject: Token) -> bool:
    """ "the operation would go on": what happens does not speak; a statement or a claim does."""
    telling = subject.lemma in ground.words.documents or subject.lemma in ground.classes.tellings
    return not telling and any(row.event_type for row in ground.triggers.get((subject.lemma, "noun"), ()))


def _trailing(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "S, the minister said on Tuesday.": a cue clause after a comma that ends the sentence, hung anywhere."""
    parse = ground.parse
    subject = parse.kid(i, *SUBJECTS)
    if "clause" not in cue.frames or cue.stance not in CLOSING_STANCES:
        return  # "a rise many blame on him"
    if subject is None or subject.i > i or parse.kid(i, "ccomp"):
        return
    if subject.tag in RELATIVES or _happens(ground, subject):
        return  # "blamed the front, which has not commented", "although they had left, talks went on"
    told = parse.kid(i, "dobj")
    if told is not None and not (
        "obj_to" in cue.frames and ground.mentions.get(told.i)
    ):  # "…, a source told the agency"
        return
    sentence = parse.sentences[parse.tokens[i].sent]
    first = min(ground.subtree(subject.i))
    last = max(k for k in ground.subtree(i) if parse.tokens[k].pos != "PUNCT")
    rest = [t for t in parse.tokens[last + 1 : sentence.last] if t.pos != "PUNCT"]
    if first - 1 > sentence.first and parse.tokens[first - 1].text == "," and not rest:
        yield "clause", frozenset(range(sentence.first, first - 1))


def _before(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "“Did he bomb it?” a lawyer asked.": the quotation ended its own sentence, the cue stands in the next."""
    tokens = ground.parse.tokens
    first = tokens[ground.parse.sentences[tokens[i].sent].first]
    if ground.parse.tokens[i].dep in ("relcl", "acl", "advcl"):
        return
    quote = next((q for q in ground.quotes if 0 <= first.start - q.end <= 1 or q.end == first.end), None)
    if quote is not None and "\n" in ground.parse.text[quote.end : first.start]:
        return  # another paragraph
    if "quote" in cue.frames and quote is not None and ground.parse.text[quote.end - 2] in "?!.,":
        yield "quote", frozenset(t.i for t in tokens if quote.start <= t.start < quote.end)


def _judged_object(ground: Ground, i: int) -> frozenset[int]:
    """ "called the plan 'reckless'": what is judged belongs to the judgement."""
    if ground.parse.kid(i, "oprd") is None:
        return frozenset()
    return frozenset().union(*(ground.subtree(k.i) for k in ground.parse.kids(i, "dobj")))


def _after_colon(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "He added: S": what follows the colon that closes the cue's clause."""
    if not cue.frames & {"quote", "clause"}:
        return
    tokens, last = ground.parse.tokens, ground.parse.sentences[ground.parse.tokens[i].sent].last
    colon = next((k for k in range(i + 1, min(i + FAR_COLON, last)) if tokens[k].text == ":"), None)
    if colon is not None and not any(t.pos == "VERB" for t in tokens[i + 1 : colon]):
        yield "colon", frozenset(range(colon + 1, last)) or _next_quote(ground, tokens[colon].end)


def _next_quote(ground: Ground, at: int) -> frozenset[int]:
    """The quotation that opens right after an offset."""
    after = next((q for q in ground.quotes if q.start >= at), None)
    if after is None or ground.parse.text[at : after.start].strip():
        return frozenset()
    return frozenset(t.i for t in ground.parse.tokens if after.start <= t.start < after.end)


def _event_objects(ground: Ground, i: int, cue: Cue) -> Iterator[tuple[str, frozenset[int]]]:
    """ "denied the attack", "denied claims that S": an event noun, a cue noun; "shows a jet strafing": what is pictured."""
    if "object" not in cue.frames:
        return
    for head in ground.syntax.slots(i).get("obj", ()):
        handed = ground.parse.kid(i, "dative") is not None  # "showed us a school bombed in May": it stood before us
        seen = (
            (head, *ground.syntax.slots(head).get("of", ()))
            if ground.parse.tokens[head].lemma in ground.classes.pictures
            else (head,)
        )
        shown = not handed and any(k.tag in ("VBG", "VBN") for h in seen for k in ground.parse.kids(h, "acl"))
        if any(ground.parse.kid(p.i, "pcomp") for p in ground.parse.kids(head, "prep")):
            yield "object", _whole(ground, i, head)
        if _is_pointer(ground, head, cue.stance_in("object")):
            yield "object", frozenset((head,))
        related = cue.stance_in("object") in ANSWERS and _names_a_tie(ground, head)
        if ground.is_event(head) or related or (shown and cue.stance_in("object") == "show"):
            yield "object", _whole(ground, i, head)


def _names_a_tie(ground: Ground, i: int) -> bool:
    """ "denied any link to the gang": a noun of a relation that is nobody itself."""
    return (ground.parse.tokens[i].lemma, "noun") in ground.triggers and i not in ground.mentions


def _is_pointer(ground: Ground, i: int, stance: str) -> bool:
    """ "denied this", "confirmed it": a pronoun for what was told before (``replies.py`` says what that is)."""
    return ground.parse.tokens[i].lower in POINTERS and stance in ANSWERS


def _whole(ground: Ground, i: int, head: int) -> frozenset[int]:
    """An object with what goes on with it behind."""
    own = ground.subtree(head)
    return own | complements(ground, i, own)


def _sources(ground: Ground, i: int, cue: Cue, frame: str) -> tuple[int, ...]:
    """Heads of who speaks, by the cue's frame."""
    slots = ground.syntax.slots(i)
    if cue.source == "object" and frame != "as":
        return slots.get("obj", ())
    if cue.source == "none":
        return ()
    if (paper := _paper(ground, i, cue)) is not None:
        return (paper,)
    subject = slots.get("subj", ())
    if not subject and frame in ("to", "obj_to") and not is_passive(ground.parse, i):
        return slots.get("poss", ())
    return tuple(s for s in subject if ground.parse.tokens[s].tag != "EX")


def _paper(ground: Ground, i: int, cue: Cue) -> int | None:
    """ "A report was published on Monday. It says S": a document that the sentence before is about."""
    parse, subject = ground.parse, ground.parse.kid(i, "nsubj")
    known = ground.mentions.get(subject.i) if subject is not None else None
    if subject is None or subject.lower != "it" or cue.stance not in CLOSING_STANCES or parse.tokens[i].sent == 0:
        return None
    before = parse.sentences[parse.tokens[i].sent - 1]
    papers = [
        t for t in parse.in_sentence(before) if t.dep in ("nsubj", "nsubjpass") and t.lemma in ground.words.documents
    ]
    return papers[0].i if papers and (known is None or known.antecedent_id is None) else None


def _aside(ground: Ground, i: int, *, judged: bool) -> frozenset[int]:
    """Tokens of the cue clause itself: subject with its phrase, the one who is told, adverbs, other modifiers; where the
    subject of a passive is what is judged ("the claim was denied by X") it stays.
    """
    parse = ground.parse
    out: set[int] = set()
    subjects = [k.i for k in parse.kids(i, "nsubj", "nsubjpass")]
    for kid in parse.kids(i):
        if kid.i in subjects[:-1]:
            continue
        if kid.dep in ("nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "npadvmod", "dative", "agent", "cc"):
            if kid.dep == "nsubjpass" and (kid.i > i or judged):
                continue
            out |= ground.subtree(kid.i)
    return frozenset(out)

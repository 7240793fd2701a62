"""Explanations: every part of a claim, with its words, its rule, its reason and its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from khabar.model.articles import ReadArticle
from khabar.model.attribution import SourceKind
from khabar.model.claims import Argument, Role
from khabar.model.factuality import Commitment, Polarity, Realis, Word
from khabar.model.links import EntityLink
from khabar.model.mentions import Form
from khabar.show.evidence import Part, counted
from khabar.show.export.why import explanation_row
from khabar.show.why import Explanation, cue_word, explain, explanations, word_key
from tests.read.reading import read_text, version_of
from tests.show.drafts import Draft
from tests.show.stories import border_war

TEXT = "Envoys met in Lumo. It shelled four huts near Teseney on Monday, Mara Vesh told the Dawn Post. It is a drill."
MILITIA = "The Sund militia fell back. "


def walked(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from walked(part.parts)


def named(explanation: Explanation, name: str) -> Part:
    (found,) = (p for p in walked(explanation.parts) if p.name == name)
    return found


def shelling(*, basis: tuple[str, ...] = (), score: float = 0.71) -> ReadArticle:
    """A pronoun that acts, a place on the map, a day counted from publication, a count, a source behind a source."""
    d = Draft(MILITIA + TEXT)
    militia = d.name("Sund militia", "e1", "ORG")
    it = d.pro("It", "e1")
    d.mentions[-1] = replace(d.mentions[-1], antecedent_id=militia, rule="pronoun")
    d.entities.append(
        EntityLink(
            entity_id="e1",
            target_id="khabar:sund",
            name="Sund Front",
            country="ERI",
            score=0.88,
            method="acronym",
            rivals=("khabar:sundi",),
        )
    )
    d.place(d.name("Teseney", "e2", "GPE"), "Teseney", (15.11, 36.66), 329779)
    monday = d.time("Monday", "2031-11-03")
    d.timexes[-1] = replace(d.timexes[-1], value="XXXX-WXX-1", rule="weekday")
    four = d.count("four", 4, 4, "hut")
    d.quantities[-1] = replace(d.quantities[-1], rule="number")
    d.name("Mara Vesh", "e3")
    shelled = d.event(
        "shelled",
        "shell",
        "ASSAULT",
        Argument(role=Role.PLACE, span=d.at("Teseney"), entity_id="e2", filler_id="m3", rule="place"),
        Argument(role=Role.ACTOR, span=d.at("It"), entity_id="e1", filler_id=it, rule="subj"),
        Argument(role=Role.TIME, span=d.at("Monday"), filler_id=monday, rule="time"),
        Argument(role=Role.QUANTITY, span=d.at("four"), filler_id=four, rule="count"),
    )
    d.predications[-1] = replace(d.predications[-1], rule="plover/assault.yml: shell", mode="heavy-weapons")
    said = d.said("told", "Mara Vesh", "e3", content="It shelled four huts near Teseney", lemma="tell")
    d.attributions[-1] = replace(d.attributions[-1], rule="verb/clause", source_kind=SourceKind.PERSON)
    d.claim(shelled, "Uu PS+", "possible", said, score=score)
    d.claims[-1] = replace(d.claims[-1], basis=basis)
    return d.done()


BASIS = ("tell: assert", "may", "score: 0.85 row, 0.85 relcl, 0.97 link", "signs: not_plain")


@pytest.fixture
def explained() -> Explanation:
    article = shelling(basis=BASIS)
    return explain(article, article.reading.claims[0])


def test_the_act_has_its_row_and_its_score(explained: Explanation) -> None:
    act = named(explained, "act")
    assert (act.words, act.said, act.score) == ("shelled", "ASSAULT, mode heavy-weapons", 0.85)
    assert act.rule == "plover/assault.yml: shell"
    assert "“shell” of the table of assault" in act.reason


def test_arguments_stand_in_the_order_of_roles(explained: Explanation) -> None:
    roles = [p.name for p in explained.parts if p.name in set(Role)]
    assert roles == ["actor", "place", "time", "quantity"]


def test_a_pronoun_leads_to_its_name_and_to_who_that_is(explained: Explanation) -> None:
    actor = named(explained, "actor")
    assert (actor.words, actor.said, actor.rule) == ("It", "the Sund militia", "subj")
    by_name = {p.name: p for p in actor.parts}
    assert by_name["mention"].reason == "a pronoun"
    assert by_name["stands for"].said == "“It” → “Sund militia”"
    assert "weightiest candidate" in by_name["stands for"].reason
    assert by_name["is"].said == "Sund Front, ERI (khabar:sund)"
    assert (by_name["is"].score, by_name["is"].reason) == (0.88, "by its acronym")
    assert by_name["is"].parts[0].said == "khabar:sundi"


def test_a_ring_of_antecedents_is_cut() -> None:
    article = shelling()
    first, second, *rest = article.reading.mentions
    ring = (replace(first, antecedent_id="m2", form=Form.PRO), replace(second, antecedent_id="m1"), *rest)
    article = replace(article, reading=replace(article.reading, mentions=ring))
    assert named(explain(article, article.reading.claims[0]), "stands for").said == "“It” → “Sund militia” → Sund Front"


def test_where_when_and_how_many(explained: Explanation) -> None:
    place, when, many = (named(explained, name) for name in ("on the map", "when", "counts"))
    assert place.said.startswith("Teseney, ERI (geonames:329779), 15.11° N")
    assert (when.said, when.reason) == ("3 November 2031 (2031-11-03)", "counted from the day of publication")
    assert named(explained, "time").parts[0].reason == "the pattern “weekday” of lexicon/en/timex.yml"
    assert (many.said, many.reason) == ("4 hut", "the number as it stands")


def test_what_a_time_counts_from_is_named() -> None:
    article = shelling()
    at = article.reading.predications[0].trigger
    (monday,) = article.resolution.times
    for anchor, words in (
        (f"p:{at.start}:{at.end}", "act in the text: “shelled”"),
        ("t1", "time in the text: “Monday”"),
    ):
        linked = replace(article.resolution, times=(replace(monday, anchored_to=anchor),))
        anchored = replace(article, resolution=linked)
        assert named(explain(anchored, article.reading.claims[0]), "when").reason.endswith(words)


def test_what_fills_two_roles_is_explained_once() -> None:
    article = shelling()
    shelled = article.reading.predications[0]
    place = shelled.fillers(Role.PLACE)[0]
    twice = replace(shelled, arguments=(*shelled.arguments, replace(place, role=Role.RECIPIENT, rule="acted on")))
    article = replace(article, reading=replace(article.reading, predications=(twice,)))
    explanation = explain(article, article.reading.claims[0])
    assert named(explanation, "recipient").parts[-1].name == "on the map"
    assert [p.said for p in named(explanation, "place").parts] == ["as for recipient"]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(10, None, "10 to any number man"), (None, 9, "0 to 9 man"), (3, 4, "3 to 4 man")]
)
def test_open_counts(low: float | None, high: float | None, said: str) -> None:
    quantity = shelling().reading.quantities[0]
    assert counted(replace(quantity, low=low, high=high, unit="man")).said == said


def test_a_voice_has_words_cue_stance_and_content(explained: Explanation) -> None:
    voice = named(explained, "voice 1")
    assert (voice.words, voice.said) == ("Mara Vesh", "Mara Vesh (person)")
    by_name = {p.name: p for p in voice.parts}
    assert (by_name["cue"].words, by_name["cue"].rule) == ("told", "verb/clause")
    assert by_name["stance"].said == "assert: whoever passes it on Uu, its source CT+"
    assert by_name["says"].words == "It shelled four huts near Teseney"
    assert by_name["says"].said == "indirect speech"


def test_every_level_says_why(explained: Explanation) -> None:
    outlet, source = named(explained, "how sure").parts
    assert (outlet.name, outlet.said) == ("Harbour Post", "Uu, passing it on, taking no stand")
    assert (outlet.rule, outlet.reason) == ("tell: assert", "“tell” leaves whoever passes it on so")
    assert (source.name, source.said) == ("Mara Vesh", "PS+, holding it possible")
    assert "as far as the words below let it" in source.reason
    assert [(p.said, p.rule) for p in source.parts] == [("the modal “may”", "may")]


def test_the_score_has_its_factors_and_what_calibration_made_of_them(explained: Explanation) -> None:
    score = named(explained, "score")
    assert (score.said, score.score) == ("71 %", 0.71)
    *factors, calibrated = score.parts
    assert [(p.score, p.rule) for p in factors] == [(0.85, "row"), (0.85, "relcl"), (0.97, "link")]
    assert factors[1].said == "in a relative clause"
    assert (calibrated.name, calibrated.said) == ("calibrated", "0.70 → 0.71")


def test_a_score_that_is_its_product_is_not_called_calibrated() -> None:
    article = shelling(basis=BASIS[:-1], score=0.7)
    assert "calibrated" not in {p.name for p in walked(explain(article, article.reading.claims[0]).parts)}
    article = shelling(basis=BASIS, score=0.5)
    calibrated = named(explain(article, article.reading.claims[0]), "calibrated")
    assert (calibrated.said, calibrated.rule) == ("0.70 → 0.50", "not_plain")
    assert calibrated.reason.endswith("denied, planned, supposed or generic")


def test_a_reading_without_notes_is_explained_all_the_same() -> None:
    article = shelling()
    score = named(explain(article, article.reading.claims[0]), "score")
    assert score.parts == ()


def test_every_claim_of_a_story() -> None:
    story = border_war()
    told = explanations(story)
    assert list(told) == [c.claim_id for c in story.reading.claims]
    names = [[p.name for p in e.parts] for e in told.values()]
    assert all(n[0] == "act" and n[-3:] == ["how sure", "word", "score"] for n in names)
    cited = next(e for e in told.values() if "citing two unnamed" in e.sentence)
    assert [p.said for p in cited.parts if p.name.startswith("voice")] == [
        "the Harbour Post (organization)",
        "two unnamed security officials (anonymous)",
    ]
    accused = next(e for e in told.values() if "accused Eritrea" in e.sentence)
    assert (named(accused, "content").words, named(accused, "content").said) == ("bombing", "another act, ASSAULT")


@pytest.mark.parametrize(
    ("word", "value", "realis", "polarity", "key"),
    [
        ("denied", "CT-", "actual", "+", "denied source"),
        ("denied", "CT+", "actual", "-", "denied words"),
        ("planned", "PR+", "planned", "+", "planned"),
        ("planned", "PR-", "planned", "-", "planned not"),
        ("possible", "PS+", "actual", "+", "possible weak"),
        ("possible", "Uu", "hypothetical", "+", "possible ahead"),
        ("alleged", "CT+", "actual", "+", "alleged"),
        ("reported", "CT+", "actual", "+", "reported"),
        ("asserted", "CT+", "actual", "+", "asserted"),
    ],
)
def test_the_word_says_which_test_gave_it(word: str, value: str, realis: str, polarity: str, key: str) -> None:
    article = shelling()
    claim = replace(article.reading.claims[0], word=Word(word), commitments=(Commitment.UU, Commitment(value)))
    predication = replace(article.reading.predications[0], realis=Realis(realis), polarity=Polarity(polarity))
    assert word_key(claim, predication) == key


def test_quotation_marks_as_a_cue() -> None:
    link = shelling().reading.attributions[0]
    assert cue_word(replace(link, cue_lemma="“”")) == "…"
    assert cue_word(link) == "tell"


REAL = (
    "Ilya Toth left Varn on Tuesday. He denied that the northern militia had shelled four villages, the Reef Post said.",
    "“We may leave,” the governor told reporters, citing an army report. Nobody was hurt, officials said.",
    "Allegedly the mayor tried to sell two ships. If talks fail, troops will be sent to Orrin, a minister warned.",
)


@pytest.mark.parametrize("text", REAL)
def test_real_readings_are_explained_to_the_last_part(text: str) -> None:
    draft = Draft(text)
    article = replace(draft.done(), version=version_of(text), reading=read_text(text))
    predications = {p.predication_id: p for p in article.reading.predications}
    for claim in article.reading.claims:
        explanation = explain(article, claim)
        parts = list(walked(explanation.parts))
        assert sum(p.name in set(Role) for p in explanation.parts) == len(predications[claim.predication_id].arguments)
        assert sum(p.name.startswith("voice") for p in explanation.parts) == len(claim.chain)
        assert len(named(explanation, "how sure").parts) == len(claim.commitments)
        assert [p for p in parts if not (p.reason or p.said or p.parts)] == []
        cut = {p.words: p.spans for p in parts if len(p.spans) == 1 and p.words and not p.words.endswith("…")}
        assert all(" ".join(spans[0].cut(text).split()) == words for words, spans in cut.items())
        assert named(explanation, "score").parts


def test_plain_values(explained: Explanation) -> None:
    row = explanation_row(explained, version_id="v1")
    assert list(row) == ["claim", "version_id", "word", "sentence", "parts"]
    act = row["parts"][0]
    assert act["words"] == "shelled"
    assert act["spans"] == [[len(MILITIA) + TEXT.index("shelled"), len(MILITIA) + TEXT.index(" four")]]
    assert set(act) == {"name", "said", "words", "spans", "rule", "reason", "score", "parts"}

"""Events and control in the forms that are measured."""

from __future__ import annotations

from khabar.model.events import ClaimRef, ControlSpell, SpellStatus
from khabar.show.export.control import control_rows
from khabar.show.export.events import events_rows
from tests.show.stories import UNNAMED, border_war
from tests.web.demo import clashes, copied, gazette

INPUTS = {
    border_war(UNNAMED, 2).version.version_id: "border-1",
    copied().version.version_id: "copy-1",
    gazette().version.version_id: "gazette-1",
}


def test_an_event_in_input_ids() -> None:
    (out,) = events_rows([clashes(border_war(UNNAMED, 2), copied(), gazette())], input_ids=INPUTS)
    assert out["articles"] == ["border-1", "copy-1", "gazette-1"]
    assert (out["type"], out["origins"], out["origin_ids"]) == ("ASSAULT", 2, ["border-1", "gazette-1"])
    assert [(x["article"], x["kind"], x["of"], x["from"]) for x in out["lineage"]] == [
        ("copy-1", "copied_from", ["border-1"], ["border-1"]),
        ("gazette-1", "independent", [], []),
    ]
    (rival,) = out["contradictions"]
    assert rival["field"] == "killed"
    assert rival["articles"] == ["border-1", "copy-1", "gazette-1"]
    assert rival["values"][1] == {"value": "6 fighters", "articles": ["gazette-1"]}


def spell(start: tuple[str, str] | None, end: tuple[str, str] | None) -> ControlSpell:
    return ControlSpell(
        spell_id="s1",
        place_id=None,
        place_name="Lafa",
        controller_id=None,
        controller_name="Eastern Front",
        start=start,
        end=end,
        status=SpellStatus.ASSERTED,
        claims=(ClaimRef(version_id="v1", claim_id="c1"),),
        version_ids=("v1", "v2"),
    )


def test_spells_of_control() -> None:
    exact, vague = spell(("2031-10-04", "2031-10-04"), None), spell(("2031-10-01", "2031-10-31"), ("x", "x"))
    out = list(control_rows([exact, vague], input_ids={"v1": "in-1", "v2": "in-1"}))
    assert out[0]["start"] == "2031-10-04"
    assert out[0]["end"] is None
    assert out[1]["start"] == ["2031-10-01", "2031-10-31"]
    assert out[0]["articles"] == ["in-1"]
    assert (out[0]["place"], out[0]["controller"], out[0]["status"]) == ("Lafa", "Eastern Front", "asserted")

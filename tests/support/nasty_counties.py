"""Small counties made at random of little but hard cases: sides, windows, ties, corrections, decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from kvalitetsapp.analysis import frames
from support.county_frames import CountyFrames

if TYPE_CHECKING:
    from random import Random

PRIMARIES = ("NFB29", "NFB49", "NGB29", "NGB39", "NBB29")
CHANGES = ("NFC29", "NGC29", "NFU09", "NGU09", "NGB59", "NFC49", "NBC09")
SURGERY = ("NFS19", "NGS49", "NFA12", "NGF91", "NFH20", "NGH20", "NFJ59", "NFW69", "NGW59")
OTHER = ("ACC51", "QDB05", "NFU49", "NGK09", "CJE20")
SIDED = ("ZXA00", "ZXA05", "ZXA10")
DIAGNOSES = (
    *("T845F", "T840G", "T840F", "T845G", "T845B", "M966F"),  # a joint, no window
    *("G570", "G573", "M245F", "S830", "S441", "S7511"),  # a joint, a window
    *("T845", "T840X", "T849", "T846", "T846X"),  # any joint, no window
    *("T813", "T814", "I269", "I802", "G978", "T810", "T793", "G979"),  # any joint, a window
    *("M169", "I109", "Z471"),
)
STEPS = (0, 0, 1, 5, 30, 89, 90, 91, 200, 364, 365, 366, 800)
START = date(2018, 1, 1)


def nasty_county(chance: Random, people: int = 3, visits: int = 5) -> CountyFrames:
    """Return the frames of a county of a few people who have seen much."""
    episodes: dict[str, list[object]] = {name: [] for name in frames.EPISODES}
    for person in range(1, people + 1):
        for _ in range(chance.randint(1, visits)):
            _add_episode(chance, episodes, person)
    details = _details(chance, episodes)
    verdicts = _verdicts(chance, episodes)
    return CountyFrames(
        frames.frame(frames.EPISODES, episodes),
        frames.frame(frames.PROCEDURE_DETAILS, details),
        frames.frame(frames.VERDICTS, verdicts),
        frames.frame(frames.PINS, {name: [] for name in frames.PINS}),
    )


def _add_episode(chance: Random, episodes: dict[str, list[object]], person: int) -> None:
    number = len(episodes["episode"]) + 1
    kind = chance.choice(("index", "index", "event", "event", "mixed", "diagnosis"))
    steps = chance.choice((0, 0, 1)) if kind == "index" else chance.choice((0, 1, 1, 1, 2, 3))
    admitted = START + timedelta(days=sum(chance.choices(STEPS, k=steps)))
    row: dict[str, object] = {
        "episode": number * 7,
        "episode_ref": "a/1"
        if number == 1
        else f"{chance.choice('ab')}/{chance.choice(('1', '1-', '1/', 'X'))}{number}",
        "person": person,
        "provider_id": chance.choice(("OSD", "P01", "P02")),
        "payer_route": "own",
        "care_form": "inpatient",
        "admitted": admitted,
        "discharged": admitted + timedelta(days=3),
        "procedure_date": chance.choice((None, None, admitted + timedelta(days=chance.choice((0, 1, 2))))),
        "main_diagnosis": chance.choice(DIAGNOSES),
        "other_diagnoses": " ".join(chance.choices(DIAGNOSES, k=chance.choice((0, 0, 1, 2)))),
        "procedures": _codes(chance, kind),
        **dict.fromkeys(("cost", "drg_weight", "drg_price", "manual_cost")),
    }
    for name, value in row.items():
        episodes[name].append(value)


def _codes(chance: Random, kind: str) -> str:
    codes: list[str] = []
    if kind in {"index", "mixed"}:
        codes += chance.choices(PRIMARIES, k=chance.choice((1, 1, 2)))
    if kind in {"event", "mixed"}:
        codes += chance.choices((*CHANGES, *SURGERY), k=chance.choice((1, 1, 2)))
    codes += chance.choices(OTHER, k=chance.choice((0, 0, 1)))
    chance.shuffle(codes)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        codes.insert(chance.randint(0, len(codes)), chance.choice(SIDED if chance.random() < 0.3 else SIDED[:2]))
    return " ".join(codes)


def _details(chance: Random, episodes: dict[str, list[object]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {name: [] for name in frames.PROCEDURE_DETAILS}
    for place, procedures in enumerate(episodes["procedures"]):
        for _ in range(chance.choice((0, 0, 1, 2, 3))):
            own = str(procedures).split()
            code = chance.choice(own) if own and chance.random() < 0.8 else chance.choice((*CHANGES, *SIDED, *SURGERY))
            admitted = episodes["admitted"][place]
            assert isinstance(admitted, date)
            found["episode"].append(episodes["episode"][place])
            found["code"].append(code)
            found["side"].append(chance.choice(("", "", "right", "left", "both")))
            found["performed_on"].append(chance.choice((None, admitted + timedelta(days=chance.randint(0, 4)))))
            found["position"].append(0)
    return found


def _verdicts(chance: Random, episodes: dict[str, list[object]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {name: [] for name in frames.VERDICTS}
    for number in range(1, chance.randint(0, 8) + 1):
        named = chance.random() < 0.4
        row: dict[str, object] = {
            "verdict": number * 3,
            "episode": chance.choice(episodes["episode"]),
            "joint": chance.choice(("", "", "hip", "knee")),
            "side": chance.choice(("", "", "right", "left", "unknown")),
            "decision": chance.choice(("confirmed", "confirmed", "rejected")),
            "complication_class": chance.choice(("", "", "wound", "infection")),
            "reviewed_on": START + timedelta(days=chance.randint(0, 3)),
            "index_episode": chance.choice(episodes["episode"]) if named else None,
            "index_joint": chance.choice(("hip", "knee")) if named else "",
            "index_side": chance.choice(("right", "left", "unknown")) if named else "",
        }
        for name, value in row.items():
            found[name].append(value)
    return found

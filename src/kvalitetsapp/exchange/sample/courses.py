"""What complications look like: courses of visits and stays after an index operation, with codes and costs.

Codes stand in the tables of `resources/codes`; `{j}` in a code is the joint's letter (F hip, G knee, B shoulder).
Costs are kronor (median, lowest, highest) and drawn log-normally; days and amounts are plausible, not measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ORT: Final = "ort"
INF: Final = "inf"
MED: Final = "med"
_VISIT: Final = (0, 0)
_VISIT_COST: Final = (3_900, 2_500, 6_000)


@dataclass(frozen=True, slots=True)
class Step:
    """One episode of a course: how long after the one before, where, for how long, for what, at what cost."""

    wait: tuple[int, int]
    where: str
    stay: tuple[int, int]
    diagnosis: str
    other: tuple[str, ...] = ()
    procedures: tuple[tuple[str, ...], ...] = ((),)
    cost: tuple[int, int, int] = _VISIT_COST
    chance: float = 1.0
    drg: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """A complication from its first episode to its last; in a `doubtful` one reviewers do not always agree."""

    name: str
    weight: int
    steps: tuple[Step, ...]
    doubtful: bool = False


_CONTROL: Final = Step((14, 35), INF, _VISIT, "T845{j}", chance=0.7)
_LATER_CONTROL: Final = Step((30, 60), INF, _VISIT, "Z099", other=("Z966",), chance=0.8)
_AFTERCARE: Final = Step((30, 60), ORT, _VISIT, "Z478", other=("Z966",), chance=0.8)


def _debridement(*procedures: tuple[str, ...]) -> Step:
    return Step(
        (9, 32), ORT, (8, 17), "T845{j}", ("B956",), procedures, (168_000, 112_000, 290_000), drg="H10N"
    )  # fmt: skip


def _extraction(procedure: str) -> Step:
    return Step(
        (35, 480), ORT, (9, 18), "T845{j}", ("B957",), ((procedure,),), (205_000, 150_000, 330_000), drg="H10N"
    )


def _exchange(wait: tuple[int, int], *procedures: tuple[str, ...]) -> Step:
    return Step(wait, ORT, (6, 13), "T845{j}", (), procedures, (195_000, 150_000, 300_000), drg="H03C")


def _revision(
    wait: tuple[int, int], diagnosis: str, *procedures: tuple[str, ...], other: tuple[str, ...] = ()
) -> Step:
    return Step(wait, ORT, (3, 8), diagnosis, other, procedures, (142_000, 95_000, 235_000), drg="H03C")


def _reduction(wait: tuple[int, int], chance: float = 1.0) -> Step:
    return Step(wait, ORT, (1, 2), "T840F", (), (("NFH20",),), (31_000, 19_000, 52_000), chance)


def _infections(debride: str, modular: str, extract: str, implant: tuple[tuple[str, ...], ...]) -> tuple[Course, ...]:
    first = _debridement((debride,), (debride, modular))
    chronic = _exchange((640, 820), *implant)
    return (
        Course("debridement", 24, (first, _CONTROL, _LATER_CONTROL)),
        Course("two_stage", 9, (_extraction(extract), _CONTROL, _exchange((55, 100), *implant), _LATER_CONTROL)),
        Course("relapse", 6, (first, _CONTROL, _exchange((60, 160), *implant), _LATER_CONTROL)),
        Course("chronic", 6, (first, _CONTROL, chronic, _LATER_CONTROL)),
    )


def _wounds(suture: str, blood: str) -> tuple[Course, ...]:
    reopened = Step((7, 24), ORT, (3, 7), "T813", (), ((suture,),), (58_000, 36_000, 98_000))
    evacuated = Step((3, 14), ORT, (3, 6), "T810", (), ((blood,),), (61_000, 38_000, 96_000))
    return (
        Course("wound", 9, (reopened, Step((10, 20), ORT, _VISIT, "Z480"))),
        Course("haematoma", 6, (evacuated, _AFTERCARE)),
    )


_HIP: Final = (
    *_infections("NFS19", "NFC33", "NFU19", (("NFC40",), ("NFC20",))),
    Course(
        "dislocation", 22,
        (_reduction((8, 70)), _reduction((10, 90), 0.6), _revision((20, 120), "T840F", ("NFC41",), other=("M244F",))),
    ),
    Course(
        "fracture", 14,
        (
            Step(
                (12, 560), ORT, (6, 13), "M966F", (), (("NFJ49",), ("NFC22", "NFJ49"), ("NFJ69",)),
                (182_000, 120_000, 280_000), drg="H03C",
            ),
            _AFTERCARE,
        ),
    ),
    Course(
        "loosening", 10,
        (Step((90, 420), ORT, _VISIT, "T840F"), _revision((40, 150), "T840F", ("NFC21",), ("NFC42",)), _AFTERCARE),
    ),
    *_wounds("NFW49", "NFW89"),
)  # fmt: skip
_KNEE: Final = (
    *_infections("NGS19", "NGC99", "NGU19", (("NGC49",),)),
    Course(
        "instability", 16,
        (
            Step((120, 360), ORT, _VISIT, "M235"),
            _revision((60, 200), "T840G", ("NGC49",), other=("M235",)),
            _AFTERCARE,
        ),
    ),
    Course("patella", 8, (_revision((200, 640), "T840G", ("NGB59",)), _AFTERCARE)),
    Course(
        "fracture", 6,
        (
            Step(
                (30, 600), ORT, (5, 11), "M966G", (), (("NGJ69",), ("NGJ49",)), (150_000, 95_000, 240_000), drg="H03C"
            ),
            _AFTERCARE,
        ),
    ),
    Course(
        "loosening", 12,
        (Step((120, 420), ORT, _VISIT, "T840G"), _revision((40, 150), "T840G", ("NGC49",), ("NGC39",)), _AFTERCARE),
    ),
    *_wounds("NGW49", "NGW89"),
)  # fmt: skip
_SHOULDER: Final = (
    Course("loosening", 6, (_revision((60, 500), "T840B", ("NBC59",)), _AFTERCARE)),
    Course("debridement", 4, (_debridement(("NBS19",)), _CONTROL)),
)
SURGICAL: Final = {"hip": _HIP, "knee": _KNEE, "shoulder": _SHOULDER}

_ANY_JOINT: Final = (
    Course(
        "embolism", 18,
        (Step((4, 60), MED, (3, 7), "I269", (), cost=(42_000, 26_000, 74_000)),), doubtful=True,
    ),
    Course(
        "thrombosis", 10,
        (Step((5, 70), MED, _VISIT, "I802"), Step((7, 14), MED, _VISIT, "I802", chance=0.5)), doubtful=True,
    ),
    Course(
        "infected_wound", 26,
        (Step((7, 28), INF, (3, 8), "T814", ("B956",), cost=(57_000, 34_000, 99_000)), _LATER_CONTROL),
    ),
    Course(
        "antibiotics", 12,
        (Step((7, 30), ORT, _VISIT, "T814"), Step((6, 12), ORT, _VISIT, "T814", chance=0.6)), doubtful=True,
    ),
    Course("slow_wound", 14, (Step((9, 25), ORT, _VISIT, "T813"), Step((7, 14), ORT, _VISIT, "Z480"))),
)  # fmt: skip
MILD: Final = {
    "hip": (
        *_ANY_JOINT,
        Course("single_dislocation", 22, (_reduction((6, 300)), _reduction((14, 200), 0.35))),
        Course("sciatic_nerve", 5, (Step((20, 120), ORT, _VISIT, "G570"),), doubtful=True),
    ),
    "knee": (
        *_ANY_JOINT,
        Course(
            "stiffness", 18,
            (
                Step((70, 130), ORT, _VISIT, "M245G"),
                Step((10, 40), ORT, (1, 2), "M245G", (), (("NGT19",),), (27_000, 17_000, 42_000)),
            ),
        ),
        Course("peroneal_nerve", 4, (Step((20, 120), ORT, _VISIT, "S841"),), doubtful=True),
    ),
    "shoulder": (Course("dislocation", 1, (Step((20, 200), ORT, _VISIT, "S430", (), (("NBH20",),)),)),),
}  # fmt: skip
LATE: Final = {
    "hip": (
        Course("late_loosening", 5, (_revision((760, 1250), "T840F", ("NFC21",), ("NFC40",)), _AFTERCARE)),
        Course("late_infection", 3, (_exchange((745, 1150), ("NFC40",)), _CONTROL)),
    ),
    "knee": (
        Course("late_loosening", 5, (_revision((760, 1250), "T840G", ("NGC49",)), _AFTERCARE)),
        Course("late_infection", 3, (_exchange((745, 1150), ("NGC49",)), _CONTROL)),
    ),
    "shoulder": (Course("late_loosening", 1, (_revision((760, 1250), "T840B", ("NBC59",)), _AFTERCARE)),),
}
EITHER_SIDE: Final = {
    joint: (Course("painful", 1, (Step((250, 900), ORT, _VISIT, f"T840{letter}"),), doubtful=True),)
    for joint, letter in (("hip", "F"), ("knee", "G"), ("shoulder", "B"))
}

"""The table of roles in the manual against the matrix that the program goes by."""

from __future__ import annotations

from kvalitetsapp.domain.rights import RIGHT_WORDS, ROLE_WORDS, Right, Role
from kvalitetsapp.services.access import matrix
from support.manual import section, table_rows


def test_the_manual_tells_the_matrix_of_roles_cell_by_cell() -> None:
    told = section("14-skydd", "Roller")
    assert f"| Får | {' | '.join(ROLE_WORDS[role].capitalize() for role in Role)} |" in told
    wanted = [
        [RIGHT_WORDS[right], *("ja" if matrix().allows([role], right) else "–" for role in Role)] for right in Right
    ]
    assert table_rows(told) == wanted

"""Whatever the window or the command line calls on an open store says which right it takes, read from the source."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Right
from support.parsed import nodes, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE: Final = Path(__file__).parents[1] / "src" / "kvalitetsapp"
SERVICES: Final = "kvalitetsapp.services"
WITHOUT: Final = {
    "access.may": "tells users what they may do themselves",
    "access.rights_of": "tells users what they may do themselves",
    "access_log.copied": "everyone who sees rows may copy them; it only notes that they did",
    "access_log.number_of": "reads a number that was typed, and nothing in the store",
    "remembering.forget": "everyone may for themselves",
    "remembering.remember": "everyone may for themselves",
    "review_case.opened": "only notes what the service that it follows has let the user read",
    "users.change_passphrase": "everyone may for themselves",
}
"""Services that take no right, each with its reason."""

Name = tuple[str, str]


def _scopes(module: ast.Module) -> Iterator[ast.AST]:
    """Give a module and every function in it: each may call another module by the same word."""
    yield module
    yield from (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def _of_scope(scope: ast.AST) -> Iterator[ast.AST]:
    """Give what stands in a scope itself, and not in the functions in it."""
    left = list(ast.iter_child_nodes(scope))
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, ast.FunctionDef):
            left += ast.iter_child_nodes(node)


def _imported(nodes: list[ast.AST]) -> dict[str, Name]:
    """Return what words mean: a module of services ("" as the name in it), or a name in one."""
    found: dict[str, Name] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == SERVICES:
            found |= {alias.asname or alias.name: (alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{SERVICES}."):
            module = node.module.removeprefix(f"{SERVICES}.")
            found |= {alias.asname or alias.name: (module, alias.name) for alias in node.names}
    return found


def _used(file: Path) -> Iterator[tuple[Name, str]]:
    """Give every name of the services that a file uses, with where it does."""
    everywhere = _imported(list(_of_scope(tree(file))))
    for scope in _scopes(tree(file)):
        nodes = list(_of_scope(scope))
        known = everywhere | _imported(nodes)
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module, name = known.get(node.value.id, ("", "-"))
                if module and not name:
                    yield (module, node.attr), f"{file.name}:{node.lineno}"
            elif isinstance(node, ast.Name) and known.get(node.id, ("", ""))[1]:
                yield known[node.id], f"{file.name}:{node.lineno}"


@cache
def _made_in(name: Name) -> Name:
    """Return where a name is made, following modules that only pass it on."""
    while (handed_on := _imported(list(_of_scope(tree(_file(name[0]))))).get(name[1])) and handed_on[1]:
        name = handed_on
    return name


def _file(module: str) -> Path:
    return SOURCE / "services" / f"{module}.py"


@cache
def _function(name: Name) -> ast.FunctionDef | None:
    """Return the function of a name that takes an open store, None where it is none."""
    for node in tree(_file(name[0])).body:
        if isinstance(node, ast.FunctionDef) and node.name == name[1]:
            kinds = [ast.unparse(one.annotation) for one in node.args.args if one.annotation is not None]
            return node if "Workspace" in kinds else None
    return None


def _right(name: Name) -> str:
    """Return the right that a service takes, "" where it takes none."""
    function = _function(name)
    assert function is not None, name
    decorators = [ast.unparse(one) for one in function.decorator_list]
    return next((one.removeprefix("needs(Right.").removesuffix(")") for one in decorators if "needs(" in one), "")


@cache
def _services() -> dict[Name, str]:
    """Return every service that is called on an open store from outside, with a place where it is."""
    found = {}
    for layer in ("gui", "cli"):
        for file in sorted((SOURCE / layer).rglob("*.py")):
            for name, place in _used(file):
                made = _made_in(name)
                if _function(made) is not None:
                    found[made] = place
    return found


def test_every_service_that_is_called_from_outside_says_which_right_it_takes() -> None:
    assert len(_services()) > 200
    without = {
        ".".join(name): place
        for name, place in sorted(_services().items())
        if not _right(name) and ".".join(name) not in WITHOUT
    }
    assert without == {}


def test_no_reason_is_given_for_a_service_that_takes_a_right_or_is_gone() -> None:
    named = {(module, name) for module, _dot, name in (told.partition(".") for told in WITHOUT)}
    assert named <= set(_services())
    assert [name for name in named if _right(name)] == []


def test_every_right_that_a_service_takes_is_a_right() -> None:
    taken = {_right(name) for name in _services()} - {""}
    assert taken <= {right.name for right in Right}


def test_no_window_or_command_reaches_past_the_services_into_the_store() -> None:
    reached = [
        f"{file.name}:{node.lineno}"
        for layer in ("gui", "cli")
        for file in sorted((SOURCE / layer).rglob("*.py"))
        for node in nodes(file)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "workspace"
        and node.attr in {"store", "action"}
    ]
    assert reached == []

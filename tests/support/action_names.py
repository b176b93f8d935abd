"""The names of all actions that the program writes in its trace, read from the code that writes them.

A name is what a call gives as `action` to a function that takes one, or first to `workspace.action`. It is a text, a
constant, a choice between such, a value of a dictionary, or a variable or parameter that has got one of these.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import kvalitetsapp
from support.parsed import nodes, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGE = Path(kvalitetsapp.__file__).parent
_UNKNOWN = "?"


@dataclass(frozen=True)
class _Module:
    name: str
    path: Path

    @cached_property
    def functions(self) -> tuple[ast.FunctionDef, ...]:
        """Return every function of the module, within others too."""
        return tuple(node for node in nodes(self.path) if isinstance(node, ast.FunctionDef))

    def assigned(self, name: str) -> ast.expr | None:
        """Return what a constant of the module is."""
        return self._constants.get(name)

    @cached_property
    def _constants(self) -> dict[str, ast.expr | None]:
        annotated = (node for node in tree(self.path).body if isinstance(node, ast.AnnAssign))
        return {ast.unparse(node.target): node.value for node in annotated}

    def home_of(self, name: str) -> tuple[str, str]:
        """Return the module that a name comes from, and its name there."""
        return self._imported.get(name, (self.name, name))

    @cached_property
    def _imported(self) -> dict[str, tuple[str, str]]:
        return {
            one.asname or one.name: (node.module.rpartition(".")[2], one.name)
            for node in nodes(self.path)
            if isinstance(node, ast.ImportFrom) and node.module
            for one in node.names
        }


@cache
def action_names() -> frozenset[str]:
    """Return the name of every action; `?` with its place is among them where one cannot be told."""
    return frozenset(
        name
        for module in _modules().values()
        if module.name.startswith("services.")
        for function in module.functions
        for given in _given(module, function)
        for name in _texts(module, function, given)
    )


@cache
def _modules() -> dict[str, _Module]:
    paths = [*(_PACKAGE / "services").glob("*.py"), *(_PACKAGE / "store").glob("*.py")]
    parsed = [_Module(f"{path.parent.name}.{path.stem}", path) for path in paths]
    return {one.name: one for one in parsed}


def _named(name: str) -> Iterator[_Module]:
    return (module for key, module in _modules().items() if key.rpartition(".")[2] == name.rpartition(".")[2])


@cache
def _takers() -> dict[tuple[str, str], int | None]:
    """Return every function that takes an `action`, by module and name, and at which place, None by name alone."""
    found: dict[tuple[str, str], int | None] = {}
    for module in _modules().values():
        for function in module.functions:
            names = [one.arg for one in function.args.args]
            if "action" in [*names, *(one.arg for one in function.args.kwonlyargs)]:
                place = names.index("action") if "action" in names else None
                found[module.name.rpartition(".")[2], function.name] = place
    return found


def _given(module: _Module, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
        if isinstance(call.func, ast.Attribute) and call.func.attr == "action":
            yield call.args[0]
            continue
        taker = _taker(module, call)
        if taker in _takers():
            place = _takers()[taker]
            named = [one.value for one in call.keywords if one.arg == "action"]
            yield named[0] if named or place is None else _flat(call.args)[place]


def _taker(module: _Module, call: ast.Call) -> tuple[str, str]:
    match call.func:
        case ast.Name(id=name):
            home, there = module.home_of(name)
            return home.rpartition(".")[2], there
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return module.home_of(owner)[1], name
        case _:
            return "", ""


def _flat(arguments: list[ast.expr]) -> list[ast.expr]:
    """Return arguments with `*(a, b)` as the two that it is."""
    return [
        one
        for each in arguments
        for one in (each.value.elts if isinstance(each, ast.Starred) and isinstance(each.value, ast.Tuple) else [each])
    ]


def _texts(module: _Module, function: ast.FunctionDef | None, node: ast.expr | None) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(next(_texts(module, function, part)) for part in parts)
        case ast.FormattedValue(value=inside) | ast.Subscript(value=inside):
            yield from _texts(module, function, inside)
        case ast.IfExp() | ast.Dict():
            branches: Iterable[ast.expr | None] = (
                node.values if isinstance(node, ast.Dict) else (node.body, node.orelse)
            )
            for branch in branches:
                yield from _texts(module, function, branch)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            for home in _named(module.home_of(owner)[1]):
                if (value := home.assigned(name)) is not None:
                    yield from _texts(home, None, value)
        case ast.Name(id=name):
            yield from _of_name(module, function, name)
        case _:
            yield f"{_UNKNOWN} {module.name} {ast.unparse(node) if node else ''}"


def _of_name(module: _Module, function: ast.FunctionDef | None, name: str) -> Iterator[str]:
    home, there = module.home_of(name)
    for place in [module] if home == module.name else _named(home):
        if (constant := place.assigned(there)) is not None:
            yield from _texts(place, None, constant)
            return
    if function is not None and name in {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}:
        return  # whoever calls says
    values = [] if function is None else list(_bound(function, name))
    for value in values:
        yield from _texts(module, function, value)
    if not values:
        yield f"{_UNKNOWN} {module.name} {name}"


def _bound(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == [name]:
            yield node.value

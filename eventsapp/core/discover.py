"""Plug-ins by discovery: every module of a package offers one value of the contract's type."""

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol, TypeVar


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Keyed)


class PluginError(RuntimeError):
    """A plug-in package is not in order; the application must not start."""


def find_plugins(package: ModuleType, contract: type[P]) -> dict[str, P]:
    """The package's plug-ins by key, in the order of their module names.

    Raises PluginError for a module that offers none or several, and for a key used twice.
    """
    found: dict[str, P] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        offered = [value for value in vars(module).values() if isinstance(value, contract)]
        if len(offered) != 1:
            raise PluginError(f"{module.__name__} offers {len(offered)} of {contract.__name__}")
        if offered[0].key in found:
            raise PluginError(f"{module.__name__}: the key {offered[0].key!r} is used twice")
        found[offered[0].key] = offered[0]
    return found


def import_all(package: ModuleType, name: str) -> list[ModuleType]:
    """Import ``<capability>.<name>`` of every capability below ``package`` that has one."""
    modules = []
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not info.ispkg:
            continue
        children = {child.name for child in pkgutil.iter_modules([_path_of(info.name)])}
        if name in children:
            modules.append(importlib.import_module(f"{info.name}.{name}"))
    return modules


def _path_of(package_name: str) -> str:
    package = importlib.import_module(package_name)
    return str(package.__path__[0])

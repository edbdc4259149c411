"""The README tells the truth: its tree is the tree, its settings, commands and files exist."""

import re
from pathlib import Path

from eventsapp.config import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL
    )
    assert found, f"the README has no part “{title}”"
    return found[1]


def first_cells(table: str) -> list[str]:
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def folders(below: Path) -> set[str]:
    """Folders that hold something, as the README writes them."""
    return {
        f"{path.relative_to(ROOT)}/"
        for path in below.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and any(path.iterdir())
    }


def test_the_tree_is_the_tree() -> None:
    told = first_cells(section("What is where"))
    places = {name if "/" in name else f"eventsapp/{name}" for name in told if name != "wsgi.py"}
    assert {name for name in places if not (ROOT / name).exists()} == set()
    untold = (folders(ROOT) - {"data/"}) | folders(ROOT / "eventsapp")
    assert untold - {"eventsapp/"} - places == set()


def test_every_setting_is_told() -> None:
    told = set(first_cells(section("Settings")))
    read = set(re.findall(r"EVENTSAPP_[A-Z_]+", (ROOT / "eventsapp" / "config.py").read_text()))
    assert read - told == set()


def test_every_command_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = set(re.findall(r"`?make ([a-z]+)", README))
    offered = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert told - offered == set()


def test_every_named_file_and_picture_exists() -> None:
    named = first_cells(section("How to extend"))
    named += re.findall(r"`((?:eventsapp|tests|templates|migrations)/[\w./-]+)`", README)
    named += re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert {name for name in named if not (ROOT / name).exists()} == set()

"""Files by their content: whole or absent, and never outside their folder."""

import hashlib
import os
from pathlib import Path

import pytest
from flask import Flask

from eventsapp.edge import storage

PDF = b"%PDF-1.7 one page"


@pytest.fixture
def files(sqlite_app: Flask) -> Path:
    return storage.root()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_put_gives_a_key_that_reads_back_the_bytes(files: Path) -> None:
    key = storage.put(PDF, ".pdf")
    assert key == hashlib.sha256(PDF).hexdigest() + ".pdf"
    assert (storage.exists(key), storage.read(key)) == (True, PDF)
    with storage.open_file(key) as file:
        assert file.read() == PDF


def test_the_same_bytes_are_kept_once(files: Path) -> None:
    key = storage.put(b"same", ".txt")
    written = storage.path(key).stat().st_ino
    assert storage.put(b"same", ".txt") == key
    assert storage.path(key).stat().st_ino == written


def test_an_interrupted_write_leaves_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = names_in(files)

    def disk_is_full(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", disk_is_full)
    with pytest.raises(OSError, match="no space"):
        storage.put(b"never whole", ".txt")
    assert names_in(files) == before


def test_a_missing_file_is_refused_by_name(files: Path) -> None:
    key = hashlib.sha256(b"never put").hexdigest()
    assert storage.exists(key) is False
    with pytest.raises(storage.FileMissing):
        storage.read(key)


def test_delete_removes_a_file_and_may_be_repeated(files: Path) -> None:
    key = storage.put(b"to be removed")
    storage.delete(key)
    storage.delete(key)
    assert storage.exists(key) is False


@pytest.mark.parametrize(
    "key",
    [
        "",
        "..",
        "../secret_key",
        "/etc/passwd",
        "a" * 63,
        "A" * 64,
        "a" * 64 + "/../../secret_key",
        "a" * 64 + ".",
        "a" * 64 + ".pdf\n",
        "a" * 64 + ".toolongsuffix",
        "a" * 64 + "\x00",
    ],
)
def test_only_keys_that_put_gives_are_paths(files: Path, key: str) -> None:
    with pytest.raises(storage.BadKey):
        storage.path(key)


@pytest.mark.parametrize("suffix", ["pdf", ".PDF", "./x", ".tar.gz", "..", ".pdf\n", "/"])
def test_put_refuses_a_suffix_that_is_no_file_type(files: Path, suffix: str) -> None:
    with pytest.raises(storage.BadKey):
        storage.put(b"x", suffix)

"""Files by key: content-addressed, complete or absent, never changed once written."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from eventsapp.core.errors import N_, NotFound
from eventsapp.edge.settings import current_settings

DIGEST_LENGTH = 64
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{64}(?:\.[a-z0-9]{1,8})?")
# As long as the columns that keep the names of uploaded files.
LONGEST_NAME = 200
_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,8})?")


class BadKey(ValueError):
    """Not a key that ``put`` ever gave."""


class FileMissing(NotFound):
    message = N_("This file is not there any more.")


def put(data: bytes, suffix: str = "") -> str:
    """Keep the bytes and give their key; the same bytes and suffix give the same key.

    Returns only once the file would survive a power cut, so a row may point at it. A file
    without a row is harmless and may be swept.
    """
    if not _SUFFIX.fullmatch(suffix):
        raise BadKey(suffix)
    key = hashlib.sha256(data).hexdigest() + suffix
    target = path(key)
    if not _is_renewed(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, data)
    return key


def file_name(name: str) -> str:
    """What an uploader called a file, without the folders that some programs send along."""
    return PurePosixPath(name.replace("\\", "/")).name[:LONGEST_NAME]


def _is_renewed(target: Path) -> bool:
    """Whether the file is there: then it is as young as a new one, and is not swept meanwhile."""
    try:
        os.utime(target)
    except FileNotFoundError:
        return False
    return True


def list_older(than: datetime) -> Iterator[str]:
    """Keys of the files that nobody has put since then."""
    for file in root().glob("*/*"):
        if _KEY.fullmatch(file.name) and file.stat().st_mtime < than.timestamp():
            yield file.name


def digest_of(key: str) -> str:
    return key[:DIGEST_LENGTH]


def digests_in(text: str) -> set[str]:
    """Whatever looks like a key in a text, without its suffix."""
    return set(_DIGEST.findall(text))


def delete_older(key: str, than: datetime) -> bool:
    """Remove a file unless somebody has put it again; whether it is gone.

    It steps aside first: who puts the same bytes at this moment writes them anew or is seen.
    """
    target = path(key)
    aside = target.with_name(f".swept-{key}")
    target.rename(aside)
    if aside.stat().st_mtime >= than.timestamp():
        aside.replace(target)
        return False
    aside.unlink()
    return True


def _write_whole(target: Path, data: bytes) -> None:
    """Temporary name, sync, rename, sync the folder: no reader ever sees half a file."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def path(key: str) -> Path:
    """Where the file is or would be. Raises BadKey, so no key can lead out of the folder."""
    if not _KEY.fullmatch(key):
        raise BadKey(key)
    return root() / key[:2] / key


def root() -> Path:
    return current_settings().data_dir / "files"


def exists(key: str) -> bool:
    return path(key).is_file()


def find(key: str) -> Path:
    """Where the file is; raises FileMissing."""
    found = path(key)
    if not found.is_file():
        raise FileMissing
    return found


def open_file(key: str) -> BinaryIO:
    """The file, open for reading; raises FileMissing."""
    try:
        return path(key).open("rb")
    except FileNotFoundError:
        raise FileMissing from None


def read(key: str) -> bytes:
    with open_file(key) as file:
        return file.read()


def delete(key: str) -> None:
    """Remove the file if it is there; only for what no row points at any more."""
    path(key).unlink(missing_ok=True)

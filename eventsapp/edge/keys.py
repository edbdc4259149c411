"""Keys of their own, each made once and kept as a file beside the data.

Unlike what is derived from the secret key of the settings, they outlive its rotation; unlike a
row, they are in no database dump.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from eventsapp.edge.settings import current_settings


def kept_key(name: str) -> bytes:
    """The 32 bytes of the key called ``name``, kept in ``<data folder>/<name>_key``."""
    return _read(current_settings().data_dir / f"{name}_key")


def has_key(name: str) -> bool:
    return (current_settings().data_dir / f"{name}_key").exists()


def forget_key(name: str) -> None:
    """Destroy the key: what was made with it can never be made again."""
    path = current_settings().data_dir / f"{name}_key"
    path.unlink(missing_ok=True)
    _read.cache_clear()


@cache
def _read(path: Path) -> bytes:
    if not path.exists():
        _make(path)
    return bytes.fromhex(path.read_text("ascii"))


def _make(path: Path) -> None:
    """Complete or absent: another process may look at any moment, or make it at the same time."""
    temporary = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, refuses to take the place of a key that is there already.
        path.hardlink_to(temporary)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

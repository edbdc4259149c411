"""Fill the keys of the list of people, some hundred rows at a time.

On PostgreSQL each step is committed, so that no row is locked for long and a killed migration
goes on where it was; on SQLite one file is one transaction and begins anew.
"""

import contextlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050_fill_roster_keys"
down_revision = "0049_add_roster_keys"
branch_labels = None
depends_on = None

STEP = 500
REGISTRATION = sa.table(
    "registration",
    *(sa.column(name, sa.Integer) for name in ("id", "person_id")),
    *(sa.column(name, sa.Text) for name in ("list_key", "search_key", "name_key")),
)
PERSON = sa.table(
    "person",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.Text) for name in ("name", "name_key", "email_key", "institution")),
)
APOSTROPHES = re.compile(r"['\u2019\u2018\u02bc\u02bb`\u00b4\u02bf\u02be]")
WORD = re.compile(r"[^\W_]+")
# As the rules of people had it when this was written.
ALIKE = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ٱ": "ا",
        "ـ": "",
    }
)


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    step_by_step = op.get_context().autocommit_block if is_postgresql else contextlib.nullcontext
    with step_by_step():
        last = 0
        while rows := _next(last):
            _fill(rows)
            last = rows[-1].id


def _next(last: int) -> Sequence[Any]:
    """Every registration had a person with a name, so a filled row has a key."""
    statement = (
        sa.select(
            REGISTRATION.c.id,
            PERSON.c.name,
            PERSON.c.name_key,
            PERSON.c.email_key,
            PERSON.c.institution,
        )
        .join(PERSON, PERSON.c.id == REGISTRATION.c.person_id)
        .where(REGISTRATION.c.id > last, REGISTRATION.c.name_key == "")
        .order_by(REGISTRATION.c.id)
        .limit(STEP)
    )
    return op.get_bind().execute(statement).all()


def _fill(rows: Sequence[Any]) -> None:
    """One statement for a step."""
    found = sa.values(
        sa.column("id", sa.Integer),
        *(sa.column(name, sa.Text) for name in ("list_key", "search_key", "name_key")),
        name="found",
    ).data([(row.id, *_keys(row)) for row in rows])
    keys = found.cte("keys")
    op.get_bind().execute(
        sa.update(REGISTRATION)
        .where(REGISTRATION.c.id == keys.c.id)
        .values(list_key=keys.c.list_key, search_key=keys.c.search_key, name_key=keys.c.name_key)
    )


def _keys(row: Any) -> tuple[str, str, str]:
    name, institution = _plain(row.name), _plain(row.institution or "")
    search = "\n".join((name, row.email_key or "", institution))
    return name[:60], search[:500], row.name_key[:500]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    kept = (char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})
    return " ".join(WORD.findall("".join(kept).translate(ALIKE)))


def downgrade() -> None:
    """The keys go with their columns."""

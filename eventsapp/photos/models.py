"""Photos of workshops and the persons who can be recognised in them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.db import Base
from eventsapp.core.texts import Texts
from eventsapp.workshops.models import Workshop


class Pictured:
    """A kept picture, whoever it belongs to: its files, how it is cut, and what is said of it.

    ``master_key`` is the file as it was normalised, ``file_key`` what is left after the crop.
    """

    master_key: Mapped[str]
    file_key: Mapped[str] = mapped_column(index=True)
    width: Mapped[int]
    height: Mapped[int]
    cut_left: Mapped[int] = mapped_column(default=0)
    cut_top: Mapped[int] = mapped_column(default=0)
    cut_right: Mapped[int] = mapped_column(default=0)
    cut_bottom: Mapped[int] = mapped_column(default=0)
    alternative: Mapped[Texts]
    caption: Mapped[Texts]
    credit: Mapped[str] = mapped_column(default="")
    recognisable: Mapped[str] = mapped_column(default="unknown")


def picture_checks() -> tuple[sa.CheckConstraint, ...]:
    """What holds for every table of pictures."""
    return (
        sa.CheckConstraint("recognisable IN ('unknown','nobody','agreed')", name="recognisable"),
        sa.CheckConstraint(
            "cut_left >= 0 AND cut_right >= 0 AND cut_left + cut_right <= 90", name="cut_across"
        ),
        sa.CheckConstraint(
            "cut_top >= 0 AND cut_bottom >= 0 AND cut_top + cut_bottom <= 90", name="cut_down"
        ),
    )


class Photo(Pictured, Base):
    """A photo of a workshop."""

    __tablename__ = "photo"
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "master_key"),
        *picture_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(sa.ForeignKey("workshop.id"), index=True)
    # Photos are ordered by it; gaps and equals do no harm, the number of the row decides then.
    position: Mapped[int]
    name: Mapped[str]
    is_shown: Mapped[bool] = mapped_column(default=True)
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    workshop: Mapped[Workshop] = relationship()
    persons: Mapped[list["PhotoPerson"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class PhotoPerson(Base):
    """Somebody who can be recognised in a photo: their consent decides whether it is shown."""

    __tablename__ = "photo_person"

    photo_id: Mapped[int] = mapped_column(
        sa.ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, index=True)


class PublishedPhoto(Base):
    """A file of a photo that everybody may see, because news shows it as it was cut then."""

    __tablename__ = "published_photo"

    photo_id: Mapped[int] = mapped_column(sa.ForeignKey("photo.id"), primary_key=True)
    file_key: Mapped[str] = mapped_column(primary_key=True, index=True)
    since: Mapped[datetime]

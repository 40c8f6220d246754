"""People, what they may see, and the devices they are signed in on."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Model


class User(Model):
    """A person who may sign in. `username` is kept in small letters."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "role IN ('hq_admin','regional_manager','supervisor','store_manager','store_staff')", name="role"
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    locale: Mapped[str] = mapped_column(String(5))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_active: Mapped[bool]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class UserScope(Model):
    """One region (with all below it) or one store that a person may see."""

    __tablename__ = "user_scopes"
    __table_args__ = (CheckConstraint("(region_id IS NULL) <> (store_id IS NULL)", name="one_target"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    region_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("regions.id"), index=True)
    store_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stores.id"), index=True)


class Session(Model):
    """A device that somebody is signed in on; the family of its refresh tokens."""

    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), index=True)
    device_name: Mapped[str] = mapped_column(String(120))
    transport: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshToken(Model):
    """One link of a session's chain; its id is the token's jti."""

    __tablename__ = "refresh_tokens"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sessions.id"), index=True)
    successor_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class LoginThrottle(Model):
    """Failed tries for one user name, whether or not somebody has it."""

    __tablename__ = "login_throttles"

    username: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None]
    last_failed_at: Mapped[datetime]

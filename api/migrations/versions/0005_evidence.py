"""what photos look like, when their lists came and from whom; what was noticed about reports, and their proof

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
FINGERPRINTS = ("dhash", "phash", "core_dhash", "core_phash")
HAS_LOOKS = sa.text("phash IS NOT NULL")
NOT_LOOKED_AT = sa.text("looked_at IS NULL")


def upgrade() -> None:
    for name in FINGERPRINTS:
        _add("photos", name, "BIGINT")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        for name in ("listed_at", "looked_at"):
            batch_op.add_column(sa.Column(name, MOMENT, nullable=True))
        for name in FINGERPRINTS:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
    _fill()
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("listed_at", existing_type=MOMENT, nullable=False)
        batch_op.create_foreign_key(op.f("fk_evidence_person_id_users"), "users", ["person_id"], ["id"])
    for name, column in (("store", "store_id"), ("person", "person_id")):
        op.create_index(
            f"ix_evidence_{name}_looks",
            "evidence",
            [column, "listed_at"],
            postgresql_include=["id", *FINGERPRINTS],
            postgresql_where=HAS_LOOKS,
            sqlite_where=HAS_LOOKS,
        )
    op.create_index(
        "ix_evidence_not_looked_at",
        "evidence",
        ["listed_at"],
        postgresql_where=NOT_LOOKED_AT,
        sqlite_where=NOT_LOOKED_AT,
    )
    _add("inspections", "signals", "JSON DEFAULT '[]' NOT NULL")
    _add("inspections", "proof", "INTEGER")
    _add("inspections", "proof_facts", "JSON")
    op.create_index("ix_inspections_inspector_started", "inspections", ["inspector_id", "started_at"])


def downgrade() -> None:
    op.drop_index("ix_inspections_inspector_started", table_name="inspections")
    for name in ("proof_facts", "proof", "signals"):
        op.execute(f"ALTER TABLE inspections DROP COLUMN {name}")
    for name in ("not_looked_at", "person_looks", "store_looks"):
        op.drop_index(f"ix_evidence_{name}", table_name="evidence")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_evidence_person_id_users"), type_="foreignkey")
        for name in (*reversed(FINGERPRINTS), "looked_at", "listed_at", "person_id"):
            batch_op.drop_column(name)
    for name in reversed(FINGERPRINTS):
        op.execute(f"ALTER TABLE photos DROP COLUMN {name}")


def _fill() -> None:
    """Lists came with their reports; of tasks the history does not say it of each photo, so their birth counts.

    All of these count as looked at: there are no fingerprints of photos from before.
    """
    op.execute(
        "UPDATE evidence SET"
        " person_id = (SELECT i.inspector_id FROM inspections i WHERE i.id = evidence.inspection_id),"
        " listed_at = COALESCE("
        " (SELECT i.received_at FROM inspections i WHERE i.id = evidence.inspection_id),"
        " (SELECT t.created_at FROM tasks t WHERE t.id = evidence.task_id), taken_at)"
    )
    op.execute("UPDATE evidence SET looked_at = listed_at")


def _add(table: str, name: str, kind: str) -> None:
    """A column added in place; a rebuilt table would lose its references on SQLite."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")

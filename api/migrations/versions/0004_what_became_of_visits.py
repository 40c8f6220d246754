"""when visits were begun and finished, who gave them by hand, and the recheck that a report asked for

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Table, column, type, the table it refers to.
COLUMNS = (
    ("visits", "started_at", MOMENT, None),
    ("visits", "finished_at", MOMENT, None),
    ("visits", "assigned_by", sa.Uuid(), "users"),
    ("inspections", "recheck_visit_id", sa.Uuid(), "visits"),
)


def upgrade() -> None:
    for table, name, kind, other in COLUMNS:
        _add(table, name, kind, other)
    op.create_index("ix_visits_rescheduled_from", "visits", ["rescheduled_from"])
    for name, source in (("started_at", "started_at"), ("finished_at", "submitted_at")):
        op.execute(
            f"UPDATE visits SET {name} = (SELECT i.{source} FROM inspections i"
            " WHERE i.id = visits.inspection_id) WHERE inspection_id IS NOT NULL"
        )


def downgrade() -> None:
    op.drop_index("ix_visits_rescheduled_from", table_name="visits")
    for table, name, _, other in reversed(COLUMNS):
        if other and op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(f"fk_{table}_{name}_{other}", table, type_="foreignkey")
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], other: str | None) -> None:
    """A column that may be empty, with its reference; SQLite adds it without rebuilding the table."""
    text = kind.compile(dialect=op.get_bind().dialect)
    refers = f" CONSTRAINT fk_{table}_{name}_{other} REFERENCES {other} (id)" if other else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {text}{refers}")

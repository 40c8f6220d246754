"""plans with revisions, overrides and watermarks; what visits know of them; absences; complaints; opening hours

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Columns of visits: name, type, the table it refers to.
VISITS = (
    ("plan_id", sa.Uuid(), "plans"),
    ("occurrence", sa.String(length=16), None),
    ("early_at", MOMENT, None),
    ("owner_id", sa.Uuid(), "users"),
    ("called_off_by_plan", sa.Boolean(), None),
    ("rescheduled_from", sa.Uuid(), "visits"),
    ("source_inspection_id", sa.Uuid(), None),
    ("settled_at", MOMENT, None),
)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("scope_region_ids", sa.JSON(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('active','paused','ended')", name=op.f("ck_plans_state")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_plans_created_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_table(
        "plan_revisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["checklist_id"], ["checklists.id"], name=op.f("fk_plan_revisions_checklist_id_checklists")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_plan_revisions_created_by_users")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_revisions_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_revisions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_revisions_plan_id_number")),
    )
    op.create_table(
        "plan_stores",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("override", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_stores_plan_id_plans")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_plan_stores_store_id_stores")),
        sa.PrimaryKeyConstraint("plan_id", "store_id", name=op.f("pk_plan_stores")),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absences_days")),
        sa.CheckConstraint("user_id <> deputy_id", name=op.f("ck_absences_deputy")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_absences_created_by_users")),
        sa.ForeignKeyConstraint(["deputy_id"], ["users.id"], name=op.f("fk_absences_deputy_id_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_user", "absences", ["user_id", "last_day"])
    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_complaints_store_id_stores")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("reference", name=op.f("uq_complaints_reference")),
    )
    op.create_index("ix_complaints_store_date", "complaints", ["store_id", "on_date"])
    for name, kind, other in VISITS:
        _add("visits", name, kind, other)
    op.create_index("uq_visits_occurrence", "visits", ["plan_id", "store_id", "occurrence"], unique=True)
    op.create_index("uq_visits_source_inspection", "visits", ["source_inspection_id"], unique=True)
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opening_hours", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("closed_dates", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.drop_column("closed_dates")
        batch_op.drop_column("opening_hours")
    op.drop_index("uq_visits_source_inspection", table_name="visits")
    op.drop_index("uq_visits_occurrence", table_name="visits")
    for name, _, other in reversed(VISITS):
        if other and op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(f"fk_visits_{name}_{other}", "visits", type_="foreignkey")
        op.execute(f"ALTER TABLE visits DROP COLUMN {name}")
    for table in ("complaints", "absences", "plan_stores", "plan_revisions", "plans"):
        op.drop_table(table)


def _add(table: str, name: str, kind: sa.types.TypeEngine[object], other: str | None) -> None:
    """A column that may be empty, with its reference; SQLite adds it without rebuilding the table."""
    text = kind.compile(dialect=op.get_bind().dialect)
    refers = f" CONSTRAINT fk_{table}_{name}_{other} REFERENCES {other} (id)" if other else ""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {text}{refers}")

"""extensions, appeals with revisions of scores, comments, escalation, campaigns, rosters, company settings

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Columns of tasks: name, type, what else.
TASKS = (
    (
        "source",
        "VARCHAR(12)",
        "DEFAULT 'inspection' NOT NULL CONSTRAINT ck_tasks_source"
        " CHECK (source IN ('inspection','manual','complaint','campaign'))",
    ),
    ("source_id", sa.Uuid(), ""),
    ("recurs_id", sa.Uuid(), "CONSTRAINT fk_tasks_recurs_id_tasks REFERENCES tasks (id)"),
    ("created_by_id", sa.Uuid(), "CONSTRAINT fk_tasks_created_by_id_users REFERENCES users (id)"),
    ("first_response_at", MOMENT, ""),
    ("review_due_at", MOMENT, ""),
    ("paused_at", MOMENT, ""),
)


def upgrade() -> None:
    op.create_table(
        "feed_positions",
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_feed_positions")),
    )
    op.create_table(
        "company_settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("updated_by_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["users.id"], name=op.f("fk_company_settings_updated_by_id_users")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_company_settings")),
    )
    op.create_table(
        "task_campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("guide", sa.JSON(), nullable=True),
        sa.Column("flag", sa.String(length=10), nullable=False),
        sa.Column("needs_photo", sa.Boolean(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_task_campaigns_created_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_campaigns")),
    )
    op.create_index("ix_task_campaigns_created", "task_campaigns", ["created_at", "id"], unique=False)
    op.create_table(
        "shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_shifts_order")),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_shifts_store_id_stores")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_shifts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("user_id", "starts_at", name=op.f("uq_shifts_user_id_starts_at")),
    )
    op.create_index("ix_shifts_store_ends", "shifts", ["store_id", "ends_at"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("store_id", sa.Uuid(), nullable=False),
        sa.Column("item_key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("device_at", MOMENT, nullable=True),
        sa.Column("decider_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('pending','upheld','rejected')", name=op.f("ck_appeals_state")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name=op.f("fk_appeals_asked_by_id_users")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_appeals_decided_by_id_users")),
        sa.ForeignKeyConstraint(["decider_id"], ["users.id"], name=op.f("fk_appeals_decider_id_users")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_appeals_inspection_id_inspections")
        ),
        sa.ForeignKeyConstraint(["store_id"], ["stores.id"], name=op.f("fk_appeals_store_id_stores")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("inspection_id", "item_key", name=op.f("uq_appeals_inspection_id_item_key")),
    )
    op.create_index("ix_appeals_store_state", "appeals", ["store_id", "state"], unique=False)
    op.create_table(
        "escalations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("fired_at", MOMENT, nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_escalations_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.UniqueConstraint("task_id", "step", "due_at", name=op.f("uq_escalations_task_id_step_due_at")),
    )
    op.create_table(
        "score_revisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("appeal_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("raw_score", sa.BigInteger(), nullable=True),
        sa.Column("band", sa.String(length=10), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("ranked", sa.Boolean(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("score_facts", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_score_revisions_actor_id_users")),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeals.id"], name=op.f("fk_score_revisions_appeal_id_appeals")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_score_revisions_inspection_id_inspections")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_revisions")),
        sa.UniqueConstraint("inspection_id", "number", name=op.f("uq_score_revisions_inspection_id_number")),
    )
    op.create_table(
        "task_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("device_at", MOMENT, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_task_comments_author_id_users")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_comments_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comments")),
    )
    op.create_index("ix_task_comments_task", "task_comments", ["task_id", "at"], unique=False)
    op.create_table(
        "task_extensions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("old_due_at", MOMENT, nullable=False),
        sa.Column("new_due_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("interim", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending','granted','refused','withdrawn')", name=op.f("ck_task_extensions_state")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["users.id"], name=op.f("fk_task_extensions_asked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_task_extensions_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_extensions_task_id_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_extensions")),
    )
    op.create_index("ix_task_extensions_task", "task_extensions", ["task_id", "asked_at"], unique=False)
    for name, kind, more in TASKS:
        _add("tasks", name, kind, more)
    op.execute("UPDATE tasks SET source = 'manual' WHERE inspection_id IS NULL")
    op.create_index("ix_tasks_recurs_id", "tasks", ["recurs_id"])
    op.create_index("ix_tasks_status_due", "tasks", ["status", "due_at"])
    op.create_index("uq_tasks_source_store", "tasks", ["source_id", "store_id"], unique=True)


def downgrade() -> None:
    for name in ("uq_tasks_source_store", "ix_tasks_status_due", "ix_tasks_recurs_id"):
        op.drop_index(name, table_name="tasks")
    for name, _, more in reversed(TASKS):
        if more and op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(more.split("CONSTRAINT ")[1].split()[0], "tasks")
        op.execute(f"ALTER TABLE tasks DROP COLUMN {name}")
    op.drop_table("score_revisions")
    op.drop_table("appeals")
    op.drop_table("escalations")
    op.drop_table("task_comments")
    op.drop_table("task_extensions")
    op.drop_table("task_campaigns")
    op.drop_table("shifts")
    op.drop_table("company_settings")
    op.drop_table("feed_positions")


def _add(table: str, name: str, kind: sa.types.TypeEngine[object] | str, more: str) -> None:
    """A column added in place; a rebuilt table would lose its references on SQLite."""
    text = kind if isinstance(kind, str) else kind.compile(dialect=op.get_bind().dialect)
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {text} {more}")

"""checklists that can hold any SOP: frozen versions, retiring, tags of stores, long work

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SAYS = "a published version never changes"


def upgrade() -> None:
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("checklists", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "errands",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result_text", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting','running','done','failed','cancelled')", name=op.f("ck_errands_state")
        ),
        sa.ForeignKeyConstraint(["requested_by"], ["users.id"], name=op.f("fk_errands_requested_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
    )
    op.create_index("ix_errands_state_created", "errands", ["state", "created_at"], unique=False)
    op.create_index("ix_inspections_checklist_received", "inspections", ["checklist_id", "received_at"])
    _freeze()


def downgrade() -> None:
    _thaw()
    op.drop_index("ix_inspections_checklist_received", table_name="inspections")
    op.drop_index("ix_errands_state_created", table_name="errands")
    op.drop_table("errands")
    with op.batch_alter_table("checklists", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
    with op.batch_alter_table("stores", schema=None) as batch_op:
        batch_op.drop_column("tags")


def _freeze() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER checklist_versions_frozen BEFORE UPDATE OR DELETE ON checklist_versions "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER checklist_versions_no_{deed.lower()} BEFORE {deed} ON checklist_versions "
            f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def _thaw() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER checklist_versions_frozen ON checklist_versions")
        op.execute("DROP FUNCTION refuse_change_of_version()")
        return
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER checklist_versions_no_{deed}")

"""How Alembic reaches the database: through the application, on its engine."""

from alembic import context
from flask import current_app

from api.core.db import db

config = context.config


def run() -> None:
    """Every migration in one transaction; SQLite gets its tables rebuilt where it cannot alter them."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

"""`flask jobs …`: the process that does what nobody asks for."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from api.jobs import scheduler

jobs = AppGroup("jobs", help="What is done without anybody asking.")


@jobs.command("run")
def run() -> None:
    """Runs the jobs until told to stop."""
    click.echo("jobs are running")
    scheduler.run_for_ever(current_app._get_current_object())  # type: ignore[attr-defined]


def install(app: Flask) -> None:
    """Adds the commands."""
    app.cli.add_command(jobs)

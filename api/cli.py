"""`flask …` commands; each calls one service and says what came of it."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from api.accounts import passwords
from api.accounts import services as accounts
from api.accounts.types import HQ_ADMIN
from api.core.bodies import decode_table
from api.core.clock import now
from api.core.errors import Problem
from api.core.transaction import in_transaction
from api.demo import services as demo_data
from api.imports import checklist_files, exports
from api.imports import services as imports
from api.web.schema_state import MIGRATIONS

seed = AppGroup("seed", help="First data.")
import_ = AppGroup("import", help="Take data over from files; all of a file or nothing.")
export = AppGroup("export", help="Take data away as files.")
user = AppGroup("user", help="People.")
_FILE_KINDS = {
    ".xlsx": checklist_files.XLSX,
    ".json": checklist_files.JSON,
    ".csv": checklist_files.CSV,
}


def _says_problems(command: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Problem as problem:
            click.echo(f"{problem.title}. {problem.detail}".strip(), err=True)
            for fault in problem.errors:
                click.echo(f"  {fault.pointer}: {fault.message}", err=True)
            sys.exit(1)

    return wrapped


@click.command("migrate")
@click.option("--demo", is_flag=True, help="Then put demo data into it when it is empty.")
def migrate(demo: bool) -> None:
    """Brings the database to the tables that this code knows."""
    upgrade(directory=str(MIGRATIONS))
    click.echo("the database is up to date")
    if demo:
        _seed_demo()


@seed.command("demo")
def seed_demo() -> None:
    """Demo people, stores, checklists and visits, on an empty database alone."""
    _seed_demo()


def _seed_demo() -> None:
    done = demo_data.seed(current_app.extensions["rounds_blobs"], now())
    click.echo("demo data is in place" if done else "the database is not empty; nothing was changed")


@user.command("create-admin")
@click.argument("username")
@click.option("--name", default="", help="Name to show; the user name when left out.")
@click.password_option()
@_says_problems
def create_admin(username: str, name: str, password: str) -> None:
    """Adds somebody of head office, who then adds everybody else."""
    if len(password) < passwords.MIN_LENGTH:
        raise click.BadParameter(f"The password needs at least {passwords.MIN_LENGTH} characters.")
    in_transaction(
        accounts.add_user,
        username=username,
        name=name or username,
        role=HQ_ADMIN,
        locale="zh",
        password_hash=passwords.hashed(password),
        actor=None,
        now=now(),
    )
    click.echo(f"{username} may sign in")


@import_.command("stores")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check alone; change nothing.")
@_says_problems
def import_stores(file: Path, dry_run: bool) -> None:
    """Stores from CSV."""
    report = imports.stores(decode_table(file.read_bytes()), actor=None, now=now(), dry_run=dry_run)
    click.echo(json.dumps(report))


@import_.command("complaints")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check alone; change nothing.")
@_says_problems
def import_complaints(file: Path, dry_run: bool) -> None:
    """Complaints about stores from CSV: store, reference, date, kind, note."""
    report = imports.complaints(decode_table(file.read_bytes()), actor=None, now=now(), dry_run=dry_run)
    click.echo(json.dumps(report))


@import_.command("checklists")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", default="", help="For CSV: the code of the checklist.")
@click.option("--name-zh", default="", help="For CSV: its Chinese name.")
@click.option("--name-en", default="", help="For CSV: its English name.")
@click.option("--as", "as_", type=click.Choice(["version", "draft"]), default="version", show_default=True)
@click.option("--dry-run", is_flag=True, help="Check alone; change nothing.")
@_says_problems
def import_checklists(file: Path, code: str, name_zh: str, name_en: str, as_: str, dry_run: bool) -> None:
    """Checklists from JSON or XLSX, or one from CSV."""
    name = {"zh": name_zh, "en": name_en or file.stem}
    kind = _FILE_KINDS.get(file.suffix.lower(), checklist_files.BYTES)
    drafts = checklist_files.checklists_in(file.read_bytes(), kind, code or file.stem, name)
    report = imports.checklists(drafts, actor=None, now=now(), dry_run=dry_run, as_=as_)
    click.echo(json.dumps(report))


@export.command("checklist")
@click.argument("code")
@click.option(
    "--format", "file_format", type=click.Choice(exports.FORMATS), default="xlsx", show_default=True
)
@click.option("--version", "edition", default="", help="A number, or draft; the newest when left out.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@_says_problems
def export_checklist(code: str, file_format: str, edition: str, output: Path | None) -> None:
    """A checklist as a workbook that can be filled in and imported again, or as JSON."""
    if edition not in ("", "draft") and not (edition.isascii() and edition.isdecimal() and len(edition) < 8):
        raise click.BadParameter("The number of a version, or draft.")
    found = exports.coded(code)
    file = exports.exported(found, edition or exports.newest(found), file_format)
    path = output or Path(file.name)
    path.write_bytes(file.body)
    click.echo(f"{path}: {len(file.body):,} bytes")


def install(app: Flask) -> None:
    """Adds the commands."""
    for command in (migrate, seed, import_, export, user):
        app.cli.add_command(command)

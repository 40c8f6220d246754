"""Where the parts meet."""

from flask import Flask
from flask_migrate import Migrate
from flask_smorest.blueprint import Blueprint
from werkzeug.middleware.proxy_fix import ProxyFix

from api.accounts import auth
from api.accounts.routes import blp as auth_blp
from api.checklists.library_routes import blp as library_blp
from api.checklists.routes import blp as checklists_blp
from api.core import db as database
from api.core import logging, problems
from api.core.config import Settings
from api.core.problems import ProblemApi
from api.core.strictjson import StrictJSON
from api.errands.routes import blp as errands_blp
from api.events import services as events  # noqa: F401  (registers the numbering of facts)
from api.imports.export_routes import blp as exports_blp
from api.imports.routes import blp as imports_blp
from api.inspections.routes import blp as inspections_blp
from api.inspections.score_routes import blp as scores_blp
from api.photos.routes import blp as photos_blp
from api.plans.absences_routes import blp as absences_blp
from api.plans.plan_routes import blp as plans_blp
from api.plans.routes import blp as visits_blp
from api.rehearsals.routes import blp as rehearsals_blp
from api.reports.board_routes import blp as boards_blp
from api.reports.priorities_routes import blp as priorities_blp
from api.reports.routes import blp as reports_blp
from api.stores import codes
from api.stores.people_routes import blp as people_blp
from api.stores.routes import blp as stores_blp
from api.sync.routes import blp as sync_blp
from api.tasks.routes import blp as tasks_blp
from api.web import docs, headers, health, pwa, requests
from api.web.schema_state import MIGRATIONS
from storage.blobs import open_blobs

MAX_BODY = 13 * 1024 * 1024
ROOMS: tuple[Blueprint, ...] = (
    auth_blp,
    people_blp,
    stores_blp,
    checklists_blp,
    library_blp,
    plans_blp,
    visits_blp,
    absences_blp,
    photos_blp,
    inspections_blp,
    scores_blp,
    tasks_blp,
    sync_blp,
    reports_blp,
    boards_blp,
    priorities_blp,
    rehearsals_blp,
    errands_blp,
    imports_blp,
    exports_blp,
)


def create_app(settings: Settings) -> Flask:
    """The application for these settings; nothing is read from the environment here."""
    app = Flask("rounds", static_folder=None)
    app.json = StrictJSON(app)
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_PARTS=20,
        PWA_FOLDER=settings.pwa_folder,
        PUBLIC_URL=settings.public_url,
        API_TITLE="Rounds",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logging.install(settings.log_level)
    database.install(app, settings.database_url)
    Migrate(app, database.db, directory=str(MIGRATIONS))
    app.extensions["rounds_blobs"] = open_blobs(settings.storage)
    app.extensions["rounds_store_codes"] = codes.key_of(settings.secret_key)
    auth.install(app, settings)
    requests.install(app)
    headers.install(app, tls=settings.secure_cookies)
    api = ProblemApi(app)
    for room in ROOMS:
        api.register_blueprint(room)
    problems.install(app)
    for part in (health.blp, docs.blp, pwa.blp):
        app.register_blueprint(part)
    return app

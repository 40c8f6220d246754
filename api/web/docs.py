"""The readable page of the API, from files of our own: no other host is asked."""

from flask import Blueprint, Response

from api.accounts.auth import public

blp = Blueprint("docs", __name__, url_prefix="/api/docs")
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rounds API</title>
<link rel="icon" href="/icons/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/vendor/swagger-ui/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/vendor/swagger-ui/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  requestInterceptor(request) {
    const csrf = document.cookie.match(/rounds_csrf=([^;]+)/);
    if (csrf) request.headers["X-CSRF-TOKEN"] = csrf[1];
    return request;
  },
});
"""


@blp.route("")
@public
def page() -> Response:
    """The page."""
    return Response(_PAGE, content_type="text/html; charset=utf-8")


@blp.route("/start.js")
@public
def start() -> Response:
    """Starts it; inline scripts are not allowed."""
    return Response(_START, content_type="text/javascript; charset=utf-8")

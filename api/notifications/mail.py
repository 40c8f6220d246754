"""E-mail over SMTP: text and simple HTML of the same words. Nothing from outside gets into a header or a tag."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from api.core.clock import now
from api.notifications.parcels import AGAIN, REFUSED, SENT, Outcome, Parcel
from api.notifications.words import word

TIMEOUT = 15


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, and from whom it comes."""

    host: str
    port: int
    username: str
    password: str
    tls: bool
    sender: str

    @property
    def address(self) -> str:
        """The sender's address alone."""
        return parseaddr(self.sender)[1]


def mail_server(url: str | None, sender: str | None) -> MailServer | None:
    """From smtp(s)://user:password@host:port; None when mail is not set up."""
    if not url or not sender:
        return None
    parts = urlsplit(url)
    tls = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or (465 if tls else 587),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        sender=sender,
    )


def send_all(server: MailServer, parcels: Sequence[Parcel], public_url: str) -> list[Outcome]:
    """Sends mails over one connection. When the server is away, all that are left are tried again later."""
    outcomes: list[Outcome] = []
    try:
        with _connected(server) as smtp:
            for parcel in parcels:
                outcomes.append(_send(smtp, server, parcel, public_url))
    except (OSError, smtplib.SMTPException) as error:
        reason = f"{type(error).__name__}: {error}"
        outcomes += [Outcome(AGAIN, reason)] * (len(parcels) - len(outcomes))
    return outcomes


def _connected(server: MailServer) -> Any:
    context = ssl.create_default_context()
    if server.tls:
        smtp: Any = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=context)
    if server.username:
        smtp.login(server.username, server.password)
    return smtp


def _send(smtp: Any, server: MailServer, parcel: Parcel, public_url: str) -> Outcome:
    try:
        smtp.send_message(letter(server.sender, parcel, public_url))
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        smtp.rset()
        return Outcome(REFUSED if all(code >= 500 for code in codes) else AGAIN, f"refused: {codes}")
    except smtplib.SMTPResponseException as error:
        smtp.rset()
        return Outcome(REFUSED if error.smtp_code >= 500 else AGAIN, f"{error.smtp_code}")
    return Outcome(SENT)


def letter(sender: str, parcel: Parcel, public_url: str) -> EmailMessage:
    """The mail. The same delivery has the same Message-ID, so that sent twice it can be known as one."""
    assert parcel.email is not None
    message = EmailMessage()
    message["Subject"] = " ".join(parcel.title.split())
    message["From"] = sender
    message["To"] = parcel.email
    message["Date"] = format_datetime(now())
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{parcel.delivery_id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(parcel, public_url))
    message.add_alternative(_html(parcel, public_url), subtype="html")
    return message


def _text(parcel: Parcel, public_url: str) -> str:
    parts = [parcel.title, ""]
    if parcel.lines:
        for title, body, link in parcel.lines:
            parts += [f"· {title}", *(f"  {line}" for line in body.split("\n") if line)]
            parts += [f"  {public_url}{link}", ""]
    else:
        parts += [parcel.body, "", f"{public_url}{parcel.link}", ""]
    return "\n".join([*parts, word("mail.footer", parcel.locale), f"{public_url}/me/notifications"])


_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"></head>
<body style="margin:0;padding:24px 16px;background:#f4f5f7;color:#1b1f24;font:16px/1.5 -apple-system,'PingFang SC','Microsoft YaHei','Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #dfe2e6;border-radius:12px">
<h1 style="margin:0 0 12px;font-size:20px;line-height:1.3">{title}</h1>
{parts}
</div>
<p style="max-width:560px;margin:16px auto 0;font-size:13px;color:#5b636d">{footer} <a href="{settings}" style="color:#1d4e9e">{settings}</a></p>
</body></html>
"""
_LINE = '<p style="margin:0 0 4px">{line}</p>'
_BUTTON = '<p style="margin:16px 0 0"><a href="{link}" style="display:inline-block;padding:10px 20px;background:#1d4e9e;color:#fff;text-decoration:none;border-radius:8px">{word}</a></p>'
_ITEM = '<div style="margin:0 0 12px;padding:12px 0 0;border-top:1px solid #dfe2e6"><a href="{link}" style="color:#1d4e9e;font-weight:600;text-decoration:none">{title}</a>{body}</div>'


def _html(parcel: Parcel, public_url: str) -> str:
    if parcel.lines:
        parts = "".join(
            _ITEM.format(link=escape(public_url + link), title=escape(title), body=_lines(body))
            for title, body, link in parcel.lines
        )
    else:
        button = _BUTTON.format(
            link=escape(public_url + parcel.link), word=escape(word("mail.open", parcel.locale))
        )
        parts = _lines(parcel.body) + button
    return _PAGE.format(
        lang="zh-CN" if parcel.locale == "zh" else "en",
        title=escape(parcel.title),
        parts=parts,
        footer=escape(word("mail.footer", parcel.locale)),
        settings=escape(f"{public_url}/me/notifications"),
    )


def _lines(body: str) -> str:
    return "".join(_LINE.format(line=escape(line)) for line in body.split("\n") if line)

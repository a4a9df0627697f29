#!/usr/bin/env python3
"""A real mail server for tests, with an inbox that is read over HTTP. Needs aiosmtpd, and openssl with --tls.

    smtp_sink.py [--smtp-port N] [--http-port N] [--tls DIR] [--auth USER:PASSWORD]

Prints one line of JSON when it is ready: {"smtp": port, "http": port, "ca": path of the certificate or null}.
Ports default to free ones. --tls makes a certificate for localhost and 127.0.0.1 in DIR and requires STARTTLS;
--auth requires these credentials (with --tls they are only taken on the protected line).

Recipients decide their fate: refuse*@… is refused for good, busy*@… always temporarily, flaky*@… twice and then
works, anything else is taken.

    GET    /messages            all mails, oldest first
    GET    /messages?to=ADDRESS those of one recipient
    GET    /messages/N/raw      one mail as it came
    GET    /attempts            how often each recipient was tried
    DELETE /messages            forget everything
"""

import argparse
import asyncio
import base64
import email
import email.policy
import http.server
import json
import logging
import pathlib
import ssl
import subprocess
import threading
import urllib.parse
import warnings

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Inbox:
    """The mails that arrived, shared by the mail server and the web server."""

    def __init__(self):
        self.lock = threading.Lock()
        self.mails = []
        self.attempts = {}

    def attempt(self, recipient):
        with self.lock:
            self.attempts[recipient] = self.attempts.get(recipient, 0) + 1
            return self.attempts[recipient]

    def add(self, mail):
        with self.lock:
            self.mails.append(mail)

    def all(self):
        with self.lock:
            return list(self.mails)

    def clear(self):
        with self.lock:
            self.mails.clear()
            self.attempts.clear()


class Handler:
    """Takes mails, or refuses them as their recipient says."""

    def __init__(self, inbox):
        self.inbox = inbox

    async def handle_RCPT(self, server, session, envelope, address, options):
        nth = self.inbox.attempt(address)
        if address.startswith("refuse"):
            return "550 5.1.1 No such user"
        if address.startswith("busy") or (address.startswith("flaky") and nth <= 2):
            return f"451 4.3.0 Try again later ({nth})"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.inbox.add(
            {
                "mail_from": envelope.mail_from,
                "recipients": list(envelope.rcpt_tos),
                "tls": session.ssl is not None,
                "authenticated": bool(session.authenticated),
                "raw": envelope.content,
            }
        )
        return "250 2.0.0 Queued"


def described(mail):
    """A mail as JSON, parsed by the standard library: an opinion other than the sender's."""
    message = email.message_from_bytes(mail["raw"], policy=email.policy.default)

    def body(kind):
        part = message.get_body((kind,))
        return part.get_content() if part else None

    return {
        **{key: value for key, value in mail.items() if key != "raw"},
        "subject": message["subject"],
        "from": message["from"],
        "to": message["to"],
        "reply_to": message["reply-to"],
        "message_id": message["message-id"],
        "date": message["date"],
        "headers": [[name, str(value)] for name, value in message.items()],
        "text": body("plain"),
        "html": body("html"),
        "structure": [part.get_content_type() for part in message.walk()],
        "defects": [repr(defect) for part in message.walk() for defect in part.defects],
        "attachments": [
            {
                "name": part.get_filename(),
                "content_type": part.get_content_type(),
                "content": base64.b64encode(part.get_payload(decode=True) or b"").decode(),
            }
            for part in message.iter_attachments()
        ],
    }


class Web(http.server.BaseHTTPRequestHandler):
    """Shows the inbox."""

    inbox = None
    protocol_version = "HTTP/1.1"

    def answer(self, status, body, content_type="application/json"):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        mails = self.inbox.all()
        match url.path.strip("/").split("/"):
            case ["messages"]:
                wanted = urllib.parse.parse_qs(url.query).get("to")
                chosen = [m for m in mails if not wanted or wanted[0] in m["recipients"]]
                self.answer(200, [described(mail) for mail in chosen])
            case ["messages", number, "raw"] if number.isdecimal() and int(number) < len(mails):
                self.answer(200, mails[int(number)]["raw"], "message/rfc822")
            case ["attempts"]:
                self.answer(200, self.inbox.attempts)
            case _:
                self.answer(404, {"error": "not found"})

    def do_DELETE(self):
        self.inbox.clear()
        self.answer(200, {})

    def log_message(self, *_):
        pass


def certificate(folder):
    """A fresh self-signed certificate, valid for a day."""
    folder.mkdir(parents=True, exist_ok=True)
    cert, key = folder / "cert.pem", folder / "key.pem"
    config = folder / "openssl.cnf"
    config.write_text(
        "[req]\ndistinguished_name=name\nx509_extensions=server\nprompt=no\n"
        "[name]\nCN=localhost\n"
        "[server]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n"
    )
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command = ["openssl", "req", "-x509", *new_key, "-days", "1", "-config", config, "-keyout", key, "-out", cert]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


def smtp_factory(inbox, context, credentials):
    def authenticator(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and f"{data.login.decode()}:{data.password.decode()}" == credentials
        return AuthResult(success=known, handled=False)

    options = {"hostname": "localhost", "enable_SMTPUTF8": True, "data_size_limit": 40_000_000}
    if context:
        options |= {"tls_context": context, "require_starttls": True}
    if credentials:
        options |= {
            "authenticator": authenticator,
            "auth_required": True,
            "auth_require_tls": context is not None,
        }
    return lambda: SMTP(Handler(inbox), **options)


async def main():
    parser = argparse.ArgumentParser(description="A mail server for tests")
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--tls", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--auth", metavar="USER:PASSWORD")
    arguments = parser.parse_args()

    # Refused handshakes and passwords without TLS are what the tests are about.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")

    inbox = Inbox()
    context, ca = certificate(arguments.tls) if arguments.tls else (None, None)
    factory = smtp_factory(inbox, context, arguments.auth)
    smtp = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", arguments.smtp_port)
    Web.inbox = inbox
    web = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.http_port), Web)
    threading.Thread(target=web.serve_forever, daemon=True).start()

    ports = {"smtp": smtp.sockets[0].getsockname()[1], "http": web.server_port}
    print(json.dumps({**ports, "ca": str(ca) if ca else None}), flush=True)
    await smtp.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass

"""Reports of mail that could not be delivered, as mail servers write them (RFC 3464)."""

REFERENCE = "<3f9a@study.example>"


def report(
    action: str = "failed",
    status: str = "5.1.1",
    reference: str = REFERENCE,
    enclosed: str = "message/rfc822",
    address: str = "p01@people.example",
) -> bytes:
    """What a mail server sends back of a letter."""
    return f"""From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such
 user

--b
Content-Type: {enclosed}

Message-ID: {reference}
Subject: A reminder

--b--
""".encode()

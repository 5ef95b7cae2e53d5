"""How a mail leaves: by the mail server of the settings, or as a file where it must not; and what stood in the way."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

SIMULATED = "@simulated.invalid"
_FILES = "django.core.mail.backends.filebased.EmailBackend"


class NotSentError(Exception):
    """Nobody took the mail, and it may be tried again."""


class OutOfReachError(NotSentError):
    """There is no mail server to be reached; other mails fare no better."""


class UnsureError(Exception):
    """The mail server was lost while it took the mail, so that it may have gone."""


class AddressRefusedError(Exception):
    """The mail server will not take mail for this address, now or later."""


class Carrier:
    """Hands over one mail after another, by one connection as long as it lives."""

    def __init__(self) -> None:
        self._connection: Any = None

    def carry(self, mail: EmailMessage, *, simulated: bool) -> None:
        """Hand a mail over; what belongs to people who do not exist becomes a file.

        Raises
        ------
        NotSentError, OutOfReachError, UnsureError, AddressRefusedError
            As their names say.
        """
        if simulated or any(address.endswith(SIMULATED) for address in mail.to):
            self._as_file(mail)
            return
        mail.connection = self._open()
        try:
            mail.send()
        except SMTPRecipientsRefused as error:
            self.close()
            raise _refused(error) from error
        except SMTPResponseException as error:
            self.close()
            raise NotSentError(_error_text(error)) from error
        except (SMTPException, OSError) as error:
            self.close()
            raise UnsureError(_error_text(error)) from error

    def close(self) -> None:
        """End the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> Any:
        if self._connection is not None and not _alive(self._connection):
            self.close()
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (SMTPException, OSError) as error:
                raise OutOfReachError(_error_text(error)) from error
            self._connection = connection
        return self._connection

    def _as_file(self, mail: EmailMessage) -> None:
        mail.connection = get_connection(_FILES, file_path=str(settings.EMAIL_FILE_PATH))
        try:
            mail.send()
        except OSError as error:
            raise NotSentError(_error_text(error)) from error


def _alive(connection: Any) -> bool:
    """Return whether the server at the other end still answers: one that hung up between two mails lost neither."""
    smtp = getattr(connection, "connection", None)
    if smtp is None:
        return False
    try:
        return bool(smtp.noop()[0] == 250)
    except (SMTPException, OSError):
        return False


def _refused(error: SMTPRecipientsRefused) -> Exception:
    """Sort a refusal: for good (550 and the like), or one that passes (451)."""
    code, details = next(iter(error.recipients.values()))
    words = f"{code} {details.decode(errors='replace') if isinstance(details, bytes) else details}"
    return AddressRefusedError(words) if code >= 500 else NotSentError(words)


def _error_text(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        value = error.smtp_error
        return f"{error.smtp_code} {value.decode(errors='replace') if isinstance(value, bytes) else value}"
    return str(error) or type(error).__name__

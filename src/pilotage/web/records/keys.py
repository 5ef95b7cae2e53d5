"""Each person's key: what the log holds about them is sealed with it, and destroying it erases that for good."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from pilotage.web.records.models import Participant, PersonKey

_NONCE = 12
Raw: TypeAlias = "bytes | memoryview[int]"


def give_key(participant: Participant) -> None:
    """Make a new key for a new participant."""
    PersonKey.objects.create(participant=participant, wrapped=seal_for_server(AESGCM.generate_key(256)))


def destroy_key(participant: Participant) -> None:
    """Destroy a person's key: from now on nobody reads what was sealed for them."""
    PersonKey.objects.filter(participant=participant).delete()


def seal(participant: Participant, content: bytes) -> bytes:
    """Seal content that only this person's key opens (AES-256-GCM).

    Raises
    ------
    PersonKey.DoesNotExist
        When the person was erased.
    """
    return _sealed(_key(participant.pk), content)


def unseal(person: int, content: Raw) -> bytes | None:
    """Open what was sealed for a participant; None when the key was destroyed or the content altered."""
    try:
        return _opened(_key(person), content)
    except (PersonKey.DoesNotExist, InvalidTag):
        return None


def seal_for_server(content: bytes) -> bytes:
    """Seal content that only this server's secret opens: keys, and arms of a concealed sequence."""
    return _sealed(_server_key(), content)


def unseal_for_server(content: Raw) -> bytes:
    """Open what was sealed for the server; InvalidTag when the secret is another one."""
    return _opened(_server_key(), content)


def seal_text_for_server(text: str) -> str:
    """Seal a text that only this server's secret opens, as a text: the secrets of second steps."""
    return base64.b64encode(seal_for_server(text.encode())).decode()


def unseal_text_for_server(sealed: str) -> str:
    """Open a text that was sealed for the server; InvalidTag when the secret is another one."""
    return unseal_for_server(base64.b64decode(sealed)).decode()


def opens(sealed: Raw | str) -> bool:
    """Return whether this server's secret opens what was sealed for the server, content or text."""
    try:
        unseal_text_for_server(sealed) if isinstance(sealed, str) else unseal_for_server(sealed)
    except (InvalidTag, ValueError):  # also what was never sealed
        return False
    return True


def _key(person: int) -> bytes:
    return unseal_for_server(PersonKey.objects.values_list("wrapped", flat=True).get(participant_id=person))


def _server_key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"pilotage-keys").digest()


def _sealed(key: bytes, content: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _opened(key: bytes, content: Raw) -> bytes:
    raw = bytes(content)  # PostgreSQL hands out a memoryview
    return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], None)

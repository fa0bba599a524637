"""An authenticator app and a passkey, made in software from their specifications, and the way to use them."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from homeward.web.accounts.models import User
from tests.web.conftest import PASSWORD

SITE = "testserver"
SIGN_IN = "/account/sign-in/"
SECOND_STEP = "/account/sign-in/second-factor/"
CONFIRM = "/account/confirm/"
ADD_PASSKEY = "/account/passkeys/add/"
PERIOD_S = 30


def code_of(secret: str, *, steps_from_now: int = 0) -> str:
    """The code that an authenticator app shows for a key (RFC 6238: SHA-1, 30 seconds, six digits)."""
    counter = int(time.time()) // PERIOD_S + steps_from_now
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


class Passkey:
    """Holds a private key and answers the challenges of one site (WebAuthn level 2, ES256, no attestation)."""

    def __init__(self, *, origin: str = f"https://{SITE}") -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(16)
        self.user_handle = b""

    def register(self, options: dict) -> dict:
        """Answer the request to make a credential."""
        public = options["publicKey"]
        self.user_handle = _bytes(public["user"]["id"])
        credential = AttestedCredentialData.create(
            bytes(16), self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        attestation = AttestationObject.create("none", self._data(AuthenticatorData.FLAG.AT, credential), {})
        client_data = self._client_data(CollectedClientData.TYPE.CREATE, public["challenge"])
        return self._answer(client_data, attestationObject=attestation)

    def sign(self, options: dict) -> dict:
        """Answer the request to prove that the key is here and that its owner agreed."""
        client_data = self._client_data(CollectedClientData.TYPE.GET, options["publicKey"]["challenge"])
        data = self._data(AuthenticatorData.FLAG(0))
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(SHA256()))
        return self._answer(client_data, authenticatorData=data, signature=signature, userHandle=self.user_handle)

    def _data(self, flags: AuthenticatorData.FLAG, credential: bytes = b"") -> AuthenticatorData:
        agreed = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        return AuthenticatorData.create(hashlib.sha256(SITE.encode()).digest(), agreed | flags, 0, credential)

    def _client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, client_data: CollectedClientData, **parts: bytes) -> dict:
        answer = {name: _text(part) for name, part in {"clientDataJSON": client_data, **parts}.items()}
        name = _text(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": answer, "clientExtensionResults": {}}


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def give_password(client: Client, **further: str) -> HttpResponse:
    """Take the first step as the reader."""
    return client.post(SIGN_IN, {"username": "reader", "password": PASSWORD, **further})


def confirm_by_password(client: Client, user: User) -> None:
    """Sign somebody in who then confirms who is at the keyboard, as important changes ask for."""
    client.force_login(user)
    client.post(CONFIRM, {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def add_passkey(client: Client, passkey: Passkey, **further: str) -> HttpResponse:
    """Add a passkey to the account of whoever is signed in and has confirmed it."""
    options = client.get(ADD_PASSKEY).context["js_data"]["creation_options"]
    answer = json.dumps(passkey.register(options))
    return client.post(ADD_PASSKEY, {"name": "Blue key", "credential": answer, **further})

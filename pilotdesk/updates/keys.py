"""Whom this computer takes updates from: public keys (.pdkey) of the distributors.

Those beside the program came with its installation; those in the data directory somebody has registered here after the
fingerprint was compared on the phone. A key file says who it is for, and that is only as true as the way it came: what is
compared is the fingerprint, which is made of the key alone.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

import msgspec
import rtoml

from pilotdesk.atomic import replacing, replacing_together
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import StoreError, UpdateError
from pilotdesk.paths import data_dir, install_root
from pilotdesk.record import Record, converted
from pilotdesk.updates.writing import into_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.clock import Clock

FOLDER: Final = "keys"
"""Beside the program, and in the data directory."""
ENDING: Final = ".pdkey"
KEY_BYTES: Final = 32
ID_BYTES: Final = 20
"""Of the key's SHA-256: what an envelope names its signer by."""
MOST_BYTES: Final = 4096
MOST_KEYS: Final = 64
MOST_NAME: Final = 60
SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a fingerprint: no letter that is mistaken for another or for a digit (Crockford's Base32)."""
_MISTAKEN: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None})

Origin = Literal["installed", "added", "offered"]


class Distributor(Record, frozen=True, kw_only=True):
    """Who signs updates.

    Attributes:
        name: as the key file says. key: the public key, 32 bytes. fingerprint: of the key, in eight groups of four signs.
        origin: ``installed`` with the program, ``added`` by the user, ``offered``: read from a file and not registered.
        made, added: ISO days of the key and of the registration, empty where not known. file: name of the key's file.
    """

    name: str
    key: bytes
    fingerprint: str
    origin: Origin
    made: str = ""
    added: str = ""
    file: str = ""


class _KeyFile(msgspec.Struct, kw_only=True):
    """What a .pdkey says."""

    name: str
    public: str
    made: date | None = None
    added: date | None = None


def key_id(key: bytes) -> bytes:
    """What an envelope names a key by."""
    return hashlib.sha256(b"PilotDesk key\0" + key).digest()[:ID_BYTES]


def fingerprint_of(named: bytes) -> str:
    """The words for what :func:`key_id` gives: ``8F3K M2QX …``, eight groups of four."""
    number = int.from_bytes(named)
    signs = [SIGNS[number >> 5 * at & 31] for at in reversed(range(ID_BYTES * 8 // 5))]
    return " ".join("".join(signs[at : at + 4]) for at in range(0, len(signs), 4))


def same_fingerprint(typed: str, fingerprint: str) -> bool:
    """Whether somebody typed this fingerprint; blanks, small letters and O for 0 make no difference."""
    return _plain_fingerprint(typed) == _plain_fingerprint(fingerprint)


def _plain_fingerprint(typed: str) -> str:
    """The signs alone; what was pasted brings tabs and line ends along."""
    return "".join(unicodedata.normalize("NFKC", typed).upper().split()).translate(_MISTAKEN)


def same_name(one: str, other: str) -> bool:
    """Whether two names look alike: widths, small letters, blanks and points between the words make no difference."""
    return _plain_name(one) == _plain_name(other)


def _plain_name(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


def is_plain(text: str, most: int, *, lines: bool = False) -> bool:
    """Whether a text of somebody else may be shown as it is: not too long, and no sign in it that hides or turns others."""
    allowed = "\n" if lines else ""
    hidden = (sign for sign in text if sign not in allowed and unicodedata.category(sign) in _HIDDEN)
    return len(text) <= most and next(hidden, None) is None


_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


# -- who is known ----------------------------------------------------------------------------------


def distributors() -> tuple[Distributor, ...]:
    """Everybody whose updates are taken: those that came with the program first. A key is listed once."""
    root = install_root()
    found: dict[str, Distributor] = {}
    if root is not None:
        found = {one.fingerprint: one for one in _in_folder(root / FOLDER, "installed")}
    for one in _in_folder(data_dir() / FOLDER, "added"):
        found.setdefault(one.fingerprint, one)
    return tuple(
        sorted(found.values(), key=lambda one: (one.origin != "installed", one.name, one.fingerprint))
    )


def _in_folder(folder: Path, origin: Origin) -> Iterator[Distributor]:
    """The keys of a folder; files that are none are left out."""
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob(f"*{ENDING}"))[:MOST_KEYS]:
            with contextlib.suppress(UpdateError):
                yield _read(path, origin)


def namesakes(key: Distributor) -> tuple[Distributor, ...]:
    """Those who are known under the name of a key and have another key: a forged one would have exactly that name."""
    return tuple(one for one in distributors() if one.key != key.key and same_name(one.name, key.name))


def key_beside(path: Path, fingerprint: str) -> Path | None:
    """The key file with a fingerprint that lies beside another file; ``None`` when there is none."""
    beside = (
        path.parent / one.file for one in _in_folder(path.parent, "offered") if one.fingerprint == fingerprint
    )
    return next(beside, None)


def read_key(path: Path) -> Distributor:
    """What a key file says, to be shown before it is registered.

    Raises:
        UpdateError: ``key_missing``, ``key_foreign``.
    """
    return _read(path, "offered")


def _read(path: Path, origin: Origin) -> Distributor:
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as trouble:
        raise UpdateError("key_missing", name=path.name) from trouble
    try:
        said = converted(rtoml.loads(content[:MOST_BYTES].decode("utf-8-sig")), _KeyFile)
        key = base64.b64decode(said.public, validate=True)
    except (ValueError, RecursionError, msgspec.ValidationError, binascii.Error) as trouble:
        raise UpdateError("key_foreign", name=path.name) from trouble
    name = said.name.strip()
    if len(content) > MOST_BYTES or len(key) != KEY_BYTES or not name or not is_plain(name, MOST_NAME):
        raise UpdateError("key_foreign", name=path.name)
    return Distributor(
        name=name,
        key=key,
        fingerprint=fingerprint_of(key_id(key)),
        origin=origin,
        made=said.made.isoformat() if said.made else "",
        added=said.added.isoformat() if said.added else "",
        file=path.name,
    )


def add_distributor(distributor: Distributor, clock: Clock = SYSTEM_CLOCK) -> Distributor:
    """Register a key that was read and compared; what is stored is what was shown, whatever the file says by now.

    Returns:
        The registered distributor; the one that is known already when the key is.

    Raises:
        StoreError: ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    for known in distributors():
        if known.key == distributor.key:
            return known
    today = clock.today()
    path = data_dir() / FOLDER / f"{distributor.fingerprint.replace(' ', '')}{ENDING}"
    with into_data(), replacing(path) as part:
        made = date.fromisoformat(distributor.made) if distributor.made else None
        part.write_bytes(_key_file(distributor.name, distributor.key, made, today))
    return msgspec.structs.replace(distributor, origin="added", added=today.isoformat(), file=path.name)


def remove_distributor(fingerprint: str) -> Distributor:
    """Take a registered key away; what it signed and is installed stays, see :func:`pilotdesk.updates.record.of_signer`.

    Raises:
        UpdateError: ``key_installed`` when it came with the program, ``key_unknown``.
        StoreError: ``store_unwritable``.
    """
    known = {one.fingerprint: one for one in distributors()}
    if fingerprint not in known:
        raise UpdateError("key_unknown")
    found = known[fingerprint]
    if found.origin != "added":
        raise UpdateError("key_installed", signer=found.name, file=found.file)
    folder = data_dir() / FOLDER
    try:
        for one in _in_folder(folder, "added"):
            if one.key == found.key:
                (folder / one.file).unlink(missing_ok=True)
    except OSError as trouble:
        raise StoreError("store_unwritable", folder=data_dir()) from trouble
    return found


# -- making keys -----------------------------------------------------------------------------------


class KeyFiles(Record, frozen=True):
    """A new pair: ``public`` goes to everybody, ``secret`` stays with the distributor, and its fingerprint."""

    public: Path
    secret: Path
    fingerprint: str


PRIVATE_ENDING: Final = ".pdsecret"
_SECRET: Final = b"PilotDesk secret key 1\n"
_NO_FILE_NAME: Final = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))


def make_keys(folder: Path, name: str, password: str, clock: Clock = SYSTEM_CLOCK) -> KeyFiles:
    """Make the keys of a distributor: a .pdkey for everybody, and a .pdsecret under a password.

    Raises:
        UpdateError: ``key_name`` when the name is empty, too long or has invisible signs; ``key_taken`` when one of the
            files is there already.
        PackageError: ``password_short``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from pilotdesk.drafts.sealed import Sealing, new_key

    plain = name.strip()
    if not plain or not is_plain(plain, MOST_NAME):
        raise UpdateError("key_name", most=MOST_NAME)
    stem = plain.translate(_NO_FILE_NAME).strip(". ")
    public, secret = folder / f"{stem}{ENDING}", folder / f"{stem}{PRIVATE_ENDING}"
    for path in (public, secret):
        if path.exists():
            raise UpdateError("key_taken", name=path.name)
    seal = new_key(password)
    made = Ed25519PrivateKey.from_private_bytes(os.urandom(KEY_BYTES))
    key = made.public_key().public_bytes_raw()
    with replacing_together() as beside:  # a public key without its secret one could be given out
        with beside(secret).open("wb") as opened, Sealing(opened, seal) as sealing:
            sealing.write(_SECRET + made.private_bytes_raw())
        beside(public).write_bytes(_key_file(plain, key, clock.today()))
    return KeyFiles(public, secret, fingerprint_of(key_id(key)))


def secret_key(path: Path, password: str) -> bytes:
    """The 32 bytes of a secret key.

    Raises:
        UpdateError: ``secret_missing``, ``secret_foreign``.
        PackageError: ``password_wrong``, ``package_damaged``.
    """
    from pilotdesk.drafts.sealed import MAGIC, Unsealed, is_sealed, key_of

    try:
        with path.open("rb") as opened:
            if not is_sealed(opened.read(len(MAGIC))):
                raise UpdateError("secret_foreign", name=path.name)
            plain = Unsealed(opened, key_of(opened, password, path.name), path.name).read(MOST_BYTES) or b""
    except OSError as trouble:
        raise UpdateError("secret_missing", name=path.name) from trouble
    if not plain.startswith(_SECRET) or len(plain) != len(_SECRET) + KEY_BYTES:
        raise UpdateError("secret_foreign", name=path.name)
    return plain[len(_SECRET) :]


def _key_file(name: str, key: bytes, made: date | None, added: date | None = None) -> bytes:
    quoted = msgspec.json.encode(name).decode()
    lines = [
        "# PilotDesk 发放单位的公钥，可以公开。登记以前，请打电话核对指纹：",
        f"# {fingerprint_of(key_id(key))}",
        f"name = {quoted}",
        f'public = "{base64.b64encode(key).decode()}"',
    ]
    lines += [f"made = {made.isoformat()}"] if made else []
    lines += [f"added = {added.isoformat()}"] if added else []
    return "\r\n".join([*lines, ""]).encode()

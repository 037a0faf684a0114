"""Distributors, packs of the synthetic round in files, and a program that comes with nothing else."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from pilotdesk.clock import Clock
from pilotdesk.updates.building import build_pack, sign_pack
from pilotdesk.updates.envelope import sealed_envelope, signed
from pilotdesk.updates.keys import Distributor, add_distributor, fingerprint_of, key_id
from pilotdesk.updates.manifests import FileMark, FormMark, PackManifest, written
from pilotdesk.updates.planning import plan_of
from pilotdesk.updates.reading import read_update
from tests.forms.migration_kit import AFTER, BEFORE, FORM

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.updates.planning import UpdatePlan

NOW = datetime(2099, 6, 2, 2, 0, tzinfo=UTC)
CLOCK = Clock(lambda: NOW)
PROVINCE, COUNTY, STRANGER = (bytes([n]) * 32 for n in (1, 2, 3))
"""Secret keys."""
NAMES = {PROVINCE: "虚构省标准化院", COUNTY: "虚构县市场局", STRANGER: "谁也不是"}


def at(minutes: int) -> Clock:
    """A clock that is some minutes ahead."""
    return Clock(lambda: NOW + timedelta(minutes=minutes))


@cache
def distributor(secret: bytes) -> Distributor:
    """Whose key it is, as a key file would say."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    return Distributor(name=NAMES[secret], key=key, fingerprint=fingerprint_of(key_id(key)), origin="offered")


def trust(*secrets: bytes) -> None:
    """Have keys registered."""
    for secret in secrets:
        add_distributor(distributor(secret), CLOCK)


def pack_at(folder: Path, source: Path = AFTER, **changes: tuple[str, str]) -> Path:
    """A copy of a synthetic pack, with words replaced: file (``synthetic__form`` for ``synthetic/form.toml``) to old, new."""
    target = folder / source.name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    for name, (old, new) in changes.items():
        path = target / f"{name.replace('__', '/')}.toml"
        text = path.read_text("utf-8")
        assert old in text, f"{name}: {old}"
        path.write_text(text.replace(old, new), "utf-8")
    return target


def update_at(
    path: Path,
    source: Path = AFTER,
    *,
    secret: bytes = PROVINCE,
    clock: Clock = CLOCK,
    notes: str = "改了几栏。",
) -> Path:
    """A signed update of a pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    build_pack(source, path, notes, needs_program="0.1", clock=clock)
    sign_pack(path, path, secret)
    return path


def plan_at(path: Path, store: DraftStore | None = None) -> UpdatePlan:
    """What installing a file would do."""
    return plan_of(read_update(path), store.cards() if store else ())


def small_manifest(**changes: object) -> PackManifest:
    """A manifest as small as it can be, without looking whether it is one that makes sense."""
    content = b'name = "2099"\n'
    given: dict[str, object] = {
        "round": "2099",
        "title": "虚构",
        "forms": (FormMark(name=FORM, title="表", version=3),),
        "files": (
            FileMark(path="round.toml", size=len(content), sha256=hashlib.sha256(content).hexdigest()),
        ),
        "needs_program": "0.1",
        "made": CLOCK.stamp(),
    }
    return PackManifest(**(given | changes))  # type: ignore[arg-type]


SMALL_PAYLOAD = b'name = "2099"\n'


def forged(
    path: Path,
    manifest: bytes | PackManifest,
    payload: bytes = SMALL_PAYLOAD,
    secret: bytes | None = PROVINCE,
) -> Path:
    """A file with whatever manifest and payload, properly signed; unsigned without a key."""
    content = manifest if isinstance(manifest, bytes) else written(manifest)
    whole = sealed_envelope(content, payload)
    path.write_bytes(signed(whole, secret) if secret else whole)
    return path


__all__ = ["AFTER", "BEFORE", "FORM"]

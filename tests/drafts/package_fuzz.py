"""Packages with damage of every kind, many thousands of them, and what reading them did."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import zipfile
import zlib
from typing import TYPE_CHECKING

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import PackageError
from tests.drafts.hostile import Member, deflated, with_answers, zipped
from tests.drafts.test_package import package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDGES = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)
SCRAPS = (
    b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"\0\0\0\0", b"../", b"\0",
    b'"', b"{", b"[", b"1E+99999", b"\\ud800", b"manifest.json", b"answers.json",
)  # fmt: skip
LEAVES = (
    None, True, 0, -1, 2**31, 10**30, 1.5, "", "../x", "\ud800", "\0", [], {}, [[]], {"$rows": []}, {"$decimal": "NaN"},
    {"$date": "x"}, {"$decimal": "1E+999999999"}, {"$months": [None]}, {"$rows": [{"id": "r_1", "cells": {"a": {"$rows": [1]}}}]},
    {"$files": [{"sha256": "0" * 64, "file_name": "../../x", "size": 1}]}, {"$unparsed": 1},
)  # fmt: skip


def mutants(seed: int, count: int, folder: Path) -> Iterator[bytes]:
    """``count`` packages, the same ones for a seed.

    A third with bytes changed, a third with structures changed, a third with JSON changed and right digests.
    """
    chance = random.Random(seed)
    write_package(package(), folder / "sound.pilot")
    sound = (folder / "sound.pilot").read_bytes()
    with zipfile.ZipFile(folder / "sound.pilot") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (folder / "sound.pilot").unlink()
    for number in range(count):
        match number % 3:
            case 0:
                yield changed_bytes(sound, chance)
            case 1:
                yield changed_structure(members, chance)
            case _:
                yield changed_json(members, chance)


def changed_bytes(sound: bytes, chance: random.Random) -> bytes:
    content = bytearray(sound)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(content)) if content else 0
        match chance.randrange(6):
            case 0:
                content[at : at + 1] = bytes([chance.choice(EDGES)])
            case 1:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                del content[at : at + chance.randrange(1, 40)]
            case 3:
                content[at:at] = chance.choice(SCRAPS)
            case 4:
                content[at : at + 4] = chance.choice(SCRAPS)[:4]
            case _:
                other = chance.randrange(len(content) + 1)
                content[at : at + 8] = content[other : other + 8]
    return bytes(content)


def changed_structure(members: dict[str, bytes], chance: random.Random) -> bytes:
    """A zip that is written anew, with some of its fields lying."""
    made = [
        Member(name.encode(), deflated(content), 8, len(content)) if name.endswith(".json") else Member(name.encode(), content)
        for name, content in members.items()
    ]  # fmt: skip
    for member, content in zip(made, members.values(), strict=True):
        member.crc = zlib.crc32(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        member = chance.choice(made)
        field, wrong = chance.choice((
            ("name", chance.choice(SCRAPS)), ("local_name", chance.choice(SCRAPS)),
            ("size", chance.choice((0, 1, 2**20, 2**32 - 1))), ("crc", 0), ("at", chance.choice((0, 7, 2**31))),
            ("method", chance.choice((0, 8, 9, 12, 14, 99))), ("flags", 1 << chance.randrange(16)),
            ("attributes", chance.randrange(2**32)), ("packed", member.packed[: len(member.packed) // 2]),
            ("extra", b"\x01\0\x18\0" + b"\xff" * 24), ("extra", chance.choice(SCRAPS)),
        ))  # fmt: skip
        setattr(member, field, wrong)
    if chance.random() < 0.3:
        made.append(chance.choice(made))
    if chance.random() < 0.2:
        chance.shuffle(made)
    entries = chance.choice((None, None, None, 0, 1, 65535))
    return zipped(made, entries=entries, comment=chance.choice((b"", b"", b"", b"PK\x05\x06")))


def changed_json(members: dict[str, bytes], chance: random.Random) -> bytes:
    """Answers with parts that are none, under a manifest that is right about their digest; or a manifest with such parts."""
    answers, manifest = json.loads(members["answers.json"]), json.loads(members["manifest.json"])
    forged = answers if chance.random() < 0.7 else manifest
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change_leaf(forged, chance)
    content = json.dumps(answers).encode()
    if forged is answers:
        if chance.random() < 0.1:
            content = content[: chance.randrange(len(content))]
        manifest["members"]["answers.json"] = hashlib.sha256(content).hexdigest()
        if chance.random() < 0.2:
            return with_answers(content)
    made = {**members, "answers.json": content, "manifest.json": json.dumps(manifest).encode()}
    return zipped([Member(name.encode(), plain) for name, plain in made.items()])


def _change_leaf(tree: object, chance: random.Random) -> None:
    """Go down at random and put something else in the place that is reached."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not keys:
            return
        key = chance.choice(keys)
        below = tree[key]
        if not isinstance(below, dict | list) or not below or chance.random() < 0.25:
            match chance.randrange(4):
                case 0:
                    del tree[key]
                case 1 if isinstance(tree, dict):
                    tree[chance.choice(("", "\0", "../x", "values", "$rows"))] = below
                case _:
                    tree[key] = copy.deepcopy(chance.choice(LEAVES))
            return
        tree = below


def read_all(seed: int, count: int, folder: Path) -> dict[str, int]:
    """Read so many mutants, their attachments as well; gives outcome to how often. Whatever is no :class:`PackageError` rises."""
    outcomes: dict[str, int] = {}
    path = folder / "变.pilot"
    for content in mutants(seed, count, folder):
        path.write_bytes(content)
        try:
            dict(read_package(path).files)
            outcome = "read"
        except PackageError as refusal:
            outcome = refusal.code
            if path.name not in str(refusal):
                raise AssertionError(refusal.code) from refusal
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    path.unlink()
    return outcomes

"""What updates write: keys, files for others, and the packs that are installed here."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.loader import load_pack
from pilotdesk.paths import DATA_VARIABLE
from pilotdesk.updates.building import build_pack, sign_pack
from pilotdesk.updates.installing import install_pack, undo
from pilotdesk.updates.record import installed_updates
from tests.faults import worlds
from tests.faults.operations import _closed, walked
from tests.forms.migration_kit import AFTER, BEFORE
from tests.updates.update_kit import PROVINCE, distributor, plan_at, trust, update_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.worlds import World

PLACES = ("data/packs-kept/*", "data/updates/packs/*")
"""Copies that nobody looks at as long as the record does not name them."""
WRITTEN: dict[str, Any] = {
    "partial": PLACES, "stuck": ("data/updates/packs/*",), "varies": ("data/updates/installed.json",), "again": False,
    "heavy": True,
}  # fmt: skip
"""Each try makes a folder of a name of its own; what is in it the operation looks at itself."""


def _updated(root: Path) -> World:
    """The older pack is here as an update, the newer one in a file, and something is left of a program that was killed."""
    world = worlds.small(root)
    with _data_in(world):
        trust(PROVINCE)
        for source in (BEFORE, AFTER):
            update_at(world.out / f"{source.parent.name}.pdpack", source)
        install_pack(plan_at(world.out / "before.pdpack"), None, world.clock)
    left = world.data / "updates" / "packs" / ("0" * 64)
    left.mkdir()
    (left / "round.toml").write_bytes(b"half of it")
    return world


@contextlib.contextmanager
def _data_in(world: World) -> Iterator[None]:
    kept = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(world.data)
    try:
        yield
    finally:
        del os.environ[DATA_VARIABLE]
        if kept is not None:
            os.environ[DATA_VARIABLE] = kept


def _planned(name: str) -> Callable[[World], object]:
    return lambda world: world.kept.setdefault("plan", plan_at(world.out / f"{name}.pdpack", world.store))


@walked(base=_updated, prepare=_planned("after"), **WRITTEN)
def installing_an_update(world: World) -> None:
    install_pack(world.kept["plan"], world.store, world.clock)
    assert load_pack(current_folder("2099")).digest == load_pack(AFTER).digest


@walked(
    base=_updated, partial=PLACES, prepare=lambda world: world.kept.setdefault("was", installed_updates()[0])
)
def undoing_an_update(world: World) -> None:
    undo(world.kept["was"], world.store, world.clock)


def _changed(root: Path) -> World:
    """A bad disk has changed what is installed."""
    world = _updated(root)
    with _data_in(world):
        (current_folder("2099") / "round.toml").write_bytes(b"changed")
    return world


@walked(base=_changed, prepare=_planned("before"), **WRITTEN)
def mending_what_is_installed(world: World) -> None:
    install_pack(world.kept["plan"], world.store, world.clock)
    assert load_pack(current_folder("2099")).digest == load_pack(BEFORE).digest


def _trusted(world: World) -> None:
    trust(PROVINCE)
    update_at(world.out / "x.pdpack", AFTER)


@walked(prepare=_trusted, optional=("tmp/*",))
def looking_at_an_update(world: World) -> None:
    plan_at(world.out / "x.pdpack")


@walked(prepare=_closed)
def registering_a_key(world: World) -> None:
    from pilotdesk.updates.keys import add_distributor

    add_distributor(distributor(PROVINCE), world.clock)


@walked(prepare=_trusted)
def taking_a_key_away(world: World) -> None:
    from pilotdesk.updates.keys import remove_distributor

    remove_distributor(distributor(PROVINCE).fingerprint)


@walked(prepare=_closed, cut_short=("out/*",), again=False, heavy=True)
def making_keys(world: World) -> None:
    from pilotdesk.drafts import sealed
    from pilotdesk.updates.keys import make_keys

    name = "某院二" if (world.out / "某院.pdsecret").exists() else "某院"  # as the sentence says
    sealed.COST, kept = min(sealed._COSTS), sealed.COST  # type: ignore[misc]
    try:
        make_keys(world.out, name, "一个足够长的密码", world.clock)
    finally:
        sealed.COST = kept  # type: ignore[misc]


@walked(prepare=_closed)
def building_an_update(world: World) -> None:
    build_pack(AFTER, world.out / "new.pdpack", "改了几栏。", needs_program="0.1", clock=world.clock)


@walked(prepare=building_an_update)
def signing_an_update(world: World) -> None:
    sign_pack(world.out / "new.pdpack", world.out / "new.pdpack", PROVINCE)


def _with_a_program(world: World) -> None:
    trust(PROVINCE)
    setup = world.out / "pilotdesk_9.0_amd64.deb"
    setup.write_bytes(b"MZ" * 4000)
    left = world.data / "updates" / "program" / "old.deb"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"of last time")
    beside = left.with_name("old") / "version.dll"
    beside.parent.mkdir()
    beside.write_bytes(b"put there by somebody")


@walked(prepare=_with_a_program, optional=("data/updates/program/old*",), partial=("out/*",))
def a_program_is_signed_and_copied(world: World) -> None:
    from pilotdesk.updates.building import describe_program
    from pilotdesk.updates.program import newer_program, staged

    setup = world.out / "pilotdesk_9.0_amd64.deb"
    describe_program(setup, "9.0", "", PROVINCE, clock=world.clock)
    staged(newer_program(setup))

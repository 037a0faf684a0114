"""Whether an update is anything new here. Quick: heads of forms are read and files compared, nothing is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk import __released__
from pilotdesk.errors import PackError, UpdateError
from pilotdesk.forms.installed import current_folder, is_covered, newest_version, rounds
from pilotdesk.updates.manifests import PackManifest
from pilotdesk.updates.pack_files import reads_as
from pilotdesk.updates.record import packs_folder, read_installations

if TYPE_CHECKING:
    from pilotdesk.updates.reading import Update
    from pilotdesk.updates.record import Entry


def refusal(update: Update) -> str:
    """The code of why a pack is not installed here; empty when it may be. Reads heads of forms only.

    Raises:
        UpdateError: ``update_not_pack``.
    """
    manifest = update.manifest
    if not isinstance(manifest, PackManifest):
        raise UpdateError("update_not_pack", name=update.name)
    present = read_installations().in_force(manifest.round)
    if (
        present is not None and present.sha256 == update.sha256
    ):  # what a virus scanner took away can be brought back
        is_used = not is_covered(manifest.round) and _is_whole(present, update)
        return "update_same" if is_used else ""
    if _is_there(update, manifest):
        return "update_same"
    here = {form.name: newest_version(manifest.round, form.name) for form in manifest.forms}
    if any(here[form.name] > form.version for form in manifest.forms):
        return "update_not_newer"
    same_versions = all(here[form.name] == form.version for form in manifest.forms)
    same_signer = present is not None and present.fingerprint == update.signer.fingerprint
    if present is not None and same_signer and same_versions and present.made >= manifest.made:
        return "update_not_newer"
    return ""


def is_new_here(update: Update) -> bool:
    """Whether a pack is to be offered without being asked for.

    One that was installed before and undone is not; nor one that is older than the program itself, unless a version in it
    is newer: the program may have brought more.
    """
    manifest = update.manifest
    known = {entry.sha256 for entry in read_installations().updates}
    if not isinstance(manifest, PackManifest) or update.sha256 in known or refusal(update):
        return False
    return not is_before_program(manifest)


def is_before_program(manifest: PackManifest) -> bool:
    """Whether a pack without a newer version in it was made before this program was released."""
    newer = any(newest_version(manifest.round, form.name) < form.version for form in manifest.forms)
    return not newer and manifest.made[:10] < __released__


def _is_whole(entry: Entry, update: Update) -> bool:
    """Whether what was installed from this file is in its folder still, as it was."""
    try:
        return reads_as(packs_folder() / entry.folder, update.contents)
    except OSError:
        return False


def _is_there(update: Update, manifest: PackManifest) -> bool:
    """Whether the pack that is used now has the very same files."""
    if manifest.round not in rounds():
        return False
    try:
        folder = current_folder(manifest.round)
        names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.toml")}
        told = {name for name in update.contents if name.endswith(".toml")}
        return names == told and all(
            (folder / name).read_bytes() == update.contents[name] for name in sorted(told)
        )
    except (PackError, OSError):
        return False

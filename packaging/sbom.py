"""Writes the list of components of an installed tree, `sbom.cdx.json` (CycloneDX 1.5): `python3 packaging/sbom.py TREE`.

Every shipped file stands in it once, with its SHA-256, below the component that it belongs to. Nothing in it is random:
the serial number is made of the content, the time is the one that the build gives.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bundled_parts import BuildError
from components import OWN, SBOM_NAME, Component, components_of

UNDETERMINED = "not determined"
MADE_BY_SETUP = "uninstall.exe"


def write_sbom(tree: Path, *, epoch: int, wheels: Path | None = None) -> Path:
    """List what a tree consists of; the last thing that is done to it.

    Args:
        tree: an installed tree, whole, with its `licences` folder.
        epoch: SOURCE_DATE_EPOCH, seconds.
        wheels: folder of the downloaded wheels; their names and hashes are listed too.

    Returns:
        The file, `sbom.cdx.json` in the tree.

    Raises:
        BuildError: see :func:`components.components_of`.
    """
    described = bill_of(tree, components_of(tree), epoch=epoch, wheels=wheels)
    target = tree / SBOM_NAME
    target.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    return target


def bill_of(
    tree: Path, components: tuple[Component, ...], *, epoch: int, wheels: Path | None = None
) -> dict[str, Any]:
    """The SBOM as a value; arguments as in :func:`write_sbom`."""
    fetched = _fetched(wheels)
    entries = {one.ref: _entry(tree, one, fetched) for one in components}
    own = entries.pop(OWN)
    own["properties"] = [
        {
            "name": "pilotdesk:made-at-installation",
            "value": f"{MADE_BY_SETUP}, written by the Windows installer",
        }
    ]
    told = {
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": own,
        },
        "components": [entries[ref] for ref in sorted(entries)],
        "dependencies": _dependencies(components),
    }
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True, ensure_ascii=False))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        **told,
    }


def _entry(tree: Path, one: Component, fetched: dict[str, tuple[str, str]]) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": one.kind, "bom-ref": one.ref, "name": one.name}
    if one.version:
        entry["version"] = one.version
    if told := _version_told(one):
        entry["properties"] = [told]
    if one.author:
        entry["author"] = one.author
    entry["licenses"] = [{"expression": one.licence}]
    purl = one.purl
    if one.wheel in fetched:
        file_name, digest = fetched[one.wheel]
        entry["hashes"] = [{"alg": "SHA-256", "content": digest}]
        purl = f"{purl}?file_name={file_name}"
    if purl:
        entry["purl"] = purl
    if one.files:
        entry["components"] = [_file(tree, name) for name in one.files]
    return entry


def _version_told(one: Component) -> dict[str, str] | None:
    """What says the version of a part, or why it has none; ``None`` for what names its own in its metadata."""
    if one.version:
        return (
            {"name": "pilotdesk:version-source", "value": one.version_source} if one.version_source else None
        )
    if one.several:
        return {"name": "pilotdesk:version", "value": f"its files are of several: {', '.join(one.several)}"}
    return {"name": "pilotdesk:version", "value": f"{UNDETERMINED}: {one.version_source}"}


def _file(tree: Path, name: str) -> dict[str, Any]:
    digest = hashlib.sha256((tree / name).read_bytes()).hexdigest()
    return {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def _dependencies(components: tuple[Component, ...]) -> list[dict[str, Any]]:
    """Who came in with whom; what came with nothing else came with PilotDesk."""
    inside: dict[str, list[str]] = {}
    for one in components:
        if one.ref != OWN:
            inside.setdefault(one.within or OWN, []).append(one.ref)
    return [{"ref": ref, "dependsOn": sorted(inside[ref])} for ref in sorted(inside)]


def _fetched(folder: Path | None) -> dict[str, tuple[str, str]]:
    """Name of a wheel as in METADATA, in lower case → file name and SHA-256."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.whl")) if folder else ():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        name = re.sub(r"[-_.]+", "-", path.name.partition("-")[0]).lower()
        for key in {name, name.replace("-", "_"), path.name.partition("-")[0].lower()}:
            found[key] = (path.name, digest)
    return found


def main(arguments: list[str]) -> int:
    """Write the SBOM of a tree; returns the exit code."""
    parser = argparse.ArgumentParser(description="CycloneDX list of an installed tree")
    parser.add_argument("tree", type=Path)
    parser.add_argument("--wheels", type=Path)
    parser.add_argument("--epoch", type=int, default=int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    asked = parser.parse_args(arguments)
    try:
        target = write_sbom(asked.tree, epoch=asked.epoch, wheels=asked.wheels)
    except BuildError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    bill = json.loads(target.read_text("utf-8"))
    unknown = [one["name"] for one in bill["components"] if "version" not in one]
    print(f"{target}: {len(bill['components']) + 1} components")
    print(f"version not determined: {', '.join(unknown) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

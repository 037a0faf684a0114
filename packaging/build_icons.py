"""Build `resources/icons/`: Tabler outlines by name, our own drawings, and the application icon.

Run in the project's environment (PySide6 draws the PNGs), Pillow writes the .ico:
    python packaging/build_icons.py CACHE_DIR
Every `resources/icons/NAME.svg` is drawn on a 24-unit grid in `currentColor`; the theme puts a token's
colour in its place. Which symbols are shipped stands in `resources/icons/icons.toml`.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

from resource_sources import RESOURCES, Package, unpack

ICONS = RESOURCES / "icons"
BLUE = "#1B568F"
PNG_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"'
LINE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
OWN = {
    # Half-filled circle: the ring of Tabler's `circle`, its left half solid ("in progress").
    "circle-half": f'{HEAD} {LINE}><path d="M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0"/>'
    '<path d="M12 3v18a9 9 0 0 1 0 -18z" fill="currentColor" stroke="none"/></svg>',
    # The program's mark, as it stands beside the program's name in the header.
    "pilotdesk": f'{HEAD} {LINE}><path d="M10 21h-3a3 3 0 0 1 -3 -3v-12a3 3 0 0 1 3 -3h8a3 3 0 0 1 3 3v8"/>'
    '<path d="M8.5 8h5"/><path d="M8.5 12h2.5"/><path d="M14 18.5l2.5 2.5l5 -5"/></svg>',
}
# The application icon is the same mark on a white sheet, so that it also shows on a dark task bar. Below 32
# pixels a second, bolder drawing is used: there the mark's second line and thin strokes turn to mud.
APP = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="{box}" fill="none" '
    'stroke="{blue}" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)
LARGE_BODY = (
    '<path d="M7 3h8a3 3 0 0 1 3 3v15h-11a3 3 0 0 1 -3 -3v-12a3 3 0 0 1 3 -3z" fill="#FFFFFF" stroke="none"/>'
    '<path d="M14 18.2l2.6 2.6l4.9 -5.2" stroke="#FFFFFF" stroke-width="4.4"/>'
    '<path d="M11 21h-4a3 3 0 0 1 -3 -3v-12a3 3 0 0 1 3 -3h8a3 3 0 0 1 3 3v7" stroke-width="2.2"/>'
    '<path d="M8.3 7.9h5.4M8.3 11.9h3" stroke-width="2"/>'
    '<path d="M14 18.2l2.6 2.6l4.9 -5.2" stroke-width="2.4"/>'
)
SMALL_BODY = (
    '<path d="M6.5 2.5h8.5a2.5 2.5 0 0 1 2.5 2.5v16h-11a2.5 2.5 0 0 1 -2.5 -2.5v-13.5a2.5 2.5 '
    '0 0 1 2.5 -2.5z" fill="#FFFFFF" stroke="none"/>'
    '<path d="M12.5 17l3.4 3.6l6 -6.8" stroke="#FFFFFF" stroke-width="6"/>'
    '<path d="M9.5 21.1h-3a2.5 2.5 0 0 1 -2.5 -2.5v-14a2.5 2.5 0 0 1 2.5 -2.5h8.5a2.5 2.5 '
    '0 0 1 2.5 2.5v6" stroke-width="2.9"/>'
    '<path d="M8.5 8h4.5" stroke-width="2.8"/><path d="M12.5 17l3.4 3.6l6 -6.8" stroke-width="3.2"/>'
)


def compact(svg: str) -> str:
    """Drop what Qt does not need from a Tabler file: the class, the invisible ground, line ends."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'\s*class="[^"]*"', "", svg)
    svg = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", svg)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace(" />", "/>")
    return svg.replace(" >", ">").strip()


def write_symbols(cache: Path) -> int:
    """Write one SVG per symbol (filled ones end in `-filled`) and the licence; return how many."""
    tabler = tomllib.loads((ICONS / "icons.toml").read_text("utf-8"))["tabler"]
    package = unpack(Package.parse(tabler["source"], tabler["sha256"]), cache) / "package"
    for old in ICONS.glob("*.svg"):
        old.unlink()
    drawings = {
        name: compact((package / f"icons/outline/{name}.svg").read_text("utf-8"))
        for name in tabler["outline"]
    }
    for name in tabler["filled"]:
        drawings[f"{name}-filled"] = compact((package / f"icons/filled/{name}.svg").read_text("utf-8"))
    drawings |= OWN
    for name, svg in drawings.items():
        (ICONS / f"{name}.svg").write_text(svg + "\n", "utf-8", newline="\n")
    (ICONS / "LICENSE-tabler.txt").write_bytes((package / "LICENSE").read_bytes())
    return len(drawings)


def write_application_icon() -> None:
    """Write `app/pilotdesk*.svg`, the PNGs and the .ico (all PNG sizes inside)."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    folder = ICONS / "app"
    folder.mkdir(parents=True, exist_ok=True)
    large = APP.format(box="1.8 0.9 22.2 22.2", blue=BLUE, body=LARGE_BODY)
    small = APP.format(box="1.9 0.4 23.2 23.2", blue=BLUE, body=SMALL_BODY)
    (folder / "pilotdesk.svg").write_text(large + "\n", "utf-8", newline="\n")
    (folder / "pilotdesk-small.svg").write_text(small + "\n", "utf-8", newline="\n")
    for size in PNG_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        QSvgRenderer(QByteArray((small if size < 32 else large).encode())).render(painter)
        painter.end()
        image.save(str(folder / f"pilotdesk-{size}.png"))
    del application
    pictures = [Image.open(folder / f"pilotdesk-{size}.png") for size in PNG_SIZES]
    pictures[-1].save(
        folder / "pilotdesk.ico", sizes=[(size, size) for size in PNG_SIZES], append_images=pictures[:-1]
    )


def main() -> None:
    """Build everything under `resources/icons/`."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: build_icons.py CACHE_DIR")
    ICONS.mkdir(parents=True, exist_ok=True)
    count = write_symbols(Path(sys.argv[1]))
    write_application_icon()
    print(f"{count} symbols and the application icon written to {ICONS}")


if __name__ == "__main__":
    main()

"""What else can be done with the content of a draft besides exporting it: one list for the export page and the menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.ui.carriers.copying_desk import USE as COPYING_USE
from pilotdesk.ui.carriers.copying_desk import WORDS as COPYING_WORDS
from pilotdesk.ui.carriers.copying_desk import CopyingDesk
from pilotdesk.ui.carriers.kit_desk import USE as KIT_USE
from pilotdesk.ui.carriers.kit_desk import WORDS as KIT_WORDS
from pilotdesk.ui.carriers.kit_desk import KitDesk
from pilotdesk.ui.carriers.readback_desk import BLANK_USE, BLANK_WORDS, ReadbackDesk
from pilotdesk.ui.carriers.readback_desk import USE as READBACK_USE
from pilotdesk.ui.carriers.readback_desk import WORDS as READBACK_WORDS
from pilotdesk.ui.carriers.verify_desk import WORDS as VERIFY_WORDS
from pilotdesk.ui.carriers.verify_desk import verify_desk_of
from pilotdesk.ui.filling.desk import USE as FILLING_USE
from pilotdesk.ui.filling.desk import WORDS as FILLING_WORDS
from pilotdesk.ui.filling.desk import FillingDesk
from pilotdesk.ui.navigation.services import Way

if TYPE_CHECKING:
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services


def look_after_carriers(window: ProgramWindow, workspace: OpenDraft, services: Services) -> None:
    """Give an open draft its ways; the export page shows them with what they do, the menu by their words."""
    verifying = verify_desk_of(window, services.look, services.clock)
    reading = ReadbackDesk(window, workspace, services)
    kits, copying = KitDesk(window, workspace, services), CopyingDesk(window, workspace, services)
    filling = FillingDesk(window, workspace, services)
    ways = [
        Way(VERIFY_WORDS, "Word、PDF、.pilot 是不是同一份内容，导出后有没有人改过", verifying.ask),
        Way(READBACK_WORDS, READBACK_USE, reading.ask),
        Way(BLANK_WORDS, BLANK_USE, reading.give_blank),
        Way(FILLING_WORDS, FILLING_USE, filling.ask),
        Way(KIT_WORDS, KIT_USE, kits.ask),
        Way(COPYING_WORDS, COPYING_USE, copying.open),
    ]
    services.ways[:] = ways
    workspace.more_actions += [(way.words, partial(_after_flush, workspace, way)) for way in ways]


def _after_flush(workspace: OpenDraft, way: Way) -> None:
    """Everything typed is stored before a file is looked at or made."""
    workspace.flush()
    way.action()

"""How far somebody is with typing a draft into the online system; kept beside the drafts, without any answer.

The file ``copying/<draft id>.json`` names places of the form and, for each that was copied, a trace of four digits, so that an
answer that is changed afterwards is told from one that is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from pilotdesk.record import MutableRecord, decoded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from pilotdesk.documents.copying import CopyStep

FOLDER: Final = "copying"

CopyState = Literal["", "copied", "changed"]


class Place(MutableRecord):
    """Where one is.

    Attributes:
        at: key of the step that comes next; empty at the beginning.
        done: key of every step that was copied to the trace of what was copied.
        blanks: whether steps without an answer are walked through as well.
        ended: whether the end was reached.
    """

    at: str = ""
    done: dict[str, str] = msgspec.field(default_factory=dict)
    blanks: bool = False
    ended: bool = False


class CopyWalk:
    """Walks over the steps of a draft, which may change meanwhile.

    Attributes:
        place: where one is, as it is kept.
        shown: the steps that are walked through now.
        index: of the step one is at; ``len(shown)`` at the end.
    """

    def __init__(self, steps: Sequence[CopyStep], place: Place) -> None:
        self.place = place
        self._steps: Sequence[CopyStep] = ()
        self.shown: tuple[CopyStep, ...] = ()
        self.index = 0
        self.renew(steps)

    @property
    def current(self) -> CopyStep | None:
        """The step one is at; ``None`` at the end."""
        return self.shown[self.index] if self.index < len(self.shown) else None

    @property
    def copied(self) -> int:
        """How many of the shown steps are copied as they are now."""
        return sum(self.state(step) == "copied" for step in self.shown)

    def state(self, step: CopyStep) -> CopyState:
        """Whether a step was copied, and its value changed since."""
        trace = self.place.done.get(step.key)
        return "" if trace is None else "copied" if trace == step.trace else "changed"

    def renew(self, steps: Sequence[CopyStep]) -> None:
        """Take the steps as they are now; one that is gone gives way to what follows it."""
        before, self._steps = self.shown, tuple(steps)
        left = [step.key for step in before[self.index :]]
        self._choose([self.place.at, *left])

    def _choose(self, keys: Sequence[str]) -> None:
        """Show what is walked through, and stand at the first of ``keys`` that is there."""
        known = {step.key for step in self._steps}
        at = next((key for key in keys if key in known), "")
        self.shown = tuple(
            step for step in self._steps if step.kind != "blank" or self.place.blanks or step.key == at
        )
        places = {step.key: place for place, step in enumerate(self.shown)}
        self._stand(len(self.shown) if self.place.ended else places.get(at, 0))

    def _stand(self, index: int) -> None:
        self.index = max(0, min(index, len(self.shown)))
        self.place.ended = bool(self.shown) and self.index == len(self.shown)
        self.place.at = self.current.key if self.current else ""

    def show_blanks(self, *, shown: bool) -> None:
        """Walk through what has no answer too, or not."""
        self.place.blanks = shown
        following = [step.key for step in self.shown[self.index :] if shown or step.kind != "blank"]
        self._choose(following)

    def mark(self) -> None:
        """Note that the step one is at was copied."""
        if self.current is not None and self.current.kind != "blank":
            self.place.done[self.current.key] = self.current.trace

    def move(self, by: int) -> None:
        """Go so many steps on, or back."""
        self._stand(self.index + by)

    def next_field(self) -> None:
        """Go to the first step of another field: past the rest of a table."""
        here = self.current
        if here is not None:
            beyond = range(self.index + 1, len(self.shown))
            self._stand(next((at for at in beyond if self.shown[at].field != here.field), len(self.shown)))

    def go_to(self, path: str) -> bool:
        """Go to the first step of a field, person part or cell; ``False`` when there is none to go to."""
        found = next((step.key for step in self._steps if _is_of(step, path)), None)
        if found is not None:
            self.place.ended = False
            self._choose([found])
        return found is not None

    def go_to_part(self, part_name: str) -> None:
        """Go to the first step of a part that is not copied yet; to its first if all of them are."""
        inside = [at for at, step in enumerate(self.shown) if step.part_name == part_name]
        left = [at for at in inside if self.state(self.shown[at]) != "copied"]
        if inside:
            self._stand((left or inside)[0])

    def parts(self) -> list[tuple[str, str, int, int]]:
        """Name, words, steps copied and steps of every part that is walked through, in order."""
        found: dict[str, tuple[str, str, int, int]] = {}
        for step in self.shown:
            _, _, done, total = found.get(step.part_name, ("", "", 0, 0))
            done += self.state(step) == "copied"
            found[step.part_name] = (step.part_name, step.part, done, total + 1)
        return list(found.values())


def _is_of(step: CopyStep, path: str) -> bool:
    return step.path == path or step.path.startswith((f"{path}.", f"{path}["))


def read_place(folder: Path, draft_id: str) -> Place:
    """Where a draft was left, from the data folder; the beginning when nothing legible is kept."""
    try:
        return decoded(_file(folder, draft_id).read_bytes(), Place)
    except (OSError, ValueError, msgspec.MsgspecError):
        return Place()


def keep_place(folder: Path, draft_id: str, place: Place) -> None:
    """Keep where a draft is.

    Raises:
        ExportError: the file cannot be written.
    """
    from pilotdesk.atomic import ensure_folder, replacing

    target = _file(folder, draft_id)
    ensure_folder(target.parent)
    with replacing(target) as part:
        part.write_bytes(msgspec.json.encode(place))


def forget_places(folder: Path, known: Collection[str]) -> None:
    """Take away what is kept of drafts that are not there any more."""
    try:
        for file in (folder / FOLDER).glob("*.json"):
            if file.stem not in known:
                file.unlink(missing_ok=True)
    except OSError:
        return  # tried again the next time


def _file(folder: Path, draft_id: str) -> Path:
    return folder / FOLDER / f"{draft_id}.json"

"""What an update would do here, before anything is done: forms, their changes in words, and the drafts that it concerns.

Its forms are read as the program would read them. A pack that cannot be used here is refused now and not when a draft is
opened, and what its expressions may cost is bounded by their language.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.atomic import scratch_folder
from pilotdesk.clock import local_day
from pilotdesk.errors import PackError, UpdateError
from pilotdesk.forms.added import is_before_program as is_older_than_program
from pilotdesk.forms.installed import current_pack, is_covered, rounds
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.migration_steps import chain, read_steps
from pilotdesk.forms.shipped import load_shipped, shipped_packs
from pilotdesk.record import Record
from pilotdesk.updates.comparing import form_lines, round_lines
from pilotdesk.updates.judging import is_before_program, refusal
from pilotdesk.updates.keys import same_name
from pilotdesk.updates.manifests import PackManifest
from pilotdesk.updates.pack_files import unpack
from pilotdesk.updates.record import InstalledUpdate, read_installations
from pilotdesk.updates.sameness import unspoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.forms.migration_steps import VersionStep
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.updates.reading import Update
    from pilotdesk.updates.record import Entry, Installations

EFFECT = "装上马上生效，不用重新打开程序；填好的一个字不动，每份草稿怎样，写在最下面。"


class FormChange(Record, frozen=True, kw_only=True):
    """A form of the pack.

    Attributes:
        form, title: name and title. old, new: versions; ``None`` where there is none.
        lines: what is different, whole sentences; empty when nothing is.
    """

    form: str
    title: str
    old: int | None
    new: int | None
    lines: tuple[str, ...]


class TouchedDraft(Record, frozen=True, kw_only=True):
    """A draft that it concerns.

    Attributes:
        draft_id, title: of the draft. form: title of its form.
        offered: whether a conversion into the newer version will be offered, on a copy. line: what will be, a sentence.
    """

    draft_id: str
    title: str
    form: str
    offered: bool
    line: str


class UpdatePlan(Record, frozen=True, kw_only=True):
    """What installing would do.

    Attributes:
        update: the pack. round, title: of it. is_new_round: whether there is no pack of its round here yet.
        forms: every form that is in it or was there before. round_lines: what the round says differently.
        drafts: those of its forms. warnings: what to think of before. effect: when it holds. notes: by the distributor.
        basis: what held for the round when this was made (a SHA-256, or empty).
    """

    update: Update
    manifest: PackManifest
    is_new_round: bool
    forms: tuple[FormChange, ...]
    round_lines: tuple[str, ...]
    drafts: tuple[TouchedDraft, ...]
    warnings: tuple[str, ...]
    basis: str
    effect: str = EFFECT

    @property
    def round(self) -> str:
        """Name of the round."""
        return self.manifest.round

    @property
    def title(self) -> str:
        """Of the round."""
        return self.manifest.title

    @property
    def notes(self) -> str:
        """What changed, by the distributor."""
        return self.manifest.notes


class UndoPlan(Record, frozen=True, kw_only=True):
    """What undoing would do: ``back_to`` names the pack that holds then, ``sentence`` says all of it."""

    installed: InstalledUpdate
    back_to: str
    drafts: tuple[TouchedDraft, ...]
    sentence: str


# -- installing ------------------------------------------------------------------------------------


def plan_of(update: Update, cards: Iterable[DraftCard] = ()) -> UpdatePlan:
    """What installing a pack would do; nothing is written but a folder for the moment.

    Args:
        update: of :func:`pilotdesk.updates.reading.read_update`.
        cards: of the drafts, as the store has them; it can be asked on one thread only, and this takes a second.

    Raises:
        UpdateError: ``update_not_pack``; ``update_same``, ``update_not_newer``; ``update_unfit`` (count, mistakes) when its
            forms cannot be used by this program; ``update_places`` (title, mistakes) when fields came or went without a
            new version.
        ExportError: ``folder_unwritable``, ``disk_full``: there is no room to look at it.
    """
    manifest = update.manifest
    if not isinstance(manifest, PackManifest):
        raise UpdateError("update_not_pack", name=update.name)
    code = refusal(update)
    if code:
        raise UpdateError(code, name=update.name, title=manifest.title)
    old = _present(manifest.round)
    with scratch_folder(prefix="pilotdesk-update-") as folder:
        target = folder / manifest.round
        unpack(update.contents, target)
        pack = _usable(target, update, old)
        steps = {name: _steps(target, name, update.name) for name in pack.forms}
    kept = read_installations().active.get(manifest.round, "")
    return UpdatePlan(
        update=update,
        manifest=manifest,
        is_new_round=old is None,
        forms=tuple(_form_changes(old, pack, steps)),
        round_lines=round_lines(old.round, pack.round) if old else (),
        drafts=tuple(touched for card in cards if (touched := _touched(card, pack, steps, old)) is not None),
        warnings=tuple(_warnings(update, manifest, old)),
        basis=kept,
    )


def _usable(folder: Path, update: Update, old: FormPack | None) -> FormPack:
    """The pack as this program reads it, as the update says that it is, and with the places that drafts here rely on.

    Raises:
        UpdateError: ``update_unfit``.
    """
    from pilotdesk.rules.lint import lint_expressions

    manifest = update.manifest
    try:
        pack = load_pack(folder)
    except PackError as trouble:
        listed = trouble.context.get("mistakes", ())
        mistakes = list(listed) if isinstance(listed, list | tuple) else []
        raise UpdateError(
            "update_unfit", name=update.name, count=len(mistakes), mistakes=mistakes
        ) from trouble
    mistakes = [f"{form} {where} {key}：{text}" for form, where, key, text in lint_expressions(pack)]
    said = {form.name: form.version for form in manifest.forms} if isinstance(manifest, PackManifest) else {}
    if {
        name: form.head.version for name, form in pack.forms.items()
    } != said or pack.round.name != folder.name:
        mistakes.append("表单的名字或版本和更新文件写的不一样。")
    if mistakes:
        raise UpdateError("update_unfit", name=update.name, count=len(mistakes), mistakes=mistakes)
    _require_places(pack, old, update)
    return pack


def _require_places(pack: FormPack, old: FormPack | None, update: Update) -> None:
    """Refuse forms of the same version with other places: answers of drafts would have none, now or after an undoing.

    Raises:
        UpdateError: ``update_places``.
    """
    for name, form in pack.forms.items():
        was = old.forms.get(name) if old is not None else None
        mistakes = list(unspoken(was, form)) if was and was.head.version == form.head.version else []
        if mistakes:
            raise UpdateError("update_places", name=update.name, title=form.head.title, mistakes=mistakes)


def _steps(folder: Path, form: str, name: str) -> tuple[VersionStep, ...]:
    try:
        return read_steps(folder, form)
    except PackError as trouble:
        mistakes = trouble.context.get("mistakes", ())
        raise UpdateError("update_unfit", name=name, count=1, mistakes=mistakes) from trouble


def _present(round_name: str) -> FormPack | None:
    """The pack of a round that is used now; ``None`` when there is none, or it cannot be read."""
    if round_name not in rounds():
        return None
    try:
        return current_pack(round_name)
    except PackError:
        return None


def _form_changes(
    old: FormPack | None, new: FormPack, steps: Mapping[str, tuple[VersionStep, ...]]
) -> Iterator[FormChange]:
    before = old.forms if old is not None else {}
    for name, form in new.forms.items():
        was = before.get(name)
        lines = _new_form_lines(form) if was is None else _lines(was, form, new.round.name, steps[name])
        yield FormChange(
            form=name,
            title=form.head.title,
            old=was.head.version if was else None,
            new=form.head.version,
            lines=lines,
        )
    for name, was in before.items():
        if name not in new.forms:
            said = ("这张表新的里没有了；填好的草稿还能打开、导出。",)
            yield FormChange(form=name, title=was.head.title, old=was.head.version, new=None, lines=said)


def _new_form_lines(form: Form) -> tuple[str, ...]:
    return (f"新的表，{len(form.steps)} 个部分，{len(form.fields)} 栏。",)


def _lines(old: Form, new: Form, round_name: str, steps: tuple[VersionStep, ...]) -> tuple[str, ...]:
    there = (round_name, old.head.name, old.head.version)
    try:
        way = chain(steps, here=(round_name, new.head.name, new.head.version), there=there)
    except PackError:
        said = f"没有写明第 {old.head.version} 版的草稿怎样换过来；它们照旧能填。"
        return (said, *form_lines(old, new, ()))
    return form_lines(old, new, way)


def _touched(
    card: DraftCard, pack: FormPack, steps: Mapping[str, tuple[VersionStep, ...]], old: FormPack | None
) -> TouchedDraft | None:
    """What becomes of a draft; ``None`` when nothing does."""
    form = pack.forms.get(card.form)
    if card.round != pack.round.name or form is None:
        return None
    version = form.head.version
    title = card.facts.title or "未命名的项目"
    make = partial(TouchedDraft, draft_id=card.draft_id, title=title, form=form.head.title)
    if card.form_version == version:
        was = old.forms.get(card.form) if old is not None else None
        if was is not None and was == form:
            return None
        return make(offered=False, line=f"“{title}”：下次打开就照改过的表填，填的内容一个字不动。")
    try:
        there = (card.round, card.form, card.form_version)
        chain(steps[card.form], here=(card.round, card.form, version), there=there)
    except PackError:
        return make(offered=False, line=f"“{title}”：照第 {card.form_version} 版接着填，不受影响。")
    return make(
        offered=True,
        line=f"“{title}”：可以换到第 {version} 版。在副本上换，原来的一份留着；不换也能接着填。",
    )


def _warnings(update: Update, manifest: PackManifest, old: FormPack | None) -> Iterator[str]:
    kept = read_installations()
    present = None if is_covered(manifest.round) else kept.in_force(manifest.round)
    if present is not None and present.fingerprint != update.signer.fingerprint:
        yield _other_signer(present, update.signer.name, local_day(manifest.made))
    if present is None and old is not None and manifest.round not in shipped_packs():
        yield "现在用的是手工放进资料文件夹的表单。装上以后先不用它；撤销了，还用它。"
    if old is not None and is_before_program(manifest):
        yield "这份更新做好以后，程序自己又更新过，自带的表单可能更新。拿不准，先问问发给您的人。"
    if old is not None and set(old.forms) - {form.name for form in manifest.forms}:
        yield "有的表新的里没有了，看看下面。"


def _other_signer(present: Entry, name: str, day: str) -> str:
    """What is to be thought of when what holds was signed with another key, be it that of the same office."""
    was = local_day(present.made)
    if same_name(present.signer, name):
        return (
            f"现在用的（{was} 做的）和这一份（{day} 做的）都写着“{name}”，公钥却不一样。"
            "除非发放单位换过公钥，就有一份是冒充的，先打电话问问。"
        )
    return (
        f"现在用的是“{present.signer}” {was} 做的，这一份是“{name}” {day} 做的，"
        "装上以后就用这一份。不知道听谁的，先打电话问问。"
    )


# -- undoing ---------------------------------------------------------------------------------------


def undo_plan(installed: InstalledUpdate, cards: Iterable[DraftCard] = ()) -> UndoPlan:
    """What undoing an installation would do; nothing is written.

    Args:
        installed: of :func:`pilotdesk.updates.record.installed_updates`.
        cards: of the drafts.
    """
    kept = read_installations()
    entry = next((one for one in kept.updates if one.update_id == installed.update_id), None)
    earlier = _earlier(kept, entry) if entry is not None else None
    back_to = _back_to(installed, earlier)
    titles, after = _titles(installed.round), _versions_after(installed.round, earlier)
    drafts = tuple(
        _staying(card, titles(card.form))
        for card in cards
        if card.round == installed.round
        and card.form_version == installed.versions.get(card.form) != after.get(card.form)
    )
    sentence = f"撤销以后，{back_to}。草稿一份也不动"
    sentence += f"，其中 {len(drafts)} 份是照这一版填的，仍旧照这一版打开。" if drafts else "。"
    return UndoPlan(installed=installed, back_to=back_to, drafts=drafts, sentence=sentence)


def _earlier(kept: Installations, entry: Entry) -> Entry | None:
    """The installation that holds again; ``None`` when it is the pack that comes with the program, or none at all."""
    earlier = kept.before(entry)
    if earlier is None or entry.round not in shipped_packs():
        return earlier
    here, there = max(earlier.versions.values()), max(_shipped_versions(entry.round).values())
    older = here < there or (
        here == there and is_older_than_program(earlier.made, earlier.at, earlier.program)
    )
    return None if older else earlier


def _shipped_versions(round_name: str) -> dict[str, int]:
    return {name: form.head.version for name, form in load_shipped(round_name).forms.items()}


def _staying(card: DraftCard, form: str) -> TouchedDraft:
    """A draft of a version that will be no longer what new ones are made of."""
    title = card.facts.title or "未命名的项目"
    line = f"“{title}”：用的是这一版，撤销以后照样打开、接着填、导出。"
    return TouchedDraft(draft_id=card.draft_id, title=title, form=form, offered=False, line=line)


def _versions_after(round_name: str, earlier: Entry | None) -> Mapping[str, int]:
    if earlier is not None:
        return earlier.versions
    return _shipped_versions(round_name) if round_name in shipped_packs() else {}


def _titles(round_name: str) -> Callable[[str], str]:
    pack = _present(round_name)

    def title(form_name: str) -> str:
        form = pack.forms.get(form_name) if pack is not None else None
        return form.head.title if form is not None else form_name

    return title


def _back_to(installed: InstalledUpdate, earlier: Entry | None) -> str:
    if earlier is not None:
        return f"还用“{earlier.signer}” {local_day(earlier.made)} 做的那一份"
    if installed.round in shipped_packs():
        return "还用程序自带的表单"
    from pilotdesk.forms.added import BY_HAND
    from pilotdesk.paths import data_dir

    if (data_dir() / BY_HAND / installed.round).is_dir():
        return "还用手工放进资料文件夹的表单"
    return f"不能再新建“{installed.title}”的草稿"

"""Attachments of a unit: real, small pictures and PDFs, no two the same."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.documents.attachments import attachment_of
from tests.documents.evidence_files import pdf, picture

if TYPE_CHECKING:
    from pilotdesk.forms.values import Attachment

NEEDED = (
    ("legal_certificate", "法人登记证书.pdf"), ("credit_reports", "信用中国查询结果.png"),
    ("credit_reports", "公示系统查询结果.png"), ("support_files", "工作方案.pdf"), ("organisation_files", "成立小组的通知.pdf"),
)  # fmt: skip
OF_PARTICIPANTS = (
    ("participant_consents", "参加单位同意函.pdf"),
    ("participant_certificates", "参加单位证明材料.pdf"),
)
MORE = (
    "现场照片.png",
    "标准查新记录.pdf",
    "设备清单.pdf",
    "培训签到.png",
    "意见汇总.pdf",
    "场地照片.png",
    "系统截图.png",
    "会议纪要.pdf",
)


@cache
def _base(kind: str) -> tuple[bytes, Attachment]:
    """A sound file of a kind, and what the program thinks of it."""
    content = picture((320, 200), kind="PNG") if kind == "png" else pdf("page one", "page two")
    return content, attachment_of(f"file.{kind}", content)


def unique_file(name: str, mark: str) -> tuple[Attachment, bytes]:
    """A file of the kind that its name says, with a mark inside that nobody sees."""
    content, known = _base(name.rpartition(".")[2])
    if name.endswith(".png"):
        chunk = b"tEXtComment\x00" + mark.encode()
        packed = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        content = content[:-12] + packed + content[-12:]
    else:
        content += f"\n% {mark}\n".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    return msgspec.structs.replace(known, sha256=sha256, file_name=name, size=len(content)), content


def broken_file(known: Attachment, number: int) -> tuple[Attachment, bytes]:
    """What was a PDF once, under the same name."""
    content = b"%PDF-1.7\n" + f"unit {number} ".encode() * 40
    sha256 = hashlib.sha256(content).hexdigest()
    return msgspec.structs.replace(known, sha256=sha256, size=len(content)), content


def attach(answers: dict[str, Any], number: int, count: int) -> dict[str, tuple[Attachment, bytes]]:
    """Name the attachments in the answers; returns name to file.

    Args:
        answers: of the unit, changed. number: of the unit. count: of files; never fewer than the form asks for.
    """
    wanted = [*NEEDED, *(OF_PARTICIPANTS if answers["participating_units"] else ())]
    wanted += [("other_attachments", f"{at + 1}_{MORE[at % len(MORE)]}") for at in range(count - len(wanted))]
    files: dict[str, tuple[Attachment, bytes]] = {}
    for field, name in wanted:
        answers.setdefault(field, []).append(name)
        files[name] = unique_file(name, f"unit {number:04} {len(files):02}")
    return files

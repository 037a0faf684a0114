"""A Debian of another release in a folder: made by debootstrap, entered, and taken away without harm.

What is dangerous about it: ``/proc`` of the machine is mounted inside while somebody works there, and whoever
deletes or copies the folder then deletes or copies the machine. So it is mounted only inside ``with``, unmounted
whatever happens, and :meth:`Chroot.remove` refuses as long as anything is mounted below.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from dev import Stop
from ending import undisturbed
from linux.mirror import mirror

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOOLS: Final = {
    "debootstrap": "debootstrap",
    "gpgv": "gpgv",
    "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",  # not on what is no Debian
}
"""Program or file that is needed → Debian package that has it."""
# What the world outside tells: how to reach the mirror, nothing else.
HANDED_ON: Final = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
MOUNTS: Final = {"proc": "proc", "tmpfs": "dev/shm"}  # glibc has semaphores only on a real tmpfs
PASSES: Final = 50
"""How often it is looked for processes to end: one that is being ended may just have started another."""
INSIDE: Final = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "DEBIAN_FRONTEND": "noninteractive",
}


class ChrootError(Stop):
    """Something failed in there; the text has the command and the last lines it said."""


class Chroot:
    """A folder with a Debian system.

    Args:
        folder: where it is, or will be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def __enter__(self) -> Self:
        try:
            for kind, place in MOUNTS.items():
                self._run(["mount", "-t", kind, kind, str(self.folder / place)])
        except BaseException:
            self.leave()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """End what runs inside and unmount what is mounted."""
        self.end_all()
        for place in reversed(self.mounted()):
            # Lazily: it is gone from the folder at once, even when somebody is still at work in there.
            subprocess.run(["umount", "--lazy", place], check=False)

    def make(self, suite: str, packages: Sequence[str] = ()) -> None:
        """Fill the folder with a minimal system.

        Args:
            suite: code name of the release.
            packages: what is installed besides.

        Raises:
            ChrootError: debootstrap is not content.
        """
        self.remove()
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._fill(suite, packages)
        except BaseException:
            self.leave()  # debootstrap mounts /proc for a while, and cannot unmount it when it is killed
            raise

    def _fill(self, suite: str, packages: Sequence[str]) -> None:
        # Without the check, a machine that lacks Debian's keys would run as root whatever the mirror gives.
        how = ["--force-check-gpg", "--foreign", "--variant=minbase"]
        included = [f"--include={','.join(packages)}"] if packages else []
        self._run(["debootstrap", *how, *included, suite, str(self.folder), mirror()])
        # What is lost when the power fails is made anew: dpkg need not wait for the disk after each file.
        quick = self.folder / "etc/dpkg/dpkg.cfg.d/quick"
        quick.parent.mkdir(parents=True, exist_ok=True)
        quick.write_text("force-unsafe-io\n", "utf-8")
        self._run(["chroot", str(self.folder), "/debootstrap/debootstrap", "--second-stage"])
        for place in MOUNTS.values():
            (self.folder / place).mkdir(exist_ok=True)
        for name in ("resolv.conf", "hosts"):
            if Path("/etc", name).is_file():
                shutil.copyfile(Path("/etc", name), self.folder / "etc" / name)

    def run(
        self,
        *command: str,
        user: str = "root",
        variables: Mapping[str, str] | None = None,
        offline: bool = False,
    ) -> str:
        """Run a command inside and return what it printed, both streams as one text.

        Args:
            command: looked for on the path inside.
            user: name of a user inside.
            variables: what to set besides the few that are always set.
            offline: without any network, not even the machine's own.

        Raises:
            ChrootError: it ended with another code than 0.
        """
        return self._run(self.command(*command, user=user, offline=offline), self.environment(variables))

    def command(self, *command: str, user: str = "root", offline: bool = False) -> list[str]:
        """The whole command line of :meth:`run`, for a process that is to go on beside this one."""
        apart = ["unshare", "--net", "--"] if offline else []
        return [*apart, "chroot", f"--userspec={user}:", str(self.folder), *command]

    def environment(self, variables: Mapping[str, str] | None = None) -> dict[str, str]:
        """The variables of :meth:`run`."""
        handed = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
        return {**INSIDE, **handed, **(variables or {})}

    def mounted(self) -> list[str]:
        """What is mounted below the folder, by the kernel's own list."""
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", errors="replace").splitlines()
        points = [line.split(" ")[4].replace("\\040", " ") for line in mounts]
        return [point for point in points if Path(point).is_relative_to(self.folder)]

    def end_all(self) -> None:
        """End whatever still runs inside: each process whose root is the folder, and no other."""
        for _ in range(PASSES):
            found = 0
            for entry in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):  # it has ended meanwhile
                    if Path(os.readlink(entry / "root")) == self.folder:
                        os.kill(int(entry.name), signal.SIGKILL)
                        found += 1
            if not found:
                break

    def remove(self) -> None:
        """Delete the folder.

        Raises:
            ChrootError: something is mounted below it, which would be deleted as well.
        """
        if mounted := self.mounted():
            raise ChrootError(f"还挂着 {'、'.join(mounted)}，没有删除。请先卸载（umount）。")
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _run(self, command: Sequence[str], variables: Mapping[str, str] | None = None) -> str:
        process: subprocess.Popen[str] | None = None
        try:
            with undisturbed():
                process = subprocess.Popen(
                    command,
                    env=self.environment() if variables is None else dict(variables),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,
                )
            said, _ = process.communicate()
        except BaseException:
            if process is not None:
                _kill_with_children(process)
            raise
        if process.returncode:
            last = "\n".join(said.splitlines()[-30:])
            raise ChrootError(f"{' '.join(command)} 的退出码是 {process.returncode}：\n{last}")
        return said


def _kill_with_children(process: subprocess.Popen[str]) -> None:
    """End a process that leads a session, and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

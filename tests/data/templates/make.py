"""``python -m tests.data.templates.make [--resave] [NAME…]``: write the templates and their truths.

Every template is a function of `grids`, `blanks`, `repeating`, `whole`, `classes` (and of `unseen` for `holdout/`, of
`unseen_second` for `holdout2/`). With ``--resave`` those of `RESAVED` are also saved anew by LibreOffice and kept as
``NAME-lo.docx``; that needs LibreOffice and is not the same for every version of it, so those files are made once.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.data.templates import blanks, classes, grids, repeating, unseen, unseen_second, whole
from tests.data.templates.resolving import packaged, resolved, saved_by_libreoffice

HERE = Path(__file__).parent
RESAVED = {"02", "03", "08", "10", "13", "17", "18", "21", "23", "26"}


def main(arguments: list[str]) -> None:
    """Write what is asked for, or everything."""
    wanted = [name for name in arguments if not name.startswith("--")]
    plain = (grids, blanks, repeating, whole, classes)
    for make in (make for module in plain for make in module.TEMPLATES):
        template = make()
        if wanted and not any(template.name.startswith(name) for name in wanted):
            continue
        content = packaged(template)
        write(template, template.name, content)
        if "--resave" in arguments and template.name[:2] in RESAVED:
            write(template, f"{template.name}-lo", saved_by_libreoffice(content))
    for folder, hidden in (("holdout", unseen), ("holdout2", unseen_second)):
        for template in (make() for make in hidden.TEMPLATES):
            if not wanted or any(template.name.startswith(name) for name in wanted):
                write(template, template.name, packaged(template), HERE / folder)


def write(template, name: str, content: bytes, folder: Path = HERE) -> None:
    """Write a template and its truth beside it."""
    file, truth = resolved(template, content)
    (folder / f"{name}.docx").write_bytes(file)
    (folder / f"{name}.toml").write_text(truth, "utf-8")
    print(name, len(file), truth.count("path ="))


if __name__ == "__main__":
    main(sys.argv[1:])

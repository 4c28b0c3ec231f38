"""Write what tqcheck says of every article of corpora/ to this folder: the terminal's report, the JSON, the HTML page.

    python reports/make.py

Run it after a change of behaviour and read the difference. Values that depend on the machine and not on the text
(versions, hashes) are left out of the JSON and the page. `python reports/screenshots.py` takes pictures of the pages.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from tqcheck.cli import main

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
COLUMNS = "100"


def write(name: str, english: str) -> None:
    """The reports of one translation; a gate that fails is a report like any other. Pages for the flawed ones."""
    texts = [f"corpora/{name}/article.fr.txt", f"corpora/{name}/{english}.en.txt"]
    place = HERE / f"{name}.{english}"
    options = ["--mt", "none", "--lm", "none", "--color", "never", "--quiet"]
    main(["check", *texts, *options, "-o", f"{place}.txt"])
    main(["check", *texts, *options, "--format", "json", "-o", f"{place}.json"])
    report = json.loads(Path(f"{place}.json").read_text("utf-8"))
    del report["provenance"]
    Path(f"{place}.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if english == "article":
        page = Path(f"{place}.html")
        main(["check", *texts, *options, "--format", "html", "-o", str(page)])
        made = r'<dl class="made">.*?</dl>'
        page.write_text(re.sub(made, "", page.read_text("utf-8"), count=1, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    os.chdir(HERE.parent)
    os.environ["COLUMNS"] = COLUMNS
    for folder in sorted(path.parent.name for path in CORPORA.glob("*/expected.json")):
        for translation in ("article", "clean"):
            write(folder, translation)

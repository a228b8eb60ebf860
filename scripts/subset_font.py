"""Make the web font: the Latin part of Plus Jakarta Sans as WOFF2, with its license.

Run after `fontpkg-plus-jakarta-sans` changes: ``.venv/bin/python scripts/subset_font.py``.
"""

import shutil
from pathlib import Path

import fontpkg_plus_jakarta_sans as font
from fontTools import subset

STATIC = Path(__file__).resolve().parent.parent / "awards" / "web" / "static"
UNICODES = (
    "U+0020-007E,U+00A0-017F,U+02BC,U+2010-2015,U+2018-201E,U+2022,U+2026,U+20AC,U+2212,U+2248"
)


def main() -> None:
    target = STATIC / "plus-jakarta-sans.woff2"
    subset.main(
        [
            str(font.ROOT / "files" / "PlusJakartaSans[wght].ttf"),
            f"--unicodes={UNICODES}",
            "--layout-features=kern,liga,mark,mkmk,ccmp,locl,tnum,pnum,lnum",
            "--flavor=woff2",
            f"--output-file={target}",
        ]
    )
    shutil.copyfile(font.ROOT / "LICENSE", STATIC / "plus-jakarta-sans.LICENSE.txt")
    print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Make the README's picture from the running application.

    python docs/picture.py [TARGET ADDRESS FILE]

The application runs as it is, only without a terminal; what it shows is written as SVG. The
picture fetches nothing: Textual's link to a font on the network is taken out.
"""

import asyncio
import re
import sys
from pathlib import Path

from stepnet.session.session import Session
from tui.app import StepnetApp
from tui.settings import read_settings

SIZE = (120, 36)
HERE = Path(__file__).parent
FONTS = '"Fira Code", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace'


async def picture(target: str, address: str) -> str:
    """The screen right after the statement at `address`, as SVG."""
    session = Session.open(target)
    session.do(f"goto {address}")
    nowhere = Path("/nonexistent")  # the keys as declared, whatever this user has configured
    app = StepnetApp(session, read_settings(nowhere))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        return without_network(app.export_screenshot(title=f"stepnet {target} --at {address}"))


def without_network(svg: str) -> str:
    """The same picture in a font that is there already."""
    svg = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: Fira Code, monospace", f"font-family: {FONTS}", svg)


def main(target: str = "trask_neuron", address: str = "3/dE_dw", file: str = "") -> None:
    """Write the picture."""
    path = Path(file) if file else HERE / "stepnet.svg"
    path.write_text(asyncio.run(picture(target, address)), encoding="utf-8")
    print(f"{path}: {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(*sys.argv[1:])

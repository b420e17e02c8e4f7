"""A script that draws is stepped and checked in the application like any other."""

from pathlib import Path

from tests.tui.playing import Player, play

TEXT = """\
import numpy as np
import matplotlib.pyplot as plt
from tqdm import tqdm
fig, ax = plt.subplots()
bar = tqdm(range(3))
X, y, w = np.eye(2), np.ones((2, 1)), np.zeros((2, 1))
for epoch in bar:
    a = X @ w
    loss = np.sum((a - y) ** 2)
    dw = 2 * X.T @ (a - y)
    w -= 0.1 * dw
    ax.plot([epoch], [loss])
plt.show()
"""


def test_its_names_are_shown_and_its_gradients_checked(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    path.write_text(TEXT, encoding="utf-8")

    async def script(player: Player) -> None:
        await player.go("goto 2/dw")
        player.debugger.on_idled()
        await player.press("v")
        assert player.address == "2/dw"
        assert "ax" in player.text()
        assert "<module" not in player.text()
        await player.go("end")
        await player.go("goto 1/w")
        assert player.address == "1/w"

    play(script, path)

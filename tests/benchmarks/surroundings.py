"""Where it was measured: without that, no figure means anything."""

import os
import platform
from importlib.metadata import version
from pathlib import Path


def surroundings() -> str:
    """Machine, system, versions, and how busy the machine is with other things."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}\n"
        f"Python {platform.python_version()}, NumPy {version('numpy')}, "
        f"Textual {version('textual')}; load average {load} (1.0 is one busy core)\n"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()

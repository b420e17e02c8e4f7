"""The environment of a measurement: that of somebody who has installed stepnet and uses it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def usual() -> Iterator[None]:
    """Set this process's environment, and that of every process started from it; then undo it.

    Matrix products use one thread: two runs that are compared must not compete for the second
    core. Bytecode is kept, as pip keeps it for what it installs, but outside of the repository;
    standard output is buffered, as it is unless somebody asks for something else. To be entered
    before numpy is imported.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="stepnet-bytecode-") as folder:
        for name in [name for name in before if name.startswith("PYTHON")]:
            del os.environ[name]
        os.environ |= {"PYTHONPYCACHEPREFIX": folder, **dict.fromkeys(THREADS, "1")}
        try:
            yield
        finally:
            os.environ.clear()
            os.environ |= before

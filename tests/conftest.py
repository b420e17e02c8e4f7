"""What every test shares: how hypothesis looks for counterexamples."""

import os

from hypothesis import HealthCheck, settings

# A slow machine is no failure, and a failure must print what reproduces it.
settings.register_profile(
    "here",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# A build must say the same of the same commit every time it runs.
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

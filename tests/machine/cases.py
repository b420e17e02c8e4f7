"""Small scripts, many to a text: ``== name`` stands above each."""


def cases(text: str) -> dict[str, str]:
    """The scripts of a text by their names."""
    found: dict[str, str] = {}
    for part in f"\n{text.strip()}".split("\n== ")[1:]:
        name, _, script = part.partition("\n")
        assert name not in found, name
        found[name] = script.strip() + "\n"
    return found


def trained(text: str, times: int = 3) -> str:
    """The same as the body of a training loop, which is fused code where that is possible."""
    body = "".join(f"    {line}\n" for line in text.splitlines()) or "    pass\n"
    return f"for epoch in range({times}):\n    # %% forward\n{body}"

"""Small scripts, many to a text: ``== name`` stands above each."""


def cases(text: str) -> dict[str, str]:
    """The scripts of a text by their names."""
    found: dict[str, str] = {}
    for part in f"\n{text.strip()}".split("\n== ")[1:]:
        name, _, script = part.partition("\n")
        assert name not in found, name
        found[name] = script.strip() + "\n"
    return found

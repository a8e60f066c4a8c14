"""Words that no Indonesian text of pleno contains."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|errors?|missing|no such|try|show|this|message|exit|required|default|"
    r"invalid|unexpected|extra|got|did you mean|possible|does not|takes?|value|file not|the|and|for|not|with|aborted|"
    r"traceback|exception|deprecated|true|false|none)\b",
    re.IGNORECASE,
)


def no_english(text: str) -> None:
    """Fail on the first English word, naming it with its line."""
    for line in text.splitlines():
        found = _ENGLISH.search(line)
        assert found is None, f"{found[0]!r} in {line!r}"

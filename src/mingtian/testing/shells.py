"""Bare shells for tests of the hot path, which asks only where the words and facts go."""

from pathlib import Path

BARE = '<html lang="{lang}"><title>⟦title⟧</title><p>⟦say⟧</p><script id="facts">⟦facts⟧</script></html>'


def write_shells(folder: Path) -> None:
    """Write an entry, a hall and a refusal shell for each language."""
    for lang in ("zh-hans", "en"):
        (folder / lang).mkdir(parents=True, exist_ok=True)
        for name in ("enter", "hall", "refused"):
            (folder / lang / f"{name}.html").write_text(BARE.format(lang=lang), encoding="utf-8")

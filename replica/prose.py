"""Invented Chinese prose from frames and words; the same generator state gives the same text."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from replica import words

STYLES: Final[Mapping[str, tuple[str, ...]]] = {
    "news": words.NEWS,
    "essay": words.ESSAY,
    "literary": words.LITERARY,
    "chrome": words.CHROME,
    "symbols": words.SYMBOLS,
    "notice": words.NOTICES,
    "verse": words.VERSE,
}


class Prose:
    """A source of sentences, names and headlines, drawn from the given generator."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        pick = rng.choice
        self._slots: dict[str, Callable[[], str]] = {
            "place": lambda: pick(words.PLACES),
            "district": lambda: pick(words.DISTRICTS),
            "org": lambda: pick(words.ORGANISATIONS),
            "thing": lambda: pick(words.THINGS),
            "quality": lambda: pick(words.QUALITIES),
            "action": lambda: pick(words.ACTIONS),
            "idea": lambda: pick(words.IDEAS),
            "person": self.person,
            "number": lambda: str(int(rng.random() * 9000) + 120),
            "small": lambda: str(int(rng.random() * 28) + 3),
            "month": lambda: str(int(rng.random() * 12) + 1),
            "day": lambda: str(int(rng.random() * 28) + 1),
        }

    def __getitem__(self, slot: str) -> str:
        """A word for a frame's slot, so that the prose itself fills its frames."""
        return self._slots[slot]()

    def fill(self, frame: str) -> str:
        """The frame with a fresh word in each slot."""
        return frame.format_map(self)

    def person(self) -> str:
        """A name of two or three characters, now and then with one that GB 2312 lacks."""
        pick = self.rng.choice
        if self.rng.random() < 0.04:
            return pick(words.SURNAMES) + pick(words.RARE_GIVEN)
        given = pick(words.GIVEN) + (pick(words.GIVEN) if self.rng.random() < 0.6 else "")
        return pick(words.SURNAMES) + given

    def people(self, count: int) -> tuple[str, ...]:
        """That many different names."""
        names: dict[str, None] = {}
        while len(names) < count:
            names[self.person()] = None
        return tuple(names)

    def paragraph(self, style: str, least: int = 90) -> str:
        """Whole sentences of one style, at least `least` characters long."""
        frames, parts, length = STYLES[style], [], 0
        while length < least:
            parts.append(self.fill(self.rng.choice(frames)))
            length += len(parts[-1])
        return "".join(parts)

    def headline(self) -> str:
        """A headline in one of six forms; "\\n" where the paper breaks the line."""
        return self.fill(
            self.rng.choice(
                (
                    "{district}{thing}{action}",
                    "{place}的{thing}\n如何变得{quality}",
                    "读《{place}旧事》：{idea}的{quality}之处",
                    "“{idea}”让{thing}“{action}”",
                    "{number}名居民用上{thing} {small}个街区{action}",
                    "守护{thing}　留住{place}",
                )
            )
        )

    def crosshead(self) -> str:
        """A short line without a full stop, to stand between long paragraphs."""
        return self.fill(
            self.rng.choice(("把{thing}做{quality}", "{idea}从哪里来", "向{place}要答案"))
        )

    def verse(self, stanzas: int) -> str:
        """Lines joined by newlines, an empty line between stanzas of three to five lines."""
        lines = STYLES["verse"]
        return "\n\n".join(
            "\n".join(self.fill(self.rng.choice(lines)) for _ in range(self.rng.randint(3, 5)))
            for _ in range(stanzas)
        )

    def caption(self) -> tuple[str | None, str | None]:
        """A caption and a credit; either may be missing, seldom both."""
        caption = self.fill(
            self.rng.choice(("{place}一景。", "{day}日，{place}，{thing}{action}。"))
        )
        if self.rng.random() < 0.4:
            caption += self.fill("图为{person}在调试{thing}。")
        credit = self.fill(
            self.rng.choice(
                (
                    "记者 {person} 摄",
                    "本报记者 {person} 摄",
                    "通讯员 {person} 摄",
                    "特约摄影 {person}\\视觉{place}",
                )
            )
        )
        lot = self.rng.random()
        if lot < 0.06:
            return None, None
        if lot < 0.12:
            return None, credit
        return caption, (None if lot < 0.25 else credit)

"""Made-up text that reads like the record's: a few thousand words as often as in English, names, Korean words."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random

COMMON = """
the of and to in that was for on were by with from at said had it as they not be is are who would after which remains
officials meeting talks war soldiers missing families identified returned north south side boxes cases handed over
agreed officers command search recovery operation season site burial camp prisoners government army armistice border
village general level working delegation letter statement declaration summit president secretary ministry agency
laboratory dental records bones sets individuals accounted unaccounted number count total reported announced confirmed
denied promised expected postponed cancelled suspended resumed flags wooden coffins flight base ceremony honours widow
daughter brother veteran unit division regiment reservoir river hill road bridge railway
"""
NAMES = """
Panmunjom Wonsan Hamhung Chosin Changjin Unsan Kaesong Pyongyang Pyoktong Osan Hickam Kunu-ri Hungnam P'anmunjŏm Sinŭiju
Taedong Yalu Kim Yong-chol Ri Pak Choe An Ik-san Miller Novak Okafor Brandt Laurent Silva Haugen Petrov
"""
KOREAN = "장진호에서 판문점 유해 송환 회담 미군 발굴 원산 군사분계선 실종자 전쟁 공동 조사"
SYLLABLES = "ba be bo ca ce co da de di fa fi ga go ha he la le li lo ma me mi mo na ne no pa pe po ra re ri ro"
N_RARE = 12_000


class Writer:
    """Writes words, sentences and documents from a seed."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        syllables = SYLLABLES.split()
        rare = sorted({"".join(rng.choices(syllables, k=rng.randint(2, 4))) + "n" for _ in range(N_RARE)})
        rng.shuffle(rare)
        self.vocabulary: Sequence[str] = [*f"{COMMON} {NAMES} {KOREAN}".split(), *rare]
        # The word of rank n is about as often as 1/n, as in every language.
        self._often = list(accumulate(1 / (rank + 8) for rank in range(len(self.vocabulary))))

    def words(self, n: int) -> str:
        """Return some words."""
        total, rng = self._often[-1], self.rng
        return " ".join(self.vocabulary[bisect(self._often, rng.random() * total)] for _ in range(n))

    def sentence(self) -> str:
        """Return a sentence, now and then with a number and a date."""
        text = self.words(self.rng.randint(9, 20))
        if self.rng.random() < 0.2:
            text += f" on {self.rng.randint(1, 28)} July {self.rng.randint(1951, 2025)}"
        if self.rng.random() < 0.2:
            text += f", {self.rng.randint(2, 8_000):,} in all"
        return text.capitalize() + "."

    def document(self, n_characters: int) -> list[str]:
        """Return the sentences of a document of about this many characters."""
        sentences: list[str] = []
        while n_characters > 0:
            sentences.append(self.sentence())
            n_characters -= len(sentences[-1]) + 1
        return sentences

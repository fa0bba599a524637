"""What the models of this app are; each module has one subject."""

from __future__ import annotations

from homeward.web.identity.identifiers import Identifier
from homeward.web.identity.likely_pairs import LikelyPair
from homeward.web.identity.number_keys import NumberKey
from homeward.web.identity.successions import Succession, SuccessionEffect, SuccessionPart

__all__ = ["Identifier", "LikelyPair", "NumberKey", "Succession", "SuccessionEffect", "SuccessionPart"]

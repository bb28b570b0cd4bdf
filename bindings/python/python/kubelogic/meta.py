"""Values that objects hold as text: quantities."""

from __future__ import annotations

from ._native import Quantity

__all__ = ["Quantity"]

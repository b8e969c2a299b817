"""The four methods once more, from the words of their publishers and by other algebra.

Amounts are decimals of fifty digits, growth is a difference of logarithms, slopes are fractions, and
verdicts are nested questions. Nothing of the tested package is used but the shape of its answers.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction

PRECISE = Context(prec=50)

Ratios = dict[str, float]


def ratios(  # noqa: PLR0917 - the fields of a path, in their order
    y0: float, t0: float, y: float, t: float, aim: float, due: float, direction: str
) -> Ratios:
    """The ratios of all methods for amounts above 0 of which the base lies short of the target."""
    with localcontext(PRECISE):
        base, latest, target = Decimal(y0), Decimal(y), Decimal(aim)
        elapsed, whole = Decimal(t) - Decimal(t0), Decimal(due) - Decimal(t0)
        pace = (latest.ln() - base.ln()) / elapsed
        needed = (target.ln() - base.ln()) / whole
        wished = 1 if direction == "up" else -1
        cagr = wished * (pace.exp() - 1) / abs(needed.exp() - 1)
        at_due = (base.ln() + pace * whole).exp()
        unsd = 1 - (target - at_due) / (target - base)
    slope = (Fraction(y) - Fraction(y0)) * (Fraction(due) - Fraction(t0))
    required = (Fraction(aim) - Fraction(y0)) * (Fraction(t) - Fraction(t0))
    left = abs(Fraction(aim) - Fraction(y)) / abs(Fraction(aim) - Fraction(y0))
    is_met = y >= aim if direction == "up" else y <= aim
    return {
        "cagr": float(cagr),
        "unsd": float(unsd),
        "linear": float(slope / required),
        "escap": float(10 + 10 * left if is_met else 10 - 10 * left),
    }


def verdict(method: str, ratio: float, is_met: bool) -> str:
    """The verdict by the published cut-offs: 95/60/0 %, 95/10/0 %, 100/50/0 %; none of ESCAP."""
    if method == "escap":
        return ""
    if is_met:
        return "achieved"
    if ratio < 0:
        return "away"
    if ratio >= {"cagr": 0.95, "unsd": 0.95, "linear": 1}[method]:
        return "on_track"
    if ratio >= {"cagr": 0.6, "unsd": 0.1, "linear": 0.5}[method]:
        return "moderate"
    return "limited" if method == "cagr" else "stagnating"

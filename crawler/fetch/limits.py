"""The bounds of one answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost; beyond a bound it ends with OversizedAnswer.

    `total_s` bounds one attempt from the dialling on, waiting for a turn not counted; `connect_s`
    the making of a connection. `header_bytes` bounds status line and headers, interim answers
    included. `inflate_ratio` counts once `ratio_from_bytes` are inflated. From its first byte on
    an answer must bring `min_rate_bytes_s` on average in every `rate_window_s`. `hops` are the
    redirects followed; `attempts` the requests for one address, the first included.
    """

    total_s: float = 60.0
    connect_s: float = 10.0
    header_bytes: int = 64 << 10
    wire_bytes: int = 32 << 20
    inflated_bytes: int = 64 << 20
    inflate_ratio: int = 200
    ratio_from_bytes: int = 1 << 20
    min_rate_bytes_s: int = 1024
    rate_window_s: float = 20.0
    hops: int = 5
    attempts: int = 3

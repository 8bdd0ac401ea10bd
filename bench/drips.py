"""Readers who never finish asking, and honest ones beside them, at a reading room that is open.

    python bench/drips.py 8080 --lines 1000 --for 40

Each of the lines sends one more byte of a head every second, and is opened anew when it is closed.
Prints how long they lived, and how the honest readers fared.
"""

import argparse
import asyncio
import time
from collections import Counter

HONEST = 10


async def drip(port: int, until_s: float, lives_s: list[float]) -> None:
    """One line after the other, each as long as the server lets it live."""
    while time.monotonic() < until_s:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Drip: ")
        began_s = time.monotonic()
        try:
            while not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
        except OSError:
            pass  # the line was closed: that is what is measured
        lives_s.append(time.monotonic() - began_s)


async def ask(port: int, until_s: float, statuses: Counter[str], waits_s: list[float]) -> None:
    """An honest reader, ten times a second."""
    while time.monotonic() < until_s:
        began_s = time.monotonic()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                b"GET /api/v1/papers HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
            )
            head = await asyncio.wait_for(reader.read(15), 20)
            statuses[head[9:12].decode()] += 1
            writer.close()
        except (OSError, TimeoutError) as error:
            statuses[type(error).__name__] += 1
        waits_s.append(time.monotonic() - began_s)
        await asyncio.sleep(0.1)


async def together(port: int, lines: int, for_s: float) -> None:
    """All at once."""
    until_s = time.monotonic() + for_s
    lives_s: list[float] = []
    waits_s: list[float] = []
    statuses: Counter[str] = Counter()
    await asyncio.gather(
        *(drip(port, until_s, lives_s) for _ in range(lines)),
        *(ask(port, until_s, statuses, waits_s) for _ in range(HONEST)),
    )
    waits_s.sort()
    print(f"{len(lives_s)} lines lived {min(lives_s):.1f} to {max(lives_s):.1f} s")
    print(f"honest readers: {dict(statuses)}, p50 {waits_s[len(waits_s) // 2] * 1000:.0f} ms")
    print(f"p99 {waits_s[int(len(waits_s) * 0.99)] * 1000:.0f} ms, longest {waits_s[-1]:.2f} s")


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--for", dest="for_s", type=float, default=40)
    asked = parser.parse_args()
    asyncio.run(together(asked.port, asked.lines, asked.for_s))


if __name__ == "__main__":
    main()

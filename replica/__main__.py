"""`python -m replica`: serves the stand-in site until it is told to stop."""

import argparse
import json
import signal
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from replica.newspaper import Newspaper
from replica.scenarios import SCENARIOS
from replica.server import ReplicaServer
from replica.site import Site


def main() -> None:
    """Prints one JSON line with the address, then serves until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="demo")
    parser.add_argument(
        "--latest", type=date.fromisoformat, help="the newest issue that is out, YYYY-MM-DD"
    )
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="gains a line of JSON for each request"
    )
    parser.add_argument(
        "--reads", type=Path, metavar="FILE", help="keeps how often each path was read"
    )
    asked = parser.parse_args()
    scenario = SCENARIOS[asked.scenario]
    if asked.latest:
        scenario = replace(scenario, latest=asked.latest)
    stops = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stops)  # before any thread starts
    site = Site(Newspaper(asked.seed), scenario)
    with ReplicaServer(site, port=asked.port, log_file=asked.log, reads_file=asked.reads) as server:
        line = {"url": server.url, "seed": asked.seed, "scenario": scenario.name}
        line["latest"] = scenario.latest.isoformat()
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        signal.sigwait(stops)


if __name__ == "__main__":
    main()

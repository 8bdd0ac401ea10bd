"""One errand through apprise, run as a process of its own by cli.messenger: it can be stopped.

Reads a JSON object from standard input: `alarm` is the address; with `title` and `body` it is sent.
Ends with 0 when the service took the message, or, without one, when the address is complete.
"""

import json
import sys

from apprise import Apprise, AppriseAsset
from apprise.common import OverflowMode


def run_errand(errand: dict[str, str]) -> bool:
    """True when all went well. Follows no redirect; a long message goes in pieces."""
    asset = AppriseAsset(
        app_id="Baoku",
        app_desc="Baoku",
        app_url="",
        http_redirects=False,
        async_mode=False,
        storage_mode="memory",  # nothing is left on the disk
        allow_templates=False,
        image_path_mask=False,
    )
    service = Apprise.instantiate(errand["alarm"], asset=asset)
    if service is None or "body" not in errand:
        return service is not None
    service.overflow_mode = OverflowMode.SPLIT
    box = Apprise(asset=asset)
    box.add(service)
    return bool(box.notify(body=errand["body"], title=errand["title"], body_format="text"))


if __name__ == "__main__":
    sys.exit(0 if run_errand(json.load(sys.stdin)) else 1)

"""Names without the padding that sets two characters as wide as three."""

import re

_PADDED = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[\s\u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)


def join_padded_names(text: str) -> str:
    """The text with "张　三" as "张三": two lone characters with white space between are one name."""
    return _PADDED.sub(r"\1\2", text)

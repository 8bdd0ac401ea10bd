"""What nobody types who means well: queries for laws."""

from hypothesis import strategies as st

ODD = st.sampled_from(
    '""“”\'-*():^+{}[]|&!~\\/%_;,.<>=#?\0\x1b\x85\u00ad\u200b\u200d\u202e\u2028\ufeff\u0301\u0e33\u3099'
    "\ufe0f\ud800\udfff\ue000\ufdd0\ufffd\ufffe\uffff\U00020bb7\U0001f600\U000f0000\U0010ffff"
    " \n　桥灯AIorＡ８ßİ㎡ﬁ"
)
SOUPS = st.text(ODD, max_size=8) | st.text(max_size=4)
SAYINGS = st.sampled_from(
    [
        "NEAR(桥 灯, 2)", "body : 桥", "^桥*", "桥 AND NOT 灯", "' OR 1=1;--", "桥' & !灯 | 船:*", "桥 <-> 灯", "$$桥$$",
        "%s {0} ${x}", "桥%_", "(?P<x>.*)+", "<script>桥</script>", "&lt;&#x0;", "]]>", "%00", "+", "a&q=b#c", "OR", "-", "--",
        '""', "headline:", "caption：桥", "-headline:桥", "a OR -b", "桥" * 400, "桥 " * 20, "\u0301" * 300,
    ]
)  # fmt: skip
TYPED = st.builds(str.join, st.sampled_from(["", " ", '"', " OR ", "　"]), st.lists(SAYINGS | SOUPS, max_size=4))  # fmt: skip

PRINTED = TYPED.map(
    lambda text: "".join(one for one in text if one != "\0" and not "\ud800" <= one <= "\udfff")
)
"""As an article may hold it: without what cleaning takes out."""


def is_sentence(text: str) -> bool:
    """True for one line that a terminal shows as it is, neither empty nor endless."""
    return text.isprintable() and 0 < len(text) <= 300

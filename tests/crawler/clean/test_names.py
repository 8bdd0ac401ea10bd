"""Names that are padded to the width of three characters."""

import pytest

from crawler.clean.names import join_padded_names


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("张　三", "张三"),
        ("张  三", "张三"),
        ("张 三 李 四", "张三 李四"),
        ("记者 张　三　李四光", "记者 张三　李四光"),
        ("张三 李四", "张三 李四"),
        ("张三 李", "张三 李"),
        ("张 三丰", "张 三丰"),
        ("张 A", "张 A"),
        ("张　三、李　四", "张三、李四"),
        ("", ""),
    ],
)
def test_two_lone_characters_with_white_space_between_are_one_name(text: str, joined: str) -> None:
    assert join_padded_names(text) == joined


def test_a_long_run_of_white_space_is_one_padding() -> None:
    assert join_padded_names("张" + "\u3000" * 50_000 + "三") == "张三"

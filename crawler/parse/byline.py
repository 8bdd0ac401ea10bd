"""Who made an article, from its byline, its dateline and its closing line."""

import re

from crawler.clean.names import join_padded_names
from press.model import Contributor, Role

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮羿储靳邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴能苍"
    "双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终"
    "暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆红游"
    "竺权逯盖益桓公肖佘佟代闫付岳覃邸苟牟晋楚仝敬谌淡幺亓麦揭鹿区么年苑帅兰涂占植练原冼刑尧柒遇漆宾黑锁尉"
)
_COMPOUND = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "夏侯",
    "端木",
    "百里",
    "南宫",
    "长孙",
    "宇文",
    "轩辕",
    "申屠",
    "太史",
)
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(
    rf"{_HAN}{{2,4}}|{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}})+|[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+)*"
)
_MARKS = "□■○●◎◆◇★☆▲△▼▽◢◤※·—-–|｜ \u3000\t\n"
_ROLES: tuple[tuple[str, Role], ...] = (
    # longer words first: 见习记者 must not be read as 记者 with a name before it
    (r"(?:本报|本社|特约|见习|实习|首席|专职|驻\w{1,6}?|全媒体|融媒体|新华社|新华每日电讯|中新社|人民日报|本刊|上游新闻|华龙网|重庆日报)*摄影记者", "photographer"),
    (r"(?:本报|本社|本刊)?(?:见习|实习)记者", "reporter"),
    (r"(?:本报|本社|本刊|特约|首席|专职|驻\w{1,6}?|全媒体|融媒体|新华社|新华每日电讯|中新社|人民日报|上游新闻|华龙网|重庆日报|华西都市报)*记者", "reporter"),
    (r"(?:本报|特约)*通讯员", "correspondent"),
    (r"(?:本报)?实习生", "intern"),
    (r"(?:本报|特约)*(?:摄影报道|摄影|供图)", "photographer"),
    (r"(?:本报|本刊|特约|责任|见习)*(?:责编|编辑)(?!部)", "editor"),
    (r"(?:翻译|编译|译者)", "translator"),
    (r"(?:插图|配图|绘图|漫画|绘画|制图)", "illustrator"),
    (r"(?:整理|采访整理)", "compiler"),
    (r"(?:口述)", "narrator"),
    (r"(?:文\s*[/／、]\s*图|图\s*[/／、]\s*文|图文|撰文|执笔|作者|文)", "author"),
    (r"(?:摄|图)", "photographer"),
)  # fmt: skip
_ROLE = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (pattern, _) in enumerate(_ROLES)))
_STRONG_ROLE = re.compile(
    r"记者|通讯员|评论员|实习生|编辑[\s\u3000:：]|责编|摄影|撰文|执笔|作者[:：\s]|^[文图]\s*[/／、:：]|图\s*[/／]\s*文|文\s*[/／]\s*图|[ \u3000](?:摄|文|图|绘|译)$|特约|编译|整理$|口述"
)
_BODY = re.compile(
    r"(?:评论员|观察员|课题组|编辑部|研究院|研究中心|研究所|研究会|中心|学院|大学|党校|委员会|党委|党组|党支部|"
    r"办公室|宣传部|组织部|调研组|编写组|理论学习中心组|中心组|联合会|协会|集团|公司|新华社|本报讯员)$"
)
_COMMENTATOR = re.compile(r"(?:本报|本刊|特约|新华社|人民日报)*(?:评论员|观察员)")
_SEPARATORS = re.compile(r"[\s\u3000、，,;；/／|｜&]+(?:和[\s\u3000]+)?")


def is_byline(text: str) -> bool:
    """True when a line of a headline block reads as a byline and not as a deck.

    A role word, or nothing but names, or the name of a body that signs articles.
    """
    plain = join_padded_names(text.strip(_MARKS)).strip("()（）")
    if not plain or len(plain) > 60 or re.search(r"[。！？!?《》“”…]|——", plain):
        return False
    if text[:1] in "□■○●◎◆◇" and len(plain) <= 40:
        return True
    if _STRONG_ROLE.search(plain) or (_BODY.search(plain) and len(plain) <= 40):
        return True
    tokens = [token for token in _SEPARATORS.split(plain) if token]
    longest = 3 if len(tokens) == 1 else 4
    return bool(tokens) and all(_is_name(token, longest) for token in tokens)


def read_contributors(byline: str) -> tuple[Contributor, ...]:
    """The names in a byline with what each did; a name without a role word is an author's.

    Empty for a byline that names nobody.
    """
    plain = join_padded_names(byline.strip(_MARKS).strip("()（）"))
    found: list[Contributor] = []
    role: Role = "author"
    position = 0
    for match in _ROLE.finditer(plain):
        if match.start() < position or not _stands_alone(plain, match):
            continue
        found += _names(plain[position : match.start()], role, match, before=True)
        index = next(i for i in range(len(_ROLES)) if match[f"r{i}"] is not None)
        role, position = _ROLES[index][1], match.end()
    found += _names(plain[position:], role, None, before=False)
    return tuple(dict.fromkeys(found))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Role words of one character count only where nothing else of a word is around them."""
    if len(match[0]) > 1:
        return True
    before, after = text[: match.start()], text[match.end() :]
    if match[0] == "文":
        return not before.strip(_MARKS) and after[:1] in ("", " ", ":", "：", "/", "／", "\u3000")
    return before[-1:] in ("", " ", "\u3000", "/", "／") and after[:1] in (
        "",
        " ",
        ":",
        "：",
        "/",
        "／",
        "\u3000",
    )


def _names(
    part: str, role: Role, following: re.Match[str] | None, *, before: bool
) -> list[Contributor]:
    trailing = (
        bool(following)
        and following is not None
        and following[0] in ("摄", "图", "摄影", "整理", "译", "口述", "执笔", "撰文")
    )
    if before and trailing and following is not None and role == "author":
        index = next(i for i in range(len(_ROLES)) if following[f"r{i}"] is not None)
        role = _ROLES[index][1]
    found = []
    for token in _SEPARATORS.split(part.strip(_MARKS + ":：")):
        name = token.strip(_MARKS + ":：()（）")
        if not name:
            continue
        if _COMMENTATOR.fullmatch(name):
            found.append(Contributor(name=name, role="commentator"))
        else:
            found.append(Contributor(name=name, role=role))
    return found


def _is_name(token: str, longest: int) -> bool:
    """True for a person's name; `longest` bounds one with a surname of one character.

    Alone, four characters that open with a surname are more often a deck ("高山流水") than a name.
    """
    if not _NAME.fullmatch(token):
        return False
    if not re.fullmatch(rf"{_HAN}+", token):
        return True
    if token.startswith(_COMPOUND):
        return 3 <= len(token) <= 4
    return len(token) <= longest and token[0] in _SURNAMES

"""Who made an article, from its byline, its dateline and its closing line."""

import re

from crawler.clean.names import join_padded_names
from press.model import Contributor, Role

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封鄢税栗粟辜谯巨况幸犹敖谌闵骞牟佴邝缪蹇晓欧芮羿储靳邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
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
_ALL_HAN = re.compile(rf"{_HAN}+")
_NAME = re.compile(
    rf"{_HAN}{{2,4}}|{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,8}}){{1,4}}|[A-Z][A-Za-z.'-]{{1,30}}"
)
_MARKS = "□■○●◎◆◇★☆▲△▼▽◢◤※·—-–|｜:： \u3000\t\n"
_LEADING: tuple[tuple[str, Role], ...] = (
    # a word within a token, whatever stands before it: 本报首席记者, 新华社驻渝记者
    ("摄影记者", "photographer"),
    ("记者", "reporter"),
    ("通讯员", "correspondent"),
    ("实习生", "intern"),
    ("特约摄影", "photographer"),
    ("责任编辑", "editor"),
    ("责编", "editor"),
    ("编辑", "editor"),
)
_WORDS: dict[str, Role] = {
    # a token of its own, before or after its names: 文/张三, 张三 摄
    "文": "author", "撰文": "author", "执笔": "author", "作者": "author", "文字": "author",
    "采写": "author", "采访": "author", "撰稿": "author", "供稿": "author", "报道": "author",
    "图": "photographer", "摄": "photographer", "摄影": "photographer", "图片": "photographer",
    "摄影报道": "photographer", "供图": "photographer", "视频": "photographer",
    "文图": "author", "图文": "author", "美编": "editor", "校对": "editor",
    "译": "translator", "翻译": "translator", "编译": "translator", "译者": "translator",
    "绘": "illustrator", "绘图": "illustrator", "插图": "illustrator", "配图": "illustrator",
    "漫画": "illustrator", "制图": "illustrator",
    "整理": "compiler", "采访整理": "compiler", "文字整理": "compiler", "口述": "narrator",
    "主持人": "editor", "主持": "editor", "策划": "editor", "执行": "editor", "统筹": "editor",
    "著": "author", "编著": "author",
}  # fmt: skip
_ENDING = (
    "摄影报道",
    "摄影",
    "撰文",
    "整理",
    "翻译",
    "编译",
    "口述",
    "执笔",
    "供图",
    "摄",
    "文",
    "图",
    "译",
    "绘",
)
_OUTLET = (
    r"本报|本社|本刊|本网|新重庆|特约|特派|见习|实习|首席|专职|资深|驻[\u4e00-\u9fff]{1,4}|全媒体|融媒体|融媒|"
    r"新华社|中新社|[\u4e00-\u9fff]{1,6}(?:日报|晚报|晨报|商报|都市报|新闻|网|电视台)|[-—－·]"
)
_ROLE_TOKEN = re.compile(
    rf"(?:{_OUTLET}){{0,4}}(?P<role>摄影记者|记者|通讯员|实习生|特约摄影|撰稿人|责任编辑|责编|编辑|评论员|观察员)(?P<name>.*)"
)
_NOT_A_NAME = (
    "手记",
    "观察",
    "调查",
    "走访",
    "探访",
    "日记",
    "眼中",
    "笔下",
    "镜头",
    "见闻",
    "视点",
)
_SIGNING_BODY = re.compile(
    r".{0,16}(?:课题组|编辑部|调研组|编写组|中心组|专班|报道组|采访组)|"
    r"(?:本报|中共|中国|全国|国家|重庆|北京|上海|四川|成都|西南|[\u4e00-\u9fff]{0,4}[省市区县州])"
    r"[\u4e00-\u9fff]{0,24}(?:研究院|研究中心|研究所|研究会|中心|学院|大学|党校|委员会|委|党组|党支部|办公室|办|部|局|厅|院|联合会|协会|集团|公司)"
)
_WIRE = re.compile(
    r"(?:本报|新华社|中新社)?综合(?:报道|消息|整理)?(?:新华社|中新社)?电?|据?(?:新华社|中新社|人民日报|央视)\S{0,6}[电讯]?"
)
_PLACE = re.compile(r"重庆|北京|上海|四川|成都|[\u4e00-\u9fff]{1,4}[省市区县州镇乡村]")
_OFFICE = re.compile(
    r"发自\S{1,8}|[\u4e00-\u9fff]{2,24}(?:会员|委员|教授|研究员|讲师|主任|院长|书记|局长|代表|作家|诗人|博士|律师|医生|学生)"
)
_FOREIGN = re.compile(
    r"[〔\[【（(][\u4e00-\u9fff]{1,3}[〕\]］】）)]\s?[\u3400-\u9fffA-Za-z·•・.\s]{2,24}"
)
_BRACKETS = re.compile(r"[（(【\[〔［][^（）()【】\[\]〔〕［］]{1,24}[）)】\]〕］]")
_VERB_END = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:摄影报道|摄|文/图|图/文)$")
_COMMENTATOR = re.compile(r"(?:评论员|观察员)$")
_NOT_BYLINE = re.compile(r"[。！？!?《》“”…：:].|——|—$")
_SEPARATORS = re.compile(r"[\s\u3000、，,;；/／|｜&:：]+")
_LEADING_ROLE = re.compile(
    rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|记者|通讯员|编辑|责编)\s?[:：]"
)
_SIGNING = re.compile(r"记者|通讯员|实习生|评论员|作者\s?[:：]|^[（(]?\s?(?:[□■◎○]|[文图]\s?[/／])")
_PICTURED = re.compile(r"(?:摄|摄影|供图|制图)[)）]?$")
MAX_BYLINE_CHARS = 60


def is_byline(text: str) -> bool:
    """True when a line of a headline block reads as a byline and not as a deck.

    Each of its words is a role, a name, a place before a name, or the line is a body that signs
    articles. A dash before it makes it a deck; a square before it a byline.
    """
    text = _unbracketed(text.strip())
    if text[:1] in "—–" or len(text) > MAX_BYLINE_CHARS:
        return False
    if (text[:1] in "□■○●◎◆◇" and len(text) <= 40) or _FOREIGN.fullmatch(text):
        return True
    plain = _plain(_BRACKETS.sub(" ", text))
    if not plain or _NOT_BYLINE.search(_LEADING_ROLE.sub("", plain)):
        return False
    return bool(_WIRE.fullmatch(plain) or _SIGNING_BODY.fullmatch(plain)) or _is_signed(plain)


def is_signature(text: str) -> bool:
    """True for a byline that says so itself, wherever it stands: 本报记者 张三, □张三, 文/张三."""
    return _SIGNING.search(text) is not None and not _PICTURED.search(text) and is_byline(text)


def is_name_alone(text: str) -> bool:
    """True for a name of three letters, a padded one of two, or several names and nothing else."""
    tokens = [token for token in _SEPARATORS.split(join_padded_names(text.strip())) if token]
    is_long = len("".join(text.split())) < len(text.strip()) or len(text.strip()) == 3
    return is_long and len(tokens) <= 4 and bool(tokens) and all(is_name(t, 3) for t in tokens)


def _is_signed(plain: str) -> bool:
    tokens = [token for token in _SEPARATORS.split(plain) if token]
    if len(tokens) <= 1:
        return bool(tokens) and (_is_role_token(tokens[0]) or _is_lone_name(tokens[0]))
    return _are_signers(tokens)


def _are_signers(tokens: list[str]) -> bool:
    kinds = [
        "role" if token in _WORDS or _is_role_token(token)
        else "name" if is_name(token, 4)
        else "place" if _PLACE.fullmatch(token) or _SIGNING_BODY.fullmatch(token) or _OFFICE.fullmatch(token)
        else "other"
        for token in tokens
    ]  # fmt: skip
    if "role" in kinds:
        return all(
            kind != "other" or len(token) <= 3 for kind, token in zip(kinds, tokens, strict=True)
        )
    return "other" not in kinds and kinds[-1] == "name"


def _is_lone_name(token: str) -> bool:
    """Two or three characters alone under a headline are a name, whoever bears it."""
    if any(token.endswith(ending) and is_name(token.removesuffix(ending), 3) for ending in _ENDING):
        return True
    return is_name(token, 3) or (
        len(token) <= 3 and _ALL_HAN.fullmatch(token) is not None and len(token) >= 2
    )


def _is_role_token(token: str) -> bool:
    """True for 本报记者, 记者张三, 见习记者; not for 记者眼中的山城."""
    found = _ROLE_TOKEN.fullmatch(token)
    if found is None:
        return False
    name = found["name"].strip(_MARKS)
    return (
        not name
        or is_name(name, 4)
        or (
            2 <= len(name) <= 3 and _ALL_HAN.fullmatch(name) is not None and name not in _NOT_A_NAME
        )
    )


def read_contributors(byline: str) -> tuple[Contributor, ...]:
    """The names in a byline with what each did; a name without a role word is an author's.

    A role word before names holds until the next one; one after them ("张三 摄") holds for those
    that have none. Empty for a byline that names nobody.
    """
    found: list[Contributor] = []
    unsigned: list[str] = []
    role: Role | None = None
    titles: list[str] = []
    for token in _SEPARATORS.split(
        _plain(_BRACKETS.sub(" ", _unbracketed(byline.strip()[: MAX_BYLINE_CHARS * 4])))
    ):
        token_role, name, leads = _read_token(token)
        if token_role is not None and leads:
            found += [Contributor(name=one, role="author") for one in unsigned]
            unsigned, role = [], token_role
        elif token_role is not None and name is None and unsigned:
            found += [Contributor(name=one, role=token_role) for one in unsigned]
            unsigned, role = [], None
        elif token_role is not None and name is None:
            role = token_role
        if name is None:
            continue
        if _COMMENTATOR.search(name):
            titles.append(name)
            role = "commentator"
        elif token_role is not None or role is not None:
            found.append(Contributor(name=name, role=token_role or role or "author"))
        else:
            unsigned.append(name)
    found += [Contributor(name=one, role="author") for one in unsigned]
    if titles and not any(one.role == "commentator" for one in found):
        found += [Contributor(name=title, role="commentator") for title in titles]
    return tuple(dict.fromkeys(found))


def is_name(token: str, longest: int) -> bool:
    """True for a person's name; `longest` bounds one with a surname of one character.

    Alone, four characters that open with a surname are more often a deck ("高山流水") than a name.
    """
    if not _NAME.fullmatch(token):
        return False
    if not _ALL_HAN.fullmatch(token):
        return True
    if token.startswith(_COMPOUND):
        return 3 <= len(token) <= 4
    return len(token) <= longest and token[0] in _SURNAMES


def _read_token(token: str) -> tuple[Role | None, str | None, bool]:
    """The role that a token states, the name in it, and whether the role leads what follows."""
    token = token.strip(_MARKS + "()（）")
    if not token or token in ("和", "与"):
        return None, None, False
    if token in _WORDS:
        return _WORDS[token], None, False
    for word, role in _LEADING:
        at = token.find(word)
        if at >= 0:
            name = _VERB_END.sub("", token[at + len(word) :].strip(_MARKS))
            if name == "部":
                return None, token, False
            return role, name or None, True
    for ending in _ENDING:
        if token.endswith(ending) and is_name(token.removesuffix(ending), 3):
            return _WORDS[ending], token.removesuffix(ending), False
    return None, token, False


def _unbracketed(text: str) -> str:
    """The text without brackets around all of it: （本报记者 张三）."""
    return text[1:-1].strip() if _BRACKETS.fullmatch(text) else text


def _plain(text: str) -> str:
    return join_padded_names(text.strip(_MARKS).strip("()（）"))

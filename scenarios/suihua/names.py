"""Invented people: names put together by chance from lists of characters. Pure Python.

No list of names of real people went into this. A few characters lie outside the basic
plane, as in the names of real pupils (GB 18030-2022, domain.md 11.2).
"""

from collections.abc import Iterator
from random import Random

SURNAMES = (
    "林周江沈何许宋唐冯于董萧程曹袁邓傅曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔"
    "白崔康毛邱秦史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "安晨初春淳丹东冬朵恩帆芳菲枫歌谷光果禾荷恒弘华欢晖惠吉嘉简江洁瑾景静菊君凯可兰岚乐黎力莲良林凌玲露麦满"
    "茂梅萌苗明铭沐宁暖平朴其琪勤青清晴秋然仁荣溶如瑞润森山尚诗舒双松朔思素涛田桐婉望薇文夕希溪霞贤先小晓欣"
    "星秀旭雪雅妍阳杨野叶怡以逸音咏悠雨禹语玉园远月悦云芸泽展昭哲之知芷志致舟竹庄子梓"
)
RARE = "𬭎𬍛𡐓𤧛𬘭𬱖𪸩𫍯"
"""Outside the basic plane: four bytes in UTF-8, two units in JavaScript."""

RARE_ONE_IN = 400
TWO_CHARACTERS_ONE_IN = 5


def invented_name(rng: Random) -> str:
    """Return a surname and a given name of one or two characters."""
    length = 1 if rng.randrange(TWO_CHARACTERS_ONE_IN) == 0 else 2
    given = "".join(
        rng.choice(RARE) if rng.randrange(RARE_ONE_IN) == 0 else rng.choice(GIVEN)
        for _ in range(length)
    )
    return rng.choice(SURNAMES) + given


def invented_names(number: int, rng: Random) -> Iterator[str]:
    """Yield different names, enough for one class or group."""
    given: set[str] = set()
    while len(given) < number:
        name = invented_name(rng)
        if name not in given:
            given.add(name)
            yield name

"""What the phones of software say: invented sentences, some of which ask for a closer look.

The numbers and handles in them belong to nobody.
"""

import random

from mingtian.comments.rules import DEFAULT_PHRASES

Words = dict[str, int | str]
"""The part of a message that is said: ``phrase`` or ``text``."""

PUPILS = (
    "今天我知道了陌生人的链接不能点",
    "原来法律一直在保护我们",
    "老师讲的故事我听懂了，很有意思",
    "我要把学到的讲给弟弟听",
    "过马路要看红绿灯，这也是守法",
    "有人在网上问我的事，我不会告诉他",
    "我会提醒同学不要乱花家里的钱",
    "以后遇到事情我先告诉爸爸妈妈",
    "我最喜欢讲小明的那一段",
    "我和爷爷一起看的，他也说好",
    "不能给别人起难听的外号",
    "我长大也想当法官",
)
ADULTS = (
    "孩子看得很认真，还做了笔记",
    "讲得通俗易懂，老人也听得明白",
    "网络诈骗这一段很实用，希望多讲一些",
    "在外打工，能和孩子一起听课很高兴",
    "今天才知道未成年人打赏可以要求退回",
    "家里老人第一次用手机看课，画面很清楚",
    "案例贴近生活，比光讲条文好",
    "以后要多陪孩子，少看手机",
    "听完和孩子聊了半个小时，收获很大",
    "声音有点小，其他都很好",
    "我们村里几家人一起看的",
    "预防溺水的部分请每年夏天都讲一次",
    "学到了怎么和孩子谈校园欺凌",
    "感谢五老志愿者，辛苦了",
    "孩子说以后要做守法的人",
    "家长也要学法，今天补了一课",
    "防诈骗的例子我已经转告父母了",
    "时间安排得好，吃完饭正好一起看",
)
QUESTIONS = (
    "请问孩子在学校被拿走东西应该找谁？",
    "孩子偷偷给主播打赏，钱能退回来吗？",
    "爷爷奶奶带孩子，监护责任怎么算？",
    "有没有回放？今天加班没赶上开头",
    "孩子在网上被人嘲笑，家长该怎么办？",
    "多大的孩子可以自己骑电动车？",
    "下一讲能不能讲讲手机使用？",
    "法律援助电话在哪里可以查到？",
)
TO_LOOK_AT = (
    "有事请打我电话 13800000000",
    "加我微信 xiaoming0000 一起学习",
    "我家在幸福小区3号楼，欢迎来听课",
    "刚才有人说这课是垃圾，我不同意",
    "免费领资料，扫码进群",
)
URGENT = (
    "有同学总是欺负我，我不敢上学",
    "爸爸喝酒以后打我",
)

PHRASES = tuple(phrase.number for phrase in DEFAULT_PHRASES)
PHRASE, QUESTION, LOOK = 0.35, 0.15, 0.06
"""Shares of what is said: prepared phrases, questions of adults, texts to look at."""
URGENT_OF_PUPILS = 0.01


def something(dice: random.Random, *, pupil: bool) -> Words:
    """Return what somebody says."""
    roll = dice.random()
    if roll < PHRASE:
        return {"phrase": dice.choice(PHRASES)}
    if roll < PHRASE + LOOK:
        return {"text": dice.choice(TO_LOOK_AT)}
    if pupil:
        return {"text": dice.choice(URGENT if dice.random() < URGENT_OF_PUPILS else PUPILS)}
    return {"text": dice.choice(QUESTIONS if dice.random() < QUESTION else ADULTS)}

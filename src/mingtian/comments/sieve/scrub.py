"""Takes identity out of a text: names, numbers, contact details, addresses, schools, classes.

Rather too much than too little: what is left is read above the school (COM-1).
"""

import re
from collections.abc import Iterable

import ahocorasick

from mingtian.comments.sieve.normal import DIGIT_SIGNS, plain, tight, tight_with_places

NUMBER, NAME, PLACE = "〔号码〕", "〔某人〕", "〔某地〕"
SCHOOL, CLASS, CONTACT = "〔某校〕", "〔某班〕", "〔联系方式〕"
MASKS = (NUMBER, NAME, PLACE, SCHOOL, CLASS, CONTACT)

_GAP = r"[\s\-–—_.·,，。、/\\*|~()（）]{0,3}"
_HANZI = "\u4e00-\u9fff"
_COUNT = f"{DIGIT_SIGNS}十百"
_HANDLES = re.compile(
    r"(?:微信|薇信|威信|维信|vx|wx|v信|企鹅|qq|扣扣|抖音|快手|tiktok|whatsapp|邮箱|email)"
    r"[\s号群是为叫:：名]{0,4}[a-z0-9][a-z0-9_.\-@]{3,}"
    r"|[a-z0-9_.+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|https?://\S+|www\.\S+"
)
_NUMBERS = re.compile(f"(?:[{DIGIT_SIGNS}]{_GAP}){{5,}}[{DIGIT_SIGNS}x]|[{DIGIT_SIGNS}]{{5,}}x?")
_CLASSES = re.compile(
    rf"[一二三四五六七八九\d]{_GAP}\(\d{{1,2}}\){_GAP}班"
    rf"|(?:[初高]?[一二三四五六七八九十\d]{{1,2}}年级|[初高][一二三\d])?{_GAP}"
    rf"[一二三四五六七八九十\d]{{1,2}}{_GAP}班|[初高]?[一二三四五六七八九\d]年级"
    r"|class\s*\d+|grade\s*\d+"
)
_SCHOOLS = re.compile(
    rf"[{_HANZI}]{{2,10}}(?<![上读在是的到从进])(?:小学|中学|初中|高中|幼儿园|职高|附小|附中)"
    r"|(?:第?[一二三四五六七八九十\d]{1,3}|实验|职业|附属)(?:小学|中学|初中|高中)"
    rf"|[{_HANZI}]{{0,6}}(?:实验|中心|希望|民族|寄宿|职业|特殊教育|九年制|双语|外国语|子弟)学校"
    r"|(?:[a-z0-9.']+ ){1,5}school"
)
_ADDRESSES = re.compile(
    rf"(?:家住|住在|家庭住址|住址|地址|家在)[是:\s]{{0,2}}[{_HANZI}\d]{{2,24}}"
    rf"|[{_HANZI}]{{2,7}}(?:省|自治区|市|县|区|旗|镇|乡|街道)(?=[{_HANZI}]{{2,10}}(?:村|屯|镇|乡|路|街|区|号))"
    rf"|[{_HANZI}]{{1,6}}(?:村|屯|小区|花园|家园|大街|胡同|新城|公寓|大院)(?:[{_COUNT}\d]{{1,4}}(?:号楼|[号组户栋]))*"
    rf"|[{_HANZI}]{{1,6}}(?:路|街|巷)[{_COUNT}\d]{{1,5}}号?"
    rf"|(?:[{_COUNT}\d]{{1,5}}(?:号楼|号院|栋|单元|弄|室|门牌|号))+"
    r"|\d+ [a-z' ]{2,30} (?:street|road|avenue|lane)"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
)
_TITLED = re.compile(
    rf"(?<![谢感多])[{_SURNAMES}](?:老师|主任|校长|班主任|书记|园长|教练|医生|警官)"
)


def mask_contacts(text: str) -> str:
    """Return a text without long numbers, handles and house numbers; names stay."""
    found = _HANDLES.sub(CONTACT, plain(text))
    found = _NUMBERS.sub(NUMBER, found)
    return text if found == plain(text) else found


class Scrubber:
    """Takes the identity out of texts of one school.

    ``names`` are opened roster names; a given name of two characters or more counts alone
    too. ``places`` are names of schools, villages and the like.
    """

    def __init__(self, names: Iterable[str], places: Iterable[str] = ()) -> None:
        self._automaton = ahocorasick.Automaton()
        for word, mask in self._entries(names, places).items():
            self._automaton.add_word(word, (len(word), mask))
        self._empty = len(self._automaton) == 0
        if not self._empty:
            self._automaton.make_automaton()

    @staticmethod
    def _entries(names: Iterable[str], places: Iterable[str]) -> dict[str, str]:
        entries = {tight(place): PLACE for place in places if len(tight(place)) > 1}
        for name in names:
            whole = tight(name)
            if len(whole) > 1:
                entries[whole] = NAME
            if len(whole) > 2:
                entries[whole[1:]] = NAME
            if len(whole) > 3:
                entries[whole[2:]] = NAME
        return entries

    def scrub(self, text: str) -> str:
        """Return the text with every trace of identity replaced by a word for its kind."""
        clean = self._without_names(plain(text))
        clean = _HANDLES.sub(CONTACT, clean)
        clean = _NUMBERS.sub(NUMBER, clean)
        clean = _SCHOOLS.sub(SCHOOL, clean)
        clean = _CLASSES.sub(CLASS, clean)
        clean = _ADDRESSES.sub(PLACE, clean)
        return _TITLED.sub(NAME, clean)

    def holds_identity(self, text: str) -> bool:
        """Say whether scrubbing would change a text that was scrubbed before."""
        return self.scrub(text) != plain(text)

    def _without_names(self, text: str) -> str:
        if self._empty:
            return text
        joined, places = tight_with_places(text)
        spans = [
            (places[end - length + 1], places[end] + 1, mask)
            for end, (length, mask) in self._automaton.iter(joined)
        ]
        return _replaced(text, spans) if spans else text


def _replaced(text: str, spans: list[tuple[int, int, str]]) -> str:
    """Replace spans that may overlap; the longest that begins first wins."""
    parts: list[str] = []
    at = 0
    for start, end, mask in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at:
            at = max(at, end)
            continue
        parts += [text[at:start], mask]
        at = end
    return "".join([*parts, text[at:]])

"""Awards and winners where a text names them, and what those share who read them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from worker.facts import cues
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at, organisations_of
from worker.facts.organisations.organisation import Organisation
from worker.facts.people import people_of
from worker.facts.people.meant import PORTRAIT
from worker.facts.quotes import quotes_of
from worker.facts.span import Context, read_once
from worker.facts.words import Hit, Words, at, within, words_of

_COUNTED = frozenset(
    ("chị", "bà", "em", "phụ", "pn", "ông", "gương", "học", "đồng", "cháu", "mẹ", "nữ", "nghệ", "hộ", "người", "chiến",
     "cựu", "giáo", "lớp", "doanh", "nhà", "đảng", "trưởng", "điển", "thầy", "cô", "công",
     "tổ", "bạn", "bài", "thôn", "xã", "ấp", "trường")
)  # fmt: skip
"""Words for people, beside those for groups: "10 chị được tặng …"."""
_COUNTED_ALONE = frozenset(("chị", "hộ", "xã", "đội", "em", "người"))
"""What is counted in words too, in one word."""
_NO_NUMBER = (
    ["là"],
    ["thành"],
    ["thứ"],
    ["trong"],
    ["như"],
    ["mỗi"],
    ["tháng"],
    ["giải"],
    ["hạng"],
    ["nhất"],
    ["chị"],
    ["đến"],
)
"""Words before one that is no number then: "là một tập thể đoàn kết", "một trong ba tập thể", "chị Hai"."""
_ONE = frozenset(("cho", "và", "cùng", "có", "này"))
"""Words before "một" where it counts: "trao cho một tập thể", "và một cá nhân", "Dịp này, một hội viên"."""
NO_WIN = (["lãnh", "đạo"], ["lãnh", "thổ"], ["chia", "sẻ"], ["nhận", "thức"], ["nhận", "đỡ"], ["thưởng", "thức"],
          ["chiến", "thắng"], ["dành", "cho"], ["dành", "riêng"], ["nhận", "định"], ["đón", "tết"],
          ["được", "tin"], ["được", "biết"], ["được", "nghe"], ["nhận", "tin"])  # fmt: skip
"""Words of which only the first, alone, is a verb of winning."""
ADVERBS = frozenset(
    ("dự", "từng", "đã", "vừa", "cũng", "còn", "luôn", "đều", "liên", "tiếp", "tục", "lần", "lượt", "xuất", "sắc",
     "cùng", "vươn", "lên", "đầu", "tiên", "năm", "liền", "nhiều", "vinh", "may", "mắn", "thứ", "hai", "ba", "qua",
     "lại", "trong", "đồng", "mới", "thì")
)  # fmt: skip
"""Words between who wins and the verb."""
_FEELS = (["xúc", "động"], ["phấn", "khởi"], ["tự", "hào"], ["vui", "mừng"], ["hạnh", "phúc"], ["bất", "ngờ"],
          ["bước", "lên"], ["trực", "tiếp"])  # fmt: skip
"""What is said so too of how someone wins: "chị X xúc động nhận Bằng khen"."""
_OF_DONG = frozenset(("cộng", "hội", "hợp", "tương"))
"""Words that make another word of "đồng": cộng đồng, hội đồng, hợp đồng, tương đồng."""
WHILE = frozenset(("khi", "lúc"))
"""Words before a verb of winning whose subject is that of the clause before: "X nói với Y khi nhận Bằng khen"."""
KIN = frozenset(("gái", "trai", "chồng", "vợ", "con", "cháu"))
"""Words before whose kin someone is: "em gái bà được …" is not about her."""
_PARENTS = frozenset(("mẹ", "cha", "bố"))
_BEFORE_KIN = frozenset(("và", "các", "hai", "ba", "bốn", "liệt", "sĩ", "đồng", "chí", "ông", "bà", "anh", "chị", "em"))
"""Words between "mẹ của" and a name, beside names and numbers."""
TO_WHOM = frozenset(("cho", "thuộc", "của", "tới", "đến"))
"""Words before who gets something, or whose it is."""
APART = frozenset(("riêng", "còn"))
"""Words that set a clause apart from those before: "Riêng quán cơm Nụ Cười được …"."""
SHORT = 2  # words of a short name
MOST_KIN = 20  # words from "mẹ của" to the last of those who are named
LINE = 100  # words of a list over semicolons


@dataclass(frozen=True, slots=True)
class Award:
    """An award where it is named: words [first, end), and its name with who gives it."""

    first: int
    end: int
    name: str
    honour: bool = False
    giver: str | None = None


@dataclass(frozen=True, slots=True)
class Winner:
    """Who won: words [first, end), and the name."""

    first: int
    end: int
    name: str


@read_once
def _ends_of_quotes(context: Context) -> dict[int, int]:
    """The first word of each quotation -> the word behind it."""
    return {quote.first: quote.end for quote in quotes_of(context)}


class Reading:
    """What the readers of winners share in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = _ends_of_quotes(context)
        self.people = people_of(context)

    def in_name(self, index: int) -> bool:
        """Is the word part of a name, whatever it means in small letters: "đội Cao Lãnh", "anh Nguyễn Văn Đạt"?"""
        words = self.words
        return words.capital(index) and not words.upper(index) and not words.opens_sentence(index)

    def adverb(self, index: int) -> bool:
        """Does the word stand between who wins and the verb?"""
        keys = self.words.keys
        felt = index > 0 and (keys[index - 1 : index + 1] in _FEELS or keys[index : index + 2] in _FEELS)
        half = index > 0 and keys[index] == "đồng" and keys[index - 1] in _OF_DONG
        return index >= 0 and (keys[index] in ADVERBS or felt) and not half and not self.in_name(index)

    def of_kin(self, index: int, first: int) -> bool:
        """Does this word name but whose kin somebody is: "bà A là mẹ của 2 liệt sĩ | B và C", "con gái của chị | D"?"""
        keys, at = self.words.keys, index - 1
        while at > max(first, index - MOST_KIN) and (
            self.words.capital(at) or keys[at].isdigit() or keys[at] in _BEFORE_KIN
        ):
            at -= 1
        whose = at > first and keys[at] == "của" and self.words.gap(at - 1) == " "  # "Vòng tay mẹ” của chị A
        return whose and keys[at - 1] in KIN | _PARENTS

    def collective(self, index: int) -> bool:
        """Does a word for many begin here, which several stand together for what is counted: "14 cán bộ, hội viên"?"""
        return " ".join(self.words.keys[index : index + 2]) in cues.words("collectives")

    def prize_at(self, index: int) -> Hit | None:
        """The award that this word begins; "bằng" is none without a name in quotation marks: "khen bằng Giấy khen"."""
        hit = self.words.at(index, "award")
        return None if hit is None or (hit.entry.name == "bằng" and hit.end not in self.quotes) else hit

    def winner(self, first: int, end: int) -> Winner:
        """These words as a winner; an organisation that they end with has its full name, a person no title."""
        title = self.words.at(first, "honorific")
        if title and (person := at(self.people, title.end)) and person.end == end:
            return Winner(first, end, person.name)
        named = [one for one in within(organisations_of(self.context), first, end) if one.end == end]
        if not named or any(word.isdigit() for word in self.words.keys[first : named[0].first]):
            name = " ".join(self.words.written(first, end).split())
            return Winner(first, end, f"{name}”" if name.count("“") > name.count("”") else name)
        lead = self.words.written(first, named[0].first) + " " if named[0].first > first else ""
        return Winner(first, end, " ".join(f"{lead}{named[0].name}".split()))

    def named(self, winner: Winner) -> Winner:
        """The winner by the full name that was told before, where but its last or first words are: "chị Tuyền"."""
        words = winner.name.split()
        title = self.words.at(winner.first, "honorific")
        short = words[1:] if title and len(words) > 1 and title.end == winner.first + 1 else words
        if not 0 < len(short) <= SHORT or not short[-1][0].isupper():
            return winner
        for one in reversed(within(self.people, winner.first - PORTRAIT, winner.first)):
            full = one.name.split()
            if len(full) > len(short) and short in (full[-len(short) :], full[: len(short)]):
                return replace(winner, name=one.name)
        return winner

    def counts(self, index: int) -> bool:
        """Does "8 tập thể", "bảy cá nhân" begin here?"""
        words = self.words
        if index >= len(words) or not words.keys[index].isdigit():
            return self._counts_in_words(index)
        if self.thousands(index - 1) == index + 1:  # the 200 of "1.200 gia đình"
            return False
        last = self.thousands(index)
        if last >= len(words) or words.gap(last - 1) != " ":
            return False
        if words.keys[last : last + 2] == ["đ", "c"]:
            return True  # "21 đ/c"
        if words.keys[last] == "đồng" and words.key(last + 1) not in ("chí", "nghiệp", "bào"):
            return False  # "5.000.000 đồng"
        return words.keys[last] in small_words("group") or words.keys[last] in _COUNTED

    def counts_of(self, winner: Winner) -> bool:
        """Is the winner so many of a group?"""
        return self.counts(winner.first)

    def _counts_in_words(self, index: int) -> bool:
        """Does "bảy tập thể", "mười hai cá nhân" begin here, and no "hai tập thể Hội LHPN xã A", "là một tập thể"?"""
        words, last = self.words, self.number_end(index)
        led = words.gap(index - 1) == " " and words.keys[index - 1 : index] in _NO_NUMBER
        if last == index or led or words.gap(last - 1) != " ":
            return False
        if words.keys[index:last] == ["một"] and not (words.opens_sentence(index) or words.keys[index - 1] in _ONE):
            return False
        pair = self.collective(last) or words.keys[last : last + 2] == ["chi", "hội"]
        behind = last + 1 + pair
        named = words.gap(behind - 1) in (" ", ":") and words.capital(behind) and not self.of_members(behind)
        return (pair or words.keys[last] in _COUNTED_ALONE) and not named and not words.capital(last)

    def of_members(self, index: int) -> bool:
        """Does the organisation begin here of whose members so many are told: "27 cán bộ | Hội LHPN tỉnh Hà Nam"?"""
        last = index - (self.words.keys[index - 1] == "nữ")  # "cán bộ nữ Phòng …"
        members = " ".join(self.words.keys[max(0, last - 2) : last]) in cues.words("members")
        return members and organisation_at(self.context, index) is not None

    def number_end(self, index: int) -> int:
        """The word behind the number that begins here, in digits or in words; this one if none does."""
        words, last = self.words, index
        if words.key(index).isdigit():
            return self.thousands(index)
        while words.key(last) in small_words("numeral") and (last == index or words.gap(last - 1) == " "):
            last += 1
        return last

    def line_end(self, end: int) -> int:
        """The end of the line, over semicolons, in which a list stands."""
        words = self.words
        return next((at for at in range(end, min(len(words) + 1, end + LINE)) if words.gap(at - 1) == "\n"), end)

    def thousands(self, index: int) -> int:
        """The word behind the number that begins with this one: that behind "200" in "1.200"."""
        words = self.words
        while (
            0 <= index < len(words) - 1
            and words.gap(index) == "."
            and words.starts[index + 1] == words.ends[index] + 1
            and words.keys[index].isdigit()
            and words.keys[index + 1].isdigit()
        ):
            index += 1
        return index + 1

    def in_full(self, giver: Organisation) -> str:
        """Who gives it, with the office that acts for it: "Chủ tịch UBND tỉnh Gia Lai"."""
        for back in (1, 2):  # "Thủ tướng Chính phủ" is one office
            whole = self.words.at(giver.first - back, "office")
            if whole and whole.end == giver.end:
                return self.words.written(whole.first, whole.end)
        office = self.words.before(giver.first, "office")
        return f"{self.words.written(office.first, office.end)} {giver.name}" if office else giver.name

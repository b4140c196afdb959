"""The names of awards: a prize with its rank or its own name, an honour with its title and who gives it."""

from __future__ import annotations

from collections.abc import Iterator

from worker.facts.awards.award import ADVERBS, NO_WIN, TO_WHOM, Award
from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.organisations.organisation import Organisation
from worker.facts.quotes import quotes_of
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

TITLE = 8  # words in a title of honour
NAME = 12  # words in a prize's own name
MARKS = 4  # characters of a mark that a line begins with
SMALL = 4  # words of one in small letters
_TITLES = ("danh hiệu", "huân chương", "huy chương", "kỷ niệm chương", "huy hiệu")
_OF_STATE = ("huân chương", "huy chương")  # what the state alone gives: "của" says whose it is, but "của Chủ tịch nước"
_STATE = (["chủ", "tịch", "nước"], ["thủ", "tướng", "chính"])
_GOES = (["thuộc", "về"], ["được", "trao"], ["dành", "cho"])
_ABOUT = frozenset(("trong", "tại", "ở", "với", "do", "vào", "từ", "như", "để", "theo", "khi"))
_NO_NAME = _ABOUT | frozenset(
    ("của", "cao", "và", "này", "cấp", "quốc", "toàn", "lớn", "thưởng", "gì", "nào",
     "là", "cho", "năm", "tỉnh", "huyện", "thành", "khu", "cụm", "bóng", "ngay", "lần", "các",
     "đấu", "vô", "có", "thì", "mà", "về", "đó", "hay", "hoặc", "chính", "phụ", "vòng", "bảng", "thi",
     "thích", "quyết", "pháp", "phóng", "trình", "ngân", "đáp", "tỏa", "thể", "trí", "cứu", "phẫu", "mã", "nghĩa")
)  # fmt: skip
"""Words behind "giải" that are no prize's name: "đạt giải cao", "đoạt giải tại …", "giải bóng chuyền"."""
_CONTESTS = (["cuộc", "thi"], ["hội", "thi"], ["hội", "diễn"], ["liên", "hoan"])
_NUMBERS = frozenset(("1", "2", "3", "4", "i", "ii", "iii", "iv"))
"""Classes and ranks as numbers: "Huân chương Lao động hạng 3", "giải 2"."""
_LEVELS = {"vùng": ("vùng",), "miền": ("miền",), "khu": ("khu", "vực"), "cụm": ("cụm",), "cơ": ("cơ", "sở")}
"""What a prize is of, behind "cấp", that has no other rank's word: "đạt giải cấp vùng"."""
_TELLS = frozenset(("có", "là"))
_PAST_OWN = frozenset(("dành", "do", "cùng", "kèm", "trị", "gồm", "còn", "cũng", "đã", "sẽ", "vẫn", "đang", "tại"))
_PAST_NAME = (["về", "tay"], ["gọi", "tên"], ["năm", "nay"], ["lần", "này"], ["lần", "thứ"], ["đợt", "này"],
              ["diễn", "ra"], ["tổ", "chức"], ["được", "tổ"], ["khai", "mạc"])  # fmt: skip
"""Words that say that a prize's own name is over: to whom it goes, or when."""
_BY = frozenset(("với", "trên", "qua"))
"""Words behind "nhất" that tell by what the best was chosen: "Giải … yêu thích nhất với 5.200 lượt bình chọn"."""
_HOURS = frozenset(("sáng", "trưa", "chiều", "tối", "đêm", "ngày", "hôm"))
"""Words that a day follows: "Giải thưởng X | tối 19/10"."""
_PAST_CAUSE = frozenset(("cho", "tặng", "trao", "năm", "đợt", "tới", "đến", "gửi", "vào", "và", "được", "do"))
_CAUSES = (["sự", "phát"], ["sự", "nghiệp"], ["sự", "tiến"], ["sức", "khỏe"], ["thế", "hệ"], ["an", "ninh"])
"""Words behind "vì" with which an award's name begins, even in small letters; "vì sự đóng góp" is why it is given."""
_PRAISE = (["vinh", "dự"], ["nhà", "nước"], ["cao", "quý"], ["của", "nhà"])
"""What is said of every title, and names none: "danh hiệu cao quý", "danh hiệu Nhà nước"."""
_CONFERRING = (["chứng", "nhận"], ["công", "nhận"], ["phong", "tặng"], ["truy", "tặng"])
"""What may stand between a paper and the title that it confers: "Bằng | công nhận | danh hiệu"."""
_ORGANS = (["hội", "đồng"], ["quỹ"], ["ban", "tổ", "chức"], ["ban", "giám", "khảo"], ["ban", "vận", "động"],
           ["hội", "đồng", "xét", "tặng"], ["hội", "đồng", "xét", "chọn"], ["ủy", "ban"])  # fmt: skip
"""Who decides on an award, or pays for it, by its name."""
_GRADES = (["ưu", "tú"], ["nhân", "dân"])
RANKED = ("về", "đoạt", "giành", "xếp nhất", "xếp nhì", "xếp ba", "đứng nhất", "đứng nhì")
"""Verbs that a rank follows without a word for a prize: "về nhì", "đoạt nhất"."""


class Names:
    """Reads the names of awards in one part."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words: Words = words_of(context)
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}

    def noun(self, hit: Hit) -> Hit:
        """The word for an award with what is said of all of its kind: "danh hiệu (vinh dự Nhà nước)"."""
        words, end = self.words, hit.end
        while hit.entry.name == "danh hiệu" and words.keys[end : end + 2] in _PRAISE and words.gap(end - 1) == " ":
            end += 2
        return hit._replace(end=end)

    def paper(self, hit: Hit) -> bool:
        """Is it but the paper of what is named behind it: "Bằng công nhận | danh hiệu “…”", "bằng truy tặng …"?"""
        words, end = self.words, hit.end
        while words.keys[end : end + 2] in _CONFERRING:
            end += 2
        title = words.at(end, "award") if words.keys[end : end + 2] == ["danh", "hiệu"] else None
        plain = all(words.gap(index) == " " for index in range(hit.first, end))
        return title is not None and plain and words.keys[hit.first] in ("bằng", "giấy", "chứng")

    def organ(self, hit: Hit) -> bool:
        """Is it but in the name of who awards it: "Chủ tịch Hội đồng | Giải thưởng …", "Quỹ Giải thưởng …"?"""
        words = self.words
        if not words.capital(hit.first) or words.gap(hit.first - 1) != " ":
            return False
        return any(words.keys[max(0, hit.first - len(lead)) : hit.first] == lead for lead in _ORGANS)

    def award(self, hit: Hit) -> Award:
        """The award with its rank ("giải Nhất toàn quốc"), its name in quotation marks, or who gives it."""
        words, end, kind = self.words, hit.end, hit.entry.data[0]
        if hit.entry.name == "phong tặng nghệ nhân":
            graded = words.keys[end : end + 2] in _GRADES
            end = end + 2 if graded else self._title(end, small=False)
            return Award(hit.end - 2, end, words.written(hit.end - 2, end), honour=True)
        written = words.written(hit.first, hit.end)
        name = written.capitalize() if written.isupper() and len(written) > len("HCV") else written
        if end in self.quotes and not {":", ".", ";", ",", "!"} & set(words.gap(end - 1)):
            honour = kind not in ("prize", "titled") and not name.lower().startswith("giải")
            end = self.quotes[end]
            whole = f"{name} “{words.written(hit.end, end)}”"
            giver = self._giver(end) if honour else None
            return Award(hit.first, giver[0] if giver else end, whole, honour, giver[1] if giver else None)
        if kind in ("prize", "titled", "quoted") and (prize := self._prize(hit, name)):
            return prize
        if kind == "placing":
            rank = words.written(hit.first + 1, end) if name.lower().startswith(RANKED) else name  # "về ba"
            own = rank != name or name.lower() == "khuyến khích"
            return Award(hit.first, end, f"giải {rank.lower() if rank == name else rank}" if own else name)
        if kind == "title":
            end = self._level(end)
            return Award(hit.first, end, words.written(hit.first, end), honour=True)
        return self._honour(hit, name)

    def _prize(self, hit: Hit, name: str) -> Award | None:
        """A prize with its rank, or its own name: "giải Nhất", "Giải Thí sinh tài năng", "Á khôi 1"; or None."""
        words, end, kind = self.words, hit.end, hit.entry.data[0]
        headed = self._headed(hit) or self._numbered(hit) if kind == "quoted" else None
        if headed:
            return Award(hit.first, headed, words.written(hit.first, headed))
        if kind == "quoted" and not self._named(hit):
            return None
        own = kind != "prize" or hit.entry.name == "giải thưởng"
        end = self._own_name(end) if own else self._in_what(self._ranked(end))
        if end == hit.end and name.lower().endswith(("quân", "khôi")) and words.key(end) in ("1", "2"):
            end += 1
        if words.keys[end : end + 2] == ["phần", "thi"]:
            end = self._part(end)
        return Award(hit.first, end, words.written(hit.first, end) if end > hit.end else name)

    def further(self, award: Award) -> Iterator[Award]:
        """Those whose names alone follow in quotation marks: "danh hiệu “A” | và “B”", "các giải “A”, | “B”"."""
        words, end = self.words, award.end
        head = award.name.partition("“")[0].strip()
        while head and words.gap(end - 1)[:1] in ("”", '"', "»"):
            first = end + (words.key(end) in ("và", "cùng"))
            listed = first > end or "," in words.gap(end - 1)
            if not listed or first not in self.quotes or words.gap(first - 1)[-1:] not in ("“", '"', "«"):
                return
            end = self.quotes[first]
            yield Award(first, end, f"{head} “{words.written(first, end)}”", award.honour, award.giver)

    def _level(self, end: int) -> int:
        """The end of the level that a title is of: "Chiến sĩ thi đua cấp tỉnh", "… cơ sở"."""
        words = self.words
        if words.gap(end - 1) != " ":
            return end
        if words.key(end) == "cấp" and words.gap(end) == " ":
            return end + 2 + (words.key(end + 1) in ("thành", "trung", "cơ", "quốc", "toàn"))
        return self._ranked(end) if words.keys[end : end + 2] != ["cơ", "sở"] else end + 2

    def _honour(self, hit: Hit, name: str) -> Award:
        """A certificate, an order, a title: "Huân chương Lao động hạng Ba", "Bằng khen của Chủ tịch UBND tỉnh"."""
        words, end = self.words, hit.end
        index = self._title(end, hit.entry.name == "danh hiệu") if hit.entry.name in _TITLES else end
        index = self._ranked(index) if index > end or not self._giver(end) else index  # "Bằng khen Trung ương Hội"
        index += 2 * (words.keys[index : index + 2] == ["đột", "xuất"])
        if words.keys[end + 1 : end + 4] == ["năm", "tuổi", "đảng"] and words.key(end).isdigit():
            index = end + 4  # "Huy hiệu 40 năm tuổi Đảng"
        name = words.written(hit.first, index) if index > end else name
        dated = index + 2 * (words.key(index) == "năm" and words.key(index + 1).isdigit())
        order = hit.entry.name.startswith(_OF_STATE)
        whose = order and words.keys[dated + 1 : dated + 4] not in _STATE
        giver = None if whose else self._giver(dated)
        apart = order or dated > index or hit.entry.data[0] == "praise"  # "Cờ thi đua năm 2022 của UBND tỉnh"
        if giver and apart:
            return Award(hit.first, giver[0], name, True, giver[1])
        if giver:
            as_written = words.keys[index] not in ("do",) and not words.upper(hit.first)
            whole = words.written(hit.first, giver[0]) if as_written else f"{name} của {giver[1]}"
            if words.keys[index] == "do" and hit.entry.name == "danh hiệu":
                whole = name
            return Award(hit.first, giver[0], whole, True, giver[1])
        return Award(hit.first, index, name, True)

    def _named(self, hit: Hit) -> bool:
        """Is it a prize by its own name: "trao giải Diễn viên xuất sắc cho …", and no contest ("giải Bóng đá")?"""
        words = self.words
        before = words.keys[hit.first - 1] if hit.first else ""
        luckily = before in ADVERBS | {"riêng", "thêm"} and hit.first > 1  # "nhận riêng giải Khéo tay"
        before = words.keys[hit.first - 2] if luckily else before
        given = before in small_words("wins") or before.isdigit() or words.gap(hit.first - 1)[-1:] in (";", ",")
        goes = self._goes(hit.end)
        contest = words.at(hit.first, "event")
        if not (given or goes) or (contest is not None and contest.end > hit.end):
            return False
        if before == "trao" and self._of_contest(hit):
            return False
        return words.capital(hit.end) or (hit.entry.name == "giải" and self._in_small(hit.end, goes))

    def _of_contest(self, hit: Hit) -> bool:
        """Are they all those of a contest: "Trao giải | Cuộc thi X", but not "trao giải Cuộc thi X cho A"?"""
        words = self.words
        taken = words.keys[hit.first - 2] == "được" or words.key(self._own_name(hit.end)) == "cho"
        return words.keys[hit.end : hit.end + 2] in _CONTESTS and not taken

    def _headed(self, hit: Hit) -> int | None:
        """The end of a prize's own name that heads a line, up to its colon: "+ Giải ảnh được yêu thích nhất: …"."""
        words = self.words
        line = self.context.text.rfind("\n", 0, words.starts[hit.first]) + 1
        contest = words.at(hit.first, "event")
        if hit.entry.name != "giải" or (contest and contest.end > hit.end) or words.starts[hit.first] - line > MARKS:
            return None
        end = next((at + 1 for at in range(hit.end, hit.end + NAME) if words.gap(at) != " "), hit.end)
        heads = words.gap(end - 1) == ":" and not any(map(str.isalnum, words.text[line : words.starts[hit.first]]))
        return end if heads and not small_words("best").isdisjoint(words.keys[hit.end + 1 : end]) else None

    def _in_small(self, index: int, goes: bool) -> bool:
        """Does a prize's own name begin here in small letters: "giải diễn viên nhỏ tuổi nhất", "giành giải thân thiện"?

        `goes`: it is said to go to someone.
        """
        words = self.words
        end = self._own_name(index)
        if words.gap(index - 1) != " " or words.key(index) in _NO_NAME or words.at(index, "event"):
            return False
        own = words.keys[index:end]
        best = "nhất" in own and len(own) > 1
        over = words.gap(end - 1) != " " or words.keys[end : end + 2] in _GOES or words.key(end) in _BY | {"cho"}
        return len(own) > 1 and over and (best or goes or len(own) <= SMALL)

    def _goes(self, index: int) -> bool:
        """Does what begins with this word go to someone: "Giải Tuyên truyền viên ấn tượng thuộc về …"?"""
        words = self.words
        last = min(len(words), index + 2 * NAME)
        number = (at for at in range(index, last) if words.gap(at) == "." and words.key(at + 1).isdigit())
        past = next(number, index)  # "… với 5.200 lượt bình chọn"
        end = next((at for at in range(index, last) if words.gap(at) != " " and at != past), last)
        return any(words.keys[at : at + 2] in _GOES for at in range(index, end))

    def _ranked(self, end: int) -> int:
        words, last, ranks = self.words, end, small_words("rank")
        while last < min(end + 4, len(words)) and words.gap(last - 1) == " " and words.keys[last] in ranks:
            last += 1
        if words.key(last - 1) == "hạng" and words.gap(last - 1) == " " and words.key(last) in _NUMBERS:
            last += 1
        if words.key(last - 1) == "cấp" and words.gap(last - 1) == " " and words.key(last) in _LEVELS:
            last += len(_LEVELS[words.key(last)])
        return last

    def _in_what(self, end: int) -> int:
        """The end of what a rank was reached in by its name: "giải Nhất gian hàng đẹp cho …"; else of the rank."""
        words, last = self.words, end
        while last < min(end + SMALL, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _NO_NAME:
            last += 1
            goes = words.keys[last : last + 2] in _GOES or words.key(last) == "cho"
            if goes and last - end > 1 and words.keys[last - 1] in small_words("best"):
                return last
        return end

    def _numbered(self, hit: Hit) -> int | None:
        """The end of a prize that goes by its number, where someone wins it: "giải 3 thuộc về …", "đạt giải 2"."""
        words, end = self.words, hit.end + 1
        if hit.entry.name != "giải" or words.gap(hit.end - 1) != " " or words.key(hit.end) not in _NUMBERS:
            return None
        wins = hit.first > 0 and words.keys[hit.first - 1] in small_words("wins")
        if words.gap(end - 1) != " ":  # but no "giải 3.000 m"
            goes = words.gap(end - 1)[:1] == ":" or (wins and not words.key(end).isdigit())
        else:
            contest = wins and words.at(end, "event") is not None  # "đoạt giải 2 hội thi …"
            goes = contest or words.key(end) in ("cho", "thuộc") or words.keys[end : end + 2] in _GOES
        return end if goes else None

    def _title(self, end: int, small: bool) -> int:
        """The end of a title that a capital begins: "danh hiệu Nghệ nhân Ưu tú", "Huân chương Lao động".

        `small`: it may also begin without one: "danh hiệu đơn vị xuất sắc".
        """
        words, last = self.words, end
        cause = words.capital(end) or words.keys[end + 1 : end + 3] in _CAUSES
        if words.key(end) == "vì" and cause and words.gap(end - 1) == " ":  # "Kỷ niệm chương Vì sự nghiệp phát triển …"
            return self._cause(end)
        if not (words.capital(end) or (small and words.key(end) in small_words("group"))) or words.gap(end - 1) != " ":
            return end
        stops = (
            small_words("ends_winner")
            | (small_words("rank") if words.capital(end) else frozenset())
            | TO_WHOM
            | _PAST_CAUSE
        )
        while last < min(end + TITLE, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in stops:
            last += 1
        return last

    def _cause(self, end: int) -> int:
        """The end of what an award is given for by its name: "Vì sự phát triển của phụ nữ Việt Nam"."""
        words, last = self.words, end
        while last < min(end + NAME, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _PAST_CAUSE:
            if words.keys[last] == "của" and "của" in words.keys[end:last]:  # "… của phụ nữ | của Trung ương Hội"
                break
            last += 1
        return last

    def _part(self, end: int) -> int:
        """The end of the part of a contest that a prize is for: "giải Nhất phần thi thuyết trình"."""
        words, last = self.words, end
        while (
            last < min(end + TITLE, len(words)) and words.gap(last - 1) == " " and words.keys[last] not in _PAST_CAUSE
        ):
            if words.keys[last] in TO_WHOM:
                break
            last += 1
        return last

    def _own_name(self, end: int) -> int:
        """The end of a prize's own name: up to who gets it, or the next mark."""
        words, last = self.words, end
        stops = TO_WHOM | _PAST_OWN
        if words.keys[end : end + 2] == ["dành", "cho"] and self._goes(end + 2):  # "giải dành cho đội … nhất thuộc về"
            last = end + 2
        if words.key(end).isdigit() or words.key(end) in _ABOUT:  # "giải thưởng 50 triệu đồng", "… tại …"
            return end
        while last < min(end + NAME, len(words)) and words.gap(last - 1) == " ":
            if self._after_someone(last, end):
                last += 1
                continue
            if words.keys[last] in stops or (words.keys[last] in _HOURS and words.key(last + 1).isdigit()):
                break
            here = last + (words.keys[last] == "được")  # but "giải Thí sinh được yêu thích"
            wins = words.key(here) in small_words("wins") and words.keys[here : here + 2] not in NO_WIN
            over = wins or words.keys[last : last + 2] in _PAST_NAME
            over = over or (words.keys[last] in _BY and words.keys[last - 1] == "nhất")
            if over or (words.keys[last] in _TELLS and self._who_follows(last + 1)):
                break
            joined = words.keys[last] in ("và", "cùng")
            if joined and (words.key(last + 1).isdigit() or (last > end and words.at(last + 1, "award"))):
                break
            last += 1
        return last

    def _after_someone(self, index: int, first: int) -> bool:
        """Is it a word of the person's name that a prize goes by: "Giải thưởng Lương Định | Của", "Tôn Đức | Thắng"?"""
        words = self.words
        return index > first and words.capital(index) and words.capital(index - 1) and not words.shouted(index)

    def _who_follows(self, index: int) -> bool:
        """Is someone told from this word on, behind "có" or "là"? But "giải Tập thể có nhiều bài nhất" is a name."""
        words = self.words
        named = words.capital(index) or words.at(index, "honorific", "award") is not None
        return named or words.key(index).isdigit()

    def _unled_giver(self, index: int) -> tuple[int, str] | None:
        """Who gives it, right behind its noun, where who gets it follows: "Bằng khen TW Hội: …", "… cho …"."""
        words, office = self.words, self.words.at(index, "office")
        giver = organisation_at(self.context, office.end if office else index)
        if giver is None or not (words.gap(giver.end - 1) == ":" or words.key(giver.end) == "cho"):
            return None
        return giver.end, self._given_by(index, office.end if office else index, giver)

    def _giver(self, index: int) -> tuple[int, str] | None:
        """Who gives it, and where that ends: "của Đoàn Chủ tịch Trung ương Hội …", "do UBND tỉnh … trao tặng"."""
        words, start = self.words, index
        plain = words.gap(index - 1) in (" ", "”", '"')
        while plain and index < min(start + 3, len(words)) and words.keys[index] in ("của", "do"):
            index += 1
        if index == start:
            return self._unled_giver(index) if plain else None
        office = words.at(index, "office")  # "Bằng khen của Chủ tịch UBND tỉnh"
        after = office.end if office else index
        giver = organisation_at(self.context, after) if words.gap(after - 1) == " " else None
        if giver:
            return giver.end, self._given_by(index, after, giver)
        end = after
        if office and not (words.capital(after) and words.gap(after - 1) == " "):
            return after, words.written(index, after)
        while end < min(index + TITLE, len(words)) and words.gap(end - 1) == " " and words.keys[end] not in _PAST_CAUSE:
            if words.keys[end] in small_words("ends_winner"):
                break
            end += 1
        named = words.capital(index) and end > index and not words.at(index, "honorific")  # "của Bộ Chỉ huy"
        return (end, words.written(index, end)) if named and words.keys[start] == "của" else None

    def _given_by(self, index: int, after: int, giver: Organisation) -> str:
        """The name of who gives it, with the office that the words [index, after) are."""
        words = self.words
        lead = f"{words.written(index, after)} " if after > index else ""
        union = giver.name == "Hội LHPN Việt Nam" and words.keys[after] != "hội"  # "T.Ư Hội"
        return f"{lead}{'Trung ương ' * union}{giver.name}"

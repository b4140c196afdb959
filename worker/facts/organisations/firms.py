"""Organisations that bear a name of their own: firms, funds, schools, clubs, troops ("Công ty TNHH Hoa Sen")."""

from __future__ import annotations

from dataclasses import replace

from worker.facts.gazetteer import central, small_words
from worker.facts.organisations.naming import head, named_in
from worker.facts.organisations.organisation import Organisation
from worker.facts.organisations.own_names import closed_name, numbered, own_name
from worker.facts.organisations.owners import Owners
from worker.facts.places.place import districts_called
from worker.facts.quotes import quotes_of
from worker.facts.span import Context
from worker.facts.words import Hit, Words, words_of

LONGEST_NUMBER = 3  # digits and letters in the name of a hospital: "115", "7A"
WHOLE_HOME = 2  # words of the name of a home
MANY = frozenset(("các", "cấp", "những", "mỗi", "từng", "hai", "ba", "bốn", "năm"))
"""Before or behind what is no one organisation's name: "các CLB …", "Hội LHPN các huyện"."""
_DESCRIBED = (
    "Hợp tác xã",
    "Tổ hợp tác",
    "Công ty",
    "Doanh nghiệp tư nhân",
    "Nhà máy",
    "Nhà máy đường",
    "Xí nghiệp",
    "Cửa hàng",
)
_KEPT = ("không", "sạch", "nhất", "tốt")
"""What a campaign counts: "5 không, 3 sạch"."""
_AFTER_VERB = frozenset(("của", "do", "và", "với", "cùng", "từ", "bởi", "được", "các", "theo"))


class Firms:
    """Reads the names of firms and their like in one part; each reading begins with the words that say what it is."""

    def __init__(self, context: Context, owners: Owners) -> None:
        self.words: Words = words_of(context)
        self.owners = owners
        self.quotes = {quote.first: quote.end for quote in quotes_of(context)}

    def free(self, hit: Hit) -> Organisation | None:
        """ "Công ty TNHH Hoa Sen", "HTX dệt thổ cẩm H’Bia", "Tổ chức Oxfam"."""
        known = self.words.at(hit.end, "central") if hit.entry.name == "Tổ chức" else None  # "Tổ chức Oxfam"
        end = own_name(self.words, known.end if known else hit.end, described=hit.entry.name in _DESCRIBED)
        if end == hit.end and numbered(self.words, end) and self.words.capital(hit.first):
            end += 1  # "Công ty TNHH MTV 75"
        if end == hit.end or (hit.entry.name == "Tổ chức" and not _is_noun(self.words, hit)):
            return None
        acts = self.words.key(hit.end) in small_words("acts")
        if acts and not any(self.words.capital(at) for at in range(hit.end, end)):
            return None  # "công ty hỗ trợ 30 triệu đồng"
        place = self.owners.place(end)  # "Ngân hàng TMCP Phát triển TP.HCM"
        end = place.end if place and place.level == "province" and place.rule != "home" else end
        name = f"{head(self.words, hit)} {self.words.written(hit.end, end)}"
        entity = f"{hit.entry.name} {self.words.written(hit.end, end)}"
        return Organisation(
            hit.first, end, name, hit.entry.data[0] or "other", "own-name", entity=entity, confidence=0.85
        )

    def society(self, hit: Hit) -> Organisation | None:
        """ "Hội Từ thiện Tịnh Đức", "Hội Bác ái Phanxicô": what it is for, then a name."""
        words = self.words
        known = words.at(hit.end, "compounds") if words.capital(hit.end) else None
        if known is None or words.gap(hit.end - 1) != " " or words.shouted(hit.end):
            return None
        if words.at(hit.first, "union") and words.at(known.end, "area", "section", "numbered"):
            return None  # "Hội Phụ nữ Phòng", "Hội Phụ nữ Công an các huyện": of an office that is not named
        union = words.at(hit.first, "union")
        if union and words.keys[max(0, hit.first - 2) : hit.first] == ["các", "cấp"]:
            return None  # "các cấp Hội Phụ nữ và cộng đồng"
        if union and self.owners.place(union.end):
            return None  # "Hội Phụ nữ Vĩnh Long đổi mới, sáng tạo": the union of a place
        found = self.open(hit)
        return found if found and found.end > known.end else None

    def home(self, hit: Hit) -> Organisation | None:
        """ "Mái ấm Hoa Sen": a name of two capitals at least, that no house for the poor is called by."""
        words, end = self.words, hit.end
        house = words.key(end) in small_words("house") or words.at(end, "office", "honorific")
        given = words.key(hit.first - 1).isdigit() or words.before(hit.first, "things") is not None
        if house or given or words.shouted(end) or words.run(end) - end < WHOLE_HOME:
            return None
        return self.open(hit)

    def quoted(self, hit: Hit) -> Organisation | None:
        """ "CLB “Phụ nữ Chăm tự tin”", "Câu lạc bộ Nữ doanh nhân tỉnh"."""
        words, end = self.words, self.quotes.get(hit.end, hit.end)
        if end > hit.end:
            before = words.keys[hit.first - 1] if hit.first and words.gap(hit.first - 1) == " " else ""
            counted = before.isdigit() or before in MANY
            if counted or ":" in words.gap(hit.end - 1) or not words.upper(hit.first) | words.capital(hit.first):
                return None
            name = f"{head(words, hit)} “{words.written(hit.end, end)}”"
            return Organisation(hit.first, end, name, hit.entry.data[0] or "club", "own-name", confidence=0.8)
        if not words.capital(end):
            return None
        if own_name(words, end) > end + 1:
            return self.open(hit)
        last = closed_name(words, end)
        place = self.owners.place(last) if last > end + 1 else None  # "CLB Dưỡng sinh phường Hưng Phú"
        name = f"{head(words, hit)} {words.written(end, last)}" if place else ""
        return named_in(hit.first, place.end, name, name, place, "own-name") if place else None

    def numbered(self, hit: Hit) -> Organisation | None:
        """ "Trung đoàn 971", "Vùng 5 Hải quân", "Lữ đoàn 125"."""
        words, end = self.words, hit.end
        if words.gap(end - 1) != " " or not words.key(end).isdigit() or len(words.key(end)) > 4:
            return None
        if words.gap(end) == " " and words.key(end + 1) in (*small_words("gift"), *_KEPT):
            return None  # "tặng Đồn Biên phòng 20 phần quà", "mô hình Chi hội 5 không, 3 sạch"
        if words.gap(end) in (".", ",") and words.starts[end + 1] == words.ends[end] + 1:
            return None  # "hỗ trợ Chi hội 5.000.000 đồng"
        end = own_name(words, end + 1)
        name = f"{head(words, hit)} {words.written(hit.end, end)}"
        return Organisation(hit.first, end, name, hit.entry.data[0], "own-name", confidence=0.85)

    def open(self, hit: Hit) -> Organisation | None:
        """ "Bệnh viện Từ Dũ", "Trung tâm Văn hóa tỉnh": a place may follow its name."""
        of_commune = hit.entry.name == "Ủy ban" and self.words.at(hit.first, "area")  # "Ủy ban MTTQ, Hội Nông dân xã"
        if of_commune or (hit.entry.name == "Trung tâm" and _is_building(self.words, hit.end)):
            return None
        end = own_name(self.words, hit.end)
        by_number = hit.entry.name == "Bệnh viện" and end == hit.end and self.words.capital(hit.first)
        end += by_number and numbered(self.words, end)  # "Bệnh viện 175"
        short = self.owners.past_short_form(end)  # "Trung tâm Kiểm soát bệnh tật (CDC) tỉnh A"
        place = self.owners.place(short, brackets=short > end)
        bare = end == hit.end and (place is None or hit.entry.name == "Trung tâm")  # "Nhà văn hóa Trung tâm tỉnh"
        bare = bare or (end == hit.end + 1 and self._is_initial(hit.end))  # "Ủy ban T.Ư Mặt trận …"
        bare = bare or bool(districts_called(("huyện",), self.words.written(hit.first, end)))  # "Trạm Tấu"
        bare = bare or (hit.entry.name == "Quỹ" and self.words.keys[hit.end : end] == ["hội"])  # each union's own
        if bare or (hit.first and self.words.keys[hit.first - 1] in ("nhà", "bài")):
            return None  # "nhà báo Lê Lan" is no newspaper, nor "64 bài báo khoa học"
        end += hit.entry.name == "Bệnh viện" and end > hit.end and _ends_in_number(self.words, end)
        own = central(self.words.written(hit.end, end)) if end > hit.end else ""
        name = f"{head(self.words, hit)} {own}".strip()
        told = by_number and end > hit.end
        if place is None and not told and not any(self.words.capital(index) for index in range(hit.end, end)):
            return None if hit.entry.name in ("Quỹ", "Trung tâm") else _by_its_name(hit, end, name)
        if place is None:
            return _by_its_name(hit, end, name)
        of_police = own.endswith("Công an")  # "Trại tạm giam Công an tỉnh Bình Định"
        if place.rule == "home" or of_police:  # "Trung tâm Y tế huyện": its type belongs to the name
            named = f"{name} {place.name}"
            return Organisation(hit.first, place.end, named, hit.entry.data[0] or place.level, "own-name", place)
        found = named_in(hit.first, place.end, name, name, place, "own-name")
        return replace(found, level=hit.entry.data[0] or found.level, entity="")

    def in_quotes(self, hit: Hit) -> Organisation | None:
        """ "“Quỹ Vì Trường Sa thân yêu”": a fund of which quotation marks say where its name ends."""
        end = self.quotes.get(hit.first, hit.end) if hit.entry.name == "Quỹ" else hit.end
        if end <= hit.end + 1 or not self.words.capital(hit.first):
            return None
        return _by_its_name(hit, end, self.words.written(hit.first, end))

    def _is_initial(self, index: int) -> bool:
        """Is it the first letter of an abbreviation with full stops?"""
        return len(self.words.key(index)) == 1 and self.words.gap(index) == "." and self.words.capital(index + 1)


def _by_its_name(hit: Hit, end: int, name: str) -> Organisation:
    return Organisation(hit.first, end, name, hit.entry.data[0] or "other", "own-name", confidence=0.85)


def _ends_in_number(words: Words, index: int) -> bool:
    """Does a number end a hospital's name, and count nothing: "Bệnh viện Nhi Đồng 2", "… Quân y 7A"?"""
    key, counts = words.key(index), words.gap(index) == " " and not words.capital(index + 1)
    counts = counts and words.key(index + 1) not in small_words("ends_role")
    return words.gap(index - 1) == " " and key[:1].isdigit() and len(key) <= LONGEST_NUMBER and not counts


def _is_building(words: Words, index: int) -> bool:
    """Is it a building, where many have their offices or meet: "Trung tâm Hành chính tỉnh", "Trung tâm Hội nghị"?"""
    public = words.keys[index : index + 3] == ["hành", "chính", "công"]  # they serve the public, and act
    return words.keys[index : index + 2] in (["hành", "chính"], ["hội", "nghị"]) and not public


def _is_noun(words: Words, hit: Hit) -> bool:
    """Is "Tổ chức" the word for an organisation, and not the verb ("Tổ chức Lễ …") or a committee's name?"""
    before = words.keys[hit.first - 1] if hit.first else ""
    if words.at(hit.end, "event", "head", "programme", "award") or words.keys[hit.end] == "hội":
        return False  # "Tổ chức Hội được củng cố": the union itself
    return before in _AFTER_VERB or words.gap(hit.first - 1) == "," or words.text[words.starts[hit.end]].isascii()

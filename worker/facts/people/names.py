"""How the offices beside a name are read: "đồng chí Lê Thị Lan - Phó Chủ tịch Thường trực Hội LHPN tỉnh"."""

from __future__ import annotations

from worker.facts.gazetteer import small_words
from worker.facts.organisations import organisation_at
from worker.facts.organisations.organisation import SORTS, Organisation
from worker.facts.organisations.owners import Owners
from worker.facts.people.called import Called
from worker.facts.people.likely_owners import UNIONS, likely_owner
from worker.facts.people.office_tails import Tails, is_seat
from worker.facts.people.person import OF_THE_STATE, Office, Roles, written_out
from worker.facts.people.unlisted_owners import unlisted
from worker.facts.places import place_at, places_of
from worker.facts.places.place import Place
from worker.facts.span import Context, read_once
from worker.facts.words import Hit, Words, within

CHOSEN = 8  # words that say that someone was elected, before the office
GROUP_NAME = 3  # words in the name of a group
OWNER = 6  # words of what someone does, before "của"
SHORT = 3  # letters of the short name of a body
ROLES = 6  # offices of one person in one place
_FOR_ONCE = ("Ban Tổ chức", "Ban Giám khảo")
_CHARGES = ("hội đồng giải thưởng", "hội đồng giám khảo", "ban vì sự tiến bộ", "ban vstb", "ban chỉ đạo")
"""What is led by those who hold another office, which tells who they are."""
_OF_THE_FRONT = ["công", "tác", "phụ", "nữ"]
"""Whose "Ban" is of the Front since 2025, and of no union."""
_BANS_OF_THE_FRONT = ("Ban Công tác phụ nữ Ủy ban", "Ban Công tác Phụ nữ Ủy ban")
_QUARTERS = ("trưởng khối dân vận", "phó trưởng khối dân vận")
_BUSINESSWOMEN = ("Hội Nữ doanh", "Hội Doanh", "Hiệp hội", "CLB Nữ doanh", "Câu lạc bộ Nữ doanh")
STANDING = (
    "Tỉnh ủy",
    "Thành ủy",
    "Huyện ủy",
    "Thị ủy",
    "Quận ủy",
    "Đảng ủy",
    "Hội LHPN",
    "Ban Thường vụ",
    "Ban Chấp hành",
)
"""Who have a committee called so for good."""
_COMMITTEES = ("Ban Thường vụ ", "Ban Chấp hành ", "Thường trực ", "Đoàn Chủ tịch ")
_STANDING_BODIES = ("Ban Thường vụ", "Ban Chấp hành")
_GUARD = "Bộ đội Biên phòng"  # a body of the whole country, too
_GUESTS = ("đại diện", "chuyên gia")
"""With what others begin who came, too, behind somebody's office and its organisation."""
_OF_STATES = ("Đại sứ", "Đại biện", "Tổng Lãnh sự", "Tham tán", "Bộ trưởng", "Thứ trưởng", "Thủ tướng", "Phó Thủ tướng")
"""Offices that no firm from abroad has, so that a foreign name behind one is a person's."""
_GROUPS = frozenset(("tổ", "đội", "nhóm", "chi", "phòng", "khối", "clb", "câu"))
_TOOK = frozenset(("chức", "danh", "vụ", "cử", "là", "nhiệm", "vị"))
_TAKEN = frozenset(("giữ", "làm", "được", "tái", "đắc", "trúng"))


def _names_part(found: Organisation) -> bool:
    """Is an office in it called by its name, as one of what it is part of: "Trưởng khoa Sản"?"""
    return found.whole is not None and found.name.startswith(("Khoa ", "Đội "))


def _held_beside(first: Office, second: Office) -> bool:
    """Is the second office of somebody no more than one beside the first, which tells who they are?

    "Chủ tịch Hội Nữ doanh nhân tỉnh, Giám đốc Công ty A"; "Chủ tịch Hội Khuyến học, Chủ tịch Hội đồng Giải thưởng B";
    "Phó Chủ tịch UBND tỉnh, Trưởng Ban Vì sự tiến bộ của phụ nữ tỉnh"; "Phó Bí thư Đảng ủy, Trưởng khối Dân vận xã".
    """
    businesswoman = (first.org or "").startswith(_BUSINESSWOMEN) and second.role.lower().endswith("giám đốc")
    charged = first.org is not None and (second.org or "").lower().startswith(_CHARGES)
    return businesswoman or charged or second.role.lower().startswith(_QUARTERS)


def _titled(words: Words, index: int) -> bool:
    """Is it the first word of a section's name, and no abbreviation: "Phong trào", but not "VSTBPN"?"""
    return words.capital(index) and not words.upper(index)


@read_once
def names_of(context: Context) -> Names:
    """The reader of names and offices of this part; one for all who ask."""
    return Names(context)


class Names(Called):
    """Reads names and offices in one part."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._roles: dict[tuple[int, bool], Roles | None] = {}
        self._chosen = small_words("chosen")

    def roles(self, index: int, owned: bool = False) -> Roles | None:
        """The offices that begin with this word, with their organisations, up to the last one's. Read once.

        `owned`: they are of someone named before, so that an office that a name follows is someone else's.
        """
        if (index, owned) not in self._roles:
            self._roles[index, owned] = self._offices(index, owned) if self.office(index) else None
        return self._roles[index, owned]

    def office(self, index: int) -> Hit | None:
        """The office that begins with this word: "giữ chức vụ Trưởng ban" is no Vụ trưởng."""
        words = self.words
        post = words.key(index) == "vụ" and words.keys[max(0, index - 1)] == "chức" and not words.capital(index)
        return None if post else words.at(index, "office")

    def _offices(self, index: int, owned: bool) -> Roles | None:
        end, kind, org = index, "", None
        main, role = 0, ""  # the office that the organisation is of: its place among all, and its words
        offices: list[Office] = []
        for _ in range(ROLES):
            office = self.office(index)
            if office is None:
                break
            whose, begins, stop = self._held(office, org)
            if owned and offices and self.words.gap(stop - 1) == " " and self.name(stop) > stop:
                break
            term = self._term(office.end, stop)
            role_end = max(office.end, begins) if whose else term if org is None else office.end
            said = written_out(self.words.written(index, role_end if whose else term))
            state = whose is None and said.startswith(OF_THE_STATE)  # "Phó Chủ tịch nước (về dự)"
            role_end = office.end + (self.words.keys[office.end - 1] != "nước") if state else role_end
            told = written_out(self.words.written(index, role_end))
            rank = office.entry.data[0] == "rank"
            offices.append(Office(index, stop, told, whose, said, rank))
            former = role != "" and self.words.keys[index] == "nguyên" != self.words.keys[offices[0].first]
            board = office.entry.name.lower().endswith("ban") and self.words.keys[end:index] == ["kiêm"]
            former = former or (org is not None and board)  # "Phó Chủ tịch UBND xã kiêm Trưởng Ban Chỉ đạo"
            former = former or (org is not None and _held_beside(offices[-2], offices[-1]))
            if (whose or org is None or state) and not former:
                main, role = len(offices) - 1, offices[-1].role
            org = None if state else org if former else whose or org  # "Phó Chủ tịch UBND xã kiêm Trưởng Ban …"
            end = stop
            kind = office.entry.data[0] if kind in ("", "rank") else kind
            following = self._next(end, org)
            if following is None or (owned and org and self._becomes(end, following)):
                break
            index = following
        if not offices:
            return None
        return Roles(end, role, org, kind, tuple(offices), main=main)

    def _becomes(self, end: int, office: int) -> bool:
        """Is what follows the office that somebody takes, and not what they are: "…, giữ chức Bí thư Huyện ủy"?

        Who is chosen again is it already: "…, tái đắc cử chức danh Chủ tịch Hội LHPN tỉnh".
        """
        between = self.words.keys[end:office]
        return between[-1:] != [] and between[-1] in _TAKEN | _TOOK and "tái" not in between

    def _term(self, first: int, end: int) -> int:
        """The end of a role, without the term that it is held for: "ĐBQH khóa XV"."""
        return next((index for index in range(first, end) if self.words.keys[index] in ("khóa", "khoá", "nhiệm")), end)

    def _held(self, office: Hit, last: str | None) -> tuple[str | None, int, int]:
        """Whose an office is, where it is named and where what belongs to it ends; `last`: whose the one before was."""
        body = organisation_at(self.context, office.first)
        if body and body.whole and body.whole.first == office.end:  # "Thường trực Ban Bí thư"
            return body.whole.name, office.end, body.end
        found = self._organisation(office)
        if found and (named := self._named_in(office, found, last)):
            return named
        told = self._women(office) or self._of_state(office)
        place = None if told else self._place(office)
        if place and place.level == "village" and (owner := self._owner(place.end)):
            return owner[0], office.end, owner[1]  # "Giám đốc Khối SME của TPBank"
        if place:
            branch = office.entry.name.lower().endswith(("chi hội trưởng", "chi hội phó")) and place.level == "village"
            return f"Chi hội Phụ nữ {place.name}" if branch else place.name, place.first, place.end
        return told or self._understood(office, last)

    def _named_in(self, office: Hit, found: Organisation, last: str | None) -> tuple[str, int, int] | None:
        """The organisation behind an office, if it says whose it is, or is one that the Front alone has."""
        if last and found.name.lower() == "ban công tác phụ nữ":
            told = likely_owner(self.context, office.first, _BANS_OF_THE_FRONT)
            return told.name if told else found.name, found.first, found.end
        if found.rule == "body-alone" and found.name.startswith("Ban ") and not found.name.endswith("phía Nam"):
            return None
        if found.whole and _names_part(found):
            return found.whole.name, found.whole.first, found.end
        member = office.entry.name.lower().startswith(("ủy viên", "uv")) and found.name.startswith(_STANDING_BODIES)
        if member and found.whole:  # "Ủy viên Ban Thường vụ" of "Hội LHPN tỉnh"
            return found.whole.name, found.whole.first, found.whole.end
        return found.name, found.first, found.end

    def _of_state(self, office: Hit) -> tuple[None, int, int] | None:
        """A state's office that a name follows, and no firm's: "Đại sứ Khamla Vongsa", "Chủ tịch Fidel Castro"."""
        named = office.entry.name.startswith(_OF_STATES) and self.name(office.end) > office.end
        named = named or self.words.at(office.end, "statesmen") is not None
        return (None, office.end, office.end) if named else None

    def _understood(self, office: Hit, last: str | None) -> tuple[str | None, int, int]:
        """The same, where no organisation follows the office."""
        if self._own_union(office.end) and (union := self.union_before(office.first)):
            return union, office.end, office.end + 1
        whose, begins, stop = self._unresolved(office)
        if whose is None and (owner := self._owner(stop)):
            return owner[0], stop, owner[1]  # "chuyên gia cao cấp về giới của ADB"
        after = organisation_at(self.context, stop) if whose is None else None
        if after and (self.words.gap(after.end - 1) == ":" or self.words.key(after.end) == "bầu"):
            after = None  # "bầu chị A giữ chức Chủ tịch, Hội LHPN xã B: chị C", or "… xã B bầu chị C"
        if after and self.words.gap(stop - 1) in ((",", "-", " ") if stop > office.end else (",",)):
            room = self.words.keys[office.end - 1] == "phòng" and stop > office.end  # "Trưởng phòng Thí nghiệm, Viện A"
            whose = f"Phòng {self.words.written(office.end, stop)} {after.name}" if room else after.name
            return whose, office.end if room else stop, after.end  # "Trưởng Ban Gia đình, Hội LHPN tỉnh"
        body = self.words.at(office.end - 1, "body")
        if body and self.words.at(body.end, "event", "head"):  # "Trưởng Ban Tổ chức hội thi": of no organisation
            return None, office.end, stop
        if whose is None and last:
            return self._within(office, last, body, stop)
        return whose, begins, stop

    def _within(self, office: Hit, last: str, body: Hit | None, stop: int) -> tuple[str | None, int, int]:
        """What is held in the organisation that was named last, or in one of its bodies or sections."""
        whole = next((last.removeprefix(one) for one in _COMMITTEES if last.startswith(one)), last)
        if body:
            return self._in_body(office, whole, body, stop)
        section = self.words.keys[office.end - 1] == "ban" and stop > office.end and _titled(self.words, office.end)
        section = section and self.words.keys[office.end : office.end + 4] != _OF_THE_FRONT
        if section and whole.startswith("Hội LHPN"):
            of = self.words.written(office.end, stop)  # "Ủy viên Ban Thường vụ Hội LHPN tỉnh, Trưởng ban Phong trào"
            return f"Ban {of} {whole}", office.end, stop
        return None, office.end, stop

    def _women(self, office: Hit) -> tuple[str, int, int] | None:
        """The union of those whom someone leads: "Hội trưởng phụ nữ phường"."""
        if office.entry.name.lower() not in ("hội trưởng", "hội phó", "phó hội trưởng"):
            return None
        women = self.words.keys[office.end : office.end + 2] == ["phụ", "nữ"]
        place = Owners(self.context).place(office.end + 2) if women else None
        return (f"Hội LHPN {place.name}", office.end, place.end) if place else None

    def _in_body(self, office: Hit, last: str, body: Hit, stop: int) -> tuple[str | None, int, int]:
        """The body of the organisation that was named last: "Ủy viên … Tỉnh ủy, Trưởng ban Tuyên giáo"."""
        if body.entry.name in _FOR_ONCE and not last.startswith(STANDING):
            return last, body.end, max(stop, body.end)  # "Phó Chủ tịch UBND huyện, Trưởng Ban Tổ chức"
        if last.startswith("Hội LHPN") and not body.entry.name.startswith(STANDING):
            return last, max(stop, body.end), max(stop, body.end)  # "Trưởng ban Tổ chức" of the union
        elsewhere = last.startswith("Ban ") or self.words.gap(office.first - 1) == "-"
        if last.startswith(body.entry.name) or (elsewhere and body.entry.name in _STANDING_BODIES):
            return None, office.end, stop  # "Phó Trưởng Ban Tổ chức Tỉnh ủy - UV BTV": of what the list is of
        return f"{body.entry.name} {last}", office.end, max(stop, body.end)

    def _owner(self, index: int) -> tuple[str, int] | None:
        """The organisation that "của" names a few words behind an office, and where its name ends."""
        words = self.words
        for here in range(index, min(index + OWNER, len(words))):
            if words.gap(here - 1) != " " or words.at(here, "office", "honorific"):
                break
            if words.keys[here] == "của":
                named = organisation_at(self.context, here + 1)
                end = unlisted(words, here + 1) or (here + 2 if words.upper(here + 1) else None)
                return (named.name, named.end) if named else (words.written(here + 1, end), end) if end else None
        return None

    def _own_union(self, index: int) -> bool:
        """Is it "Hội" alone, as in "Phó Chủ tịch Hội": the union that is spoken of?"""
        words = self.words
        if words.gap(index - 1) != " " or words.key(index) != "hội" or not words.capital(index):
            return False
        return words.gap(index) != " " or not words.capital(index + 1)

    def union_before(self, index: int) -> str | None:
        """The union that is meant by "Hội" at a word."""
        owner = likely_owner(self.context, index, UNIONS)
        return owner.name if owner else None

    def organisation(self, index: int) -> Organisation | None:
        """The organisation whose name begins with this word."""
        return organisation_at(self.context, index)

    def _organisation(self, office: Hit) -> Organisation | None:
        """The organisation that an office is held in: what follows it, or ends it ("Trưởng Ban Dân vận Tỉnh ủy")."""
        words = self.words
        for index in (office.end - 1, office.end - 2):
            if index > office.first and (found := organisation_at(self.context, index)) and found.end > office.end:
                return found
        end = office.end
        if (tail := words.at(end, "role_tails")) and words.gap(end - 1) == " " and not words.at(end, *SORTS):
            end = tail.end
        dotted = words.gap(end - 1) == "." and words.upper(end - 1) and words.at(end, *SORTS) is not None
        if not (dotted or words.gap(end - 1) in (" ", "-")) or (  # "CT. Hội LHPN xã"
            words.gap(end - 1) == "-" and end == office.end and words.at(end, "office")
        ):
            return None
        return organisation_at(self.context, end)

    def _place(self, office: Hit) -> Place | None:
        """The place that an office is held in: "Trưởng thôn Choản Thèn", "Bí thư xã A"."""
        words = self.words
        women = 2 * (words.keys[office.end : office.end + 2] == ["phụ", "nữ"])  # "Chi hội trưởng phụ nữ xóm Lũng Luông"
        for index in (office.end - 2, office.end - 1, office.end + women):
            place = place_at(self.context, index)
            if (
                place
                and place.end > office.end
                and (index < office.end or words.gap(index - 1) == " ")
                and place.level != "street"
            ):
                return place
        return None

    def _unresolved(self, office: Hit) -> tuple[str | None, int, int]:
        """An organisation of "huyện" or "xã", whichever is meant, as written; else what belongs to the office."""
        words = self.words
        follows = words.gap(office.end - 1) == " " or (words.gap(office.end - 1) == "." and words.upper(office.end - 1))
        head = words.at(office.end, "area", "union", "department") if follows else None  # "PCT. Hội phụ nữ huyện"
        goes_on = head and words.gap(head.end - 1) == " " and (words.at(head.end, "level") or words.capital(head.end))
        if head and head.entry.name == _GUARD and not goes_on:
            return words.written(head.first, head.end), head.first, head.end  # "Chính ủy Bộ đội Biên phòng"
        party = words.at(office.end, "party") if words.gap(office.end - 1) == " " else None
        if party and not words.capital(party.end):  # "Bí thư Thành ủy", of a city that nobody has named
            return party.entry.name, party.first, party.end
        short = words.upper(office.end) and self._abbreviates(office.end)  # "Phó Viện trưởng CIEM"
        if named := office.end + 1 if short else unlisted(words, office.end):
            return words.written(office.end, named), office.end, named
        if words.keys[office.end - 1] == "khu" and (end := words.run(office.end)) > office.end:  # "trưởng khu Đông Tân"
            return f"khu {words.written(office.end, end)}", office.end, end
        level = words.at(head.end, "level") if head and words.gap(head.end - 1) == " " else None
        if head and level and place_at(self.context, head.end) is None:
            return f"{head.entry.name} {level.entry.name}", head.first, level.end
        return self._in_tail(office)

    def _in_tail(self, office: Hit) -> tuple[str | None, int, int]:
        """A place or a group that ends what belongs to an office: "Tổ trưởng Tổ TK&VV ấp 5", "… Tổ phụ nữ số 5"."""
        end = Tails(self.context, self.name).end(office)  # not kept: each would keep the other
        place = next((one for one in within(places_of(self.context), office.end + 1, end) if one.end == end), None)
        if place and place.level in ("commune", "village"):
            if self._is_group(office.end):  # "Tổ trưởng Tổ TK&VV ấp 5"
                return self._group(office.end, end), office.end, end
            return place.name, place.first, end
        if self.words.keys[end - 1].isdigit() and self.words.capital(office.end) and end - office.end <= GROUP_NAME:
            return self.words.written(office.end, end), office.end, end  # "Tổng Giám đốc Công ty 74"
        begins = next((at for at in (office.end - 1, office.end) if self._is_group(at)), end)
        if end - begins >= GROUP_NAME and end > office.end:  # "Tổ trưởng Tổ phụ nữ số 5"
            return self._group(begins, end), max(begins, office.end), end
        return None, office.end, end

    def _group(self, first: int, end: int) -> str:
        """The name of a group, as names begin: "Tổ vay vốn số 5"."""
        written = self.words.written(first, end)
        return written[0].upper() + written[1:]

    def _is_group(self, index: int) -> bool:
        """Does a group's name begin here: "Tổ phụ nữ số 5", "Chi hội Phụ nữ khu 7", "Đội Vận động quần chúng"?"""
        words = self.words
        if words.key(index) not in _GROUPS or words.keys[index : index + 2] == ["tổ", "chức"]:
            return False
        if words.key(index) == "câu" and words.key(index + 1) != "lạc":
            return False
        headed = words.key(index) in words.keys[max(0, index - 3) : index]  # "Tổ trưởng tổ vay vốn số 5"
        return (headed or words.capital(index)) and words.gap(index - 1) == " "

    def _abbreviates(self, index: int) -> bool:
        """Is this word in capitals the short name of a body, and no headline?"""
        words = self.words
        here = words.hits.get(index, {})  # "Phó Tư lệnh BĐBP": of no place that is said
        unplaced = "area" in here and words.gap(index) != " "
        known = (here and not unplaced) or words.shouted(index) or len(words.keys[index]) < SHORT
        known = known or words.keys[index - 1] == "ban"  # "Trưởng Ban VSTBPN ngành"
        return words.gap(index - 1) == " " and not known

    def _next(self, end: int, org: str | None) -> int | None:
        """Where the next office of the same person begins, if there is one; `org`: whose the last one was."""
        words = self.words
        end = self._past_term(end)
        gap = words.gap(end - 1)
        taken = gap == " " and words.key(end) in _TAKEN  # "Phó Chủ tịch UBND xã được bầu giữ chức Chủ tịch …"
        taken = taken or (not org and is_seat(words, end))
        if gap == " " and words.key(end) in ("và", "kiêm") and (second := words.at(end + 1, "office")):
            others = second.entry.data[0] != "official" or second.entry.name.lower().startswith(_GUESTS)
            return None if others else end + 1
        if gap not in (",", "-", "/") and not taken:
            return None
        after = end
        while after < min(end + CHOSEN, len(words)) and words.gap(after) == " " and words.key(after) in self._chosen:
            if self.office(after):
                break  # "Tỉnh ủy viên, Chính ủy …", which are not "chính thức"
            after += 1  # ", tái đắc cử chức vụ Chủ tịch"
        office = self.office(after)
        if office is None or office.entry.data[0] != "official" or self._opens_list(office.end):
            return None  # "… trúng cử Chủ nhiệm, Phó Chủ nhiệm là chị B"
        if org and office.entry.name.lower().startswith(_GUESTS):
            return None  # "bà X, Chủ tịch Hội LHPN tỉnh, đại diện Sở Y tế, chuyên gia B": others who came
        return after

    def _past_term(self, index: int) -> int:
        """The end of the term that is told behind an office: "Đại biểu Quốc hội khóa XV, Chủ tịch Hội LHPN …"."""
        words, end = self.words, index + 2
        if words.key(index) not in ("khóa", "khoá", "nhiệm") or words.gap(index - 1) != " ":
            return index
        while words.key(end).isdigit() and words.gap(end - 1) in (" ", "-"):  # "nhiệm kỳ 2021 - 2026, …"
            end += 1
        return end if end <= len(words) and words.gap(end - 1) == "," else index

    def _opens_list(self, index: int) -> bool:
        """Does the word or mark behind an office say that its holder follows: "Phó Chủ nhiệm là chị B"?"""
        words = self.words
        return words.gap(index - 1) == ":" or (
            words.key(index) == "là" and words.at(index + 1, "honorific") is not None
        )

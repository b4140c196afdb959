"""Is this a syllable that Vietnamese spelling allows? It tells legacy encodings apart, and Vietnamese from others."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The onsets and rhymes of the national spelling (Quy tắc chính tả), without tones. No native rhyme ends in "k", but the
# names of the Central Highlands do, and every page of these provinces carries them (Đắk Lắk).
_ONSETS = "b|ch|c|đ|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|q|r|s|th|tr|t|v|x"
_OPEN_RHYMES = (
    "a|ai|ao|au|ay|am|an|ang|anh|ăm|ăn|ăng|âm|ân|âng|âu|ây|e|em|en|eng|eo|ê|êm|ên|ênh|êu|i|ia|im|in|inh|iu|"
    "iêm|iên|iêng|iêu|o|oa|oai|oam|oan|oang|oanh|oao|oay|oăm|oăn|oăng|oe|oen|oeo|oi|om|on|ong|oong|ô|ôi|ôm|ôn|ông|"
    "ơ|ơi|ơm|ơn|u|ua|uai|uan|uang|uanh|uao|uau|uay|uăn|uăng|uân|uâng|uây|ue|uen|ueo|uê|uên|uênh|uêu|ui|um|un|ung|uơ|"
    "uôi|uôm|uôn|uông|uy|uya|uyên|uyn|uynh|uyu|ư|ưa|ưi|ưm|ưn|ưng|ưu|ươi|ươm|ươn|ương|ươu|y|yêm|yên|yêng|yêu"
)
_STOPPED_RHYMES = (
    "ac|ach|ap|at|ak|ăc|ăp|ăt|ăk|âc|âp|ât|ec|ep|et|êc|êch|êp|êt|ic|ich|ip|it|iêc|iêp|iêt|oac|oach|oap|oat|oăc|oăt|"
    "oc|ooc|op|ot|oet|ôc|ôp|ôt|ôk|ơp|ơt|uac|uach|uat|uăc|uăt|uât|uc|up|ut|uôc|uôt|uêch|uêt|uet|uych|uyêt|uyt|uyp|"
    "ưc|ưt|ươc|ươp|ươt|yêt"
)
_OPEN = re.compile(rf"(?:{_ONSETS})?(?:{_OPEN_RHYMES})")
_STOPPED = re.compile(rf"(?:{_ONSETS})?(?:{_STOPPED_RHYMES})")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONES_OF_STOPPED = "\u0301\u0323"  # a rhyme that ends in c, ch, p, t bears sắc or nặng only


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the word (NFC, any case) can be one Vietnamese syllable with its tone.

    >>> [is_syllable(word) for word in ("Hội", "nghiệp", "Lắk", "été", "hộp", "höp")]
    [True, True, True, False, True, False]
    """
    if not 0 < len(word) <= 7:  # nghiêng is the longest
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in apart if char in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(char for char in apart if char not in _TONES))
    if _OPEN.fullmatch(plain):
        return True
    return bool(_STOPPED.fullmatch(plain)) and (not tones or tones[0] in _TONES_OF_STOPPED)

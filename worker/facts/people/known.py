"""What a whole article says of a person: the office that one mention names holds for all, "chị Hoa" is Lê Thị Hoa."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from worker.facts.people.person import Person
from worker.facts.people.remembered import REMEMBERED
from worker.facts.span import Context
from worker.facts.words import Words, words_of
from worker.vietnamese import fold
from worker.vietnamese.syllables import is_syllable


def known(people: list[Person]) -> dict[str, Person]:
    """Name -> the mention that says most of the person: office and organisation, else an office, else the first."""
    best_of: dict[str, Person] = {}
    given = {short for name in {person.name for person in people} for short in _short_for(name)}
    for person in people:
        if person.name in given or not _is_whole(person):
            continue  # a given name, which says who it is only where a whole name does
        best = best_of.get(person.name)
        if best is None or _says(person) > _says(best):
            best_of[person.name] = person
    bearers = _bearers(best_of)
    for person in people:  # "bà Mai là Chủ tịch …", where the article has one Đinh Thị Mai
        names = bearers.get(person.name, ())
        if person.role and len(names) == 1 and _says(person) > _says(best_of[names[0]]):
            best_of[names[0]] = replace(person, name=names[0])
    return best_of


def _is_whole(person: Person) -> bool:
    """Is it more than a given name: several words, "H’Bia", or the one word that a Bahnar or Jrai bears, "Hmrêl"?"""
    name = person.name
    if " " in name or {"’", "'", "."} & set(name):
        return True
    if person.rule == "byline" or name.isupper():  # "GLO" is a paper
        return False
    return len(name) > 2 and name.isalpha() and bool(_VOWEL.search(fold(name).lower())) and not is_syllable(name)


_VOWEL = re.compile("[aeiouy]")  # "chị Ng" is an initial


def _bearers(known: dict[str, Person]) -> dict[str, list[str]]:
    """A name by which someone may be called for short -> the whole names of those who may."""
    by_given: dict[str, list[str]] = {}
    for name in known:
        for short in _short_for(name):
            by_given.setdefault(short, []).append(name)
    return by_given


def _says(person: Person) -> int:
    known = (person.rule == REMEMBERED) - (person.rule == "byline")
    return 2 * (person.role is not None) + (person.org is not None) + known


def completed(context: Context, people: list[Person], known: dict[str, Person]) -> list[Person]:
    """The people of one part with what is known of them, and the further mentions of those that the article knows."""
    words = words_of(context)
    by_given = _bearers(known)
    done: list[Person] = []
    for person in people:
        name = person.name
        bearers = by_given.get(name, [])
        if name not in known and len(bearers) != 1:
            continue
        name = bearers[0] if len(bearers) == 1 else name  # "chị Hoa", "chị Sà Rên": the only one who is called so
        done.append(_with(person if person.name == name else replace(person, name=name), known[name]))
    taken = {index for person in done for index in range(person.first, person.end)}
    done += [person for person in _again(words, known) if taken.isdisjoint(range(person.first, person.end))]
    return sorted(done, key=lambda person: person.first)


def _short_for(name: str) -> Iterator[str]:
    """What a person may be called when they are known: "Hoa", "Sà Rên"; "H’Nuêl" of H’Nuêl Bkrông."""
    words = name.split()
    yield from (" ".join(words[first:]) for first in range(1, len(words)))
    if len(words) > 1 and {"’", "'"} & set(words[0]):
        yield words[0]


def _with(person: Person, best: Person) -> Person:
    if person.role and person.org:
        return person
    if best.rule == "byline" and person.rule != "byline":
        return person
    if best.role and (best.org or not person.role):
        return replace(person, role=best.role, org=best.org, also=best.also, private=best.private)
    return replace(person, org=best.org if person.role == best.role else person.org, private=best.private)


def _again(words: Words, known: dict[str, Person]) -> Iterator[Person]:
    """Every other place where a known name stands."""
    by_keys = {tuple(name.lower().split()): person for name, person in known.items()}
    firsts = {keys[0] for keys in by_keys}
    sizes = sorted({len(keys) for keys in by_keys}, reverse=True)
    for index in words.where(firsts):
        if words.capital(index):
            for size in sizes:
                person = by_keys.get(tuple(words.keys[index : index + size]))
                if person and all(words.gap(between) == " " for between in range(index, index + size - 1)):
                    yield replace(person, first=index, end=index + size, rule="again", confidence=0.9)
                    break

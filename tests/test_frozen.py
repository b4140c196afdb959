"""Dataclasses that nobody changes, and their copies."""

import pickle

import pytest

from worker.frozen import frozen, replace


@frozen(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    parts: tuple[int, ...] = ()


def test_a_copy_has_the_fields_that_are_given_and_the_others_of_the_first():
    thing = Thing(name="a", parts=(1, 2))
    assert replace(thing, name="b") == Thing(name="b", parts=(1, 2))
    assert thing == Thing(name="a", parts=(1, 2))


def test_a_copy_has_no_field_that_the_first_does_not_have():
    with pytest.raises(TypeError, match="size"):
        replace(Thing(name="a"), size=3)  # type: ignore[call-arg]


def test_those_with_the_same_fields_are_one_in_a_set_and_may_be_sent_to_another_process():
    assert len({Thing(name="a"), Thing(name="a"), pickle.loads(pickle.dumps(Thing(name="a")))}) == 1  # noqa: S301

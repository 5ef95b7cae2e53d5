"""Every address, tried by everyone: made from the list of addresses itself, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from pilotage.vocabulary import Role, values
from pilotage.web.accounts import access
from pilotage.web.records import actions, audit
from pilotage.web.records.models import Participant, PersonalLink, User
from tests.web import cast as the_cast
from tests.web.cast import Cast, at_home, consented, signed_in
from tests.web.examples import examples

METHODS = ("get", "post")
REFUSALS = {403, 404, 405}
STAFF = frozenset(values(Role))
OPEN_TO = STAFF | {access.PUBLIC, access.PARTICIPANT, access.COLLEAGUE, access.ADMINISTRATOR, access.ANYONE}


@dataclass(frozen=True)
class Door:
    """One address, and whom it says it is open to."""

    name: str
    route: str
    arguments: tuple[str, ...]
    open_to: frozenset[str]
    of_the_server: bool


def patterns(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", route, one


def doors() -> list[Door]:
    found = []
    for name, route, pattern in patterns(get_resolver()):
        open_to = getattr(pattern.callback, "open_to", None)
        assert open_to, (
            f"The view of '{route}' does not say to whom it is open: give it a decorator of accounts.access."
        )
        assert open_to <= OPEN_TO, f"'{route}' is open to {open_to - OPEN_TO}, and nobody is that."
        arguments = tuple(pattern.pattern.converters) + tuple(pattern.pattern.regex.groupindex)
        of_the_server = not (set(open_to) & STAFF and "<slug:study>" in route)
        found.append(Door(name, route, tuple(dict.fromkeys(arguments)), open_to, of_the_server))
    return found


@dataclass(frozen=True)
class Person:
    """Someone who tries every door: with what browser, and which doors are theirs."""

    client: Client
    opens: frozenset[str]


def people(cast: Cast) -> Iterator[tuple[str, Person]]:
    other = the_cast.calm("storm")
    mine = Participant.objects.get(study=cast.study, code="P01")
    yield "nobody", Person(Client(), frozenset())
    yield "a participant", Person(at_home(mine), frozenset({access.PARTICIPANT}))
    yield "a colleague", Person(_colleague(mine), frozenset({access.COLLEAGUE}))
    for role in Role:
        opens = {role, access.ANYONE} | ({access.ADMINISTRATOR} if role == "administrator" else set())
        yield f"a {role}", Person(signed_in(cast.staff[role]), frozenset(opens))
        yield f"a {role} of another study", Person(_of(other, role), frozenset({access.ANYONE}))
    yield "someone who may not come any more", Person(_disabled(cast), frozenset())


def _colleague(person: Participant) -> Client:
    actions.make_link(audit.SERVER, person, purpose="colleague", assessment="pre")
    client = Client()
    session = client.session
    session["link"] = PersonalLink.objects.get(participant=person, purpose="colleague", revoked_at=None).pk
    session.save()
    client.cookies["pilotage"] = session.session_key
    return client


def _of(other: Cast, role: str) -> Client:
    User.objects.filter(pk=other.staff[role].pk).update(is_administrator=False)
    return signed_in(other.staff[role])


def _disabled(cast: Cast) -> Client:
    user = User.objects.create(email="gone@calm.example", name="Gone")
    actions.give_role(audit.SERVER, user, cast.study, "coordinator")
    client = signed_in(user)
    actions.disable(audit.SERVER, user)
    return client


def _try(client: Client, method: str, address: str) -> Any:
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    return answer


def _let_in(answer: Any) -> bool:
    """Whether something was shown or done; being sent to sign in, or told that it is over, is neither."""
    if answer.status_code in REFUSALS:
        return False
    to = answer.headers.get("Location", "")
    return not (answer.status_code == 302 and ("/account/" in to or "/signed-out/" in to))


def test_every_address_says_to_whom_it_is_open() -> None:
    assert len(doors()) > 40


def test_every_argument_of_an_address_has_an_example(cast: Cast) -> None:
    known = examples(cast, consented(cast))
    lacking = {argument for door in doors() for argument in door.arguments if argument not in known}
    assert not lacking, f"Give tests/web/examples.py an example of {', '.join(sorted(lacking))}."


@pytest.mark.parametrize("method", METHODS)
def test_every_door_opens_to_those_it_is_for_and_to_nobody_else(cast: Cast, method: str) -> None:
    known = examples(cast, consented(cast))
    every, wrong = doors(), []
    for who, person in people(cast):
        for door in every:
            answer = _try(person.client, method, known.address(door.route))
            said = f"{method.upper()} {door.name} by {who}: {answer.status_code}"
            if answer.status_code >= 500 or (not _may(person, door) and _let_in(answer)):
                wrong.append(said)
            # Else this test would pass with every door shut.
            theirs = bool(person.opens & door.open_to)
            shut = theirs and not _let_in(answer) and answer.status_code != 405
            if method == "get" and shut and door.name not in known.found_only_when_there_is_one:
                wrong.append(f"{said}, though it is for them")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["coordinator", "data-entry", "safety-contact"])
def test_people_of_another_centre_are_not_found(cast: Cast, role: str) -> None:
    known = examples(cast, consented(cast))
    user = User.objects.create(email=f"south-{role}@calm.example", name="South")
    actions.give_role(audit.SERVER, user, cast.study, role, cast.south)
    client = signed_in(user)
    wrong = [
        door.name
        for door in doors()
        for method in METHODS
        if role in door.open_to and known.about_a_person(door.route)
        if _let_in(_try(client, method, known.address(door.route)))
    ]
    assert not wrong


def _may(person: Person, door: Door) -> bool:
    return access.PUBLIC in door.open_to or bool(person.opens & door.open_to)

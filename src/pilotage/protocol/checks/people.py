"""Who studies whom: arms, eligibility, consent, and the roles that keep teaching and analysing apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from pilotage.problems import did_you_mean, kind
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.vocabulary import Role

TIME_ZONE = kind("PROTOCOL-010", "The time zone is not known")
UNKNOWN_ARM = kind("PROTOCOL-011", "An arm is named that the study does not have")
CONSENT_ORDER = kind("PROTOCOL-012", "Versions of the consent text are not in order of date")
CONSENT_BEFORE_ETHICS = kind("PROTOCOL-013", "Consent begins before the ethics committee decided")
RUNNING_UNDECIDED = kind("PROTOCOL-014", "The study runs while the ethics decision is pending")
UNKNOWN_ROLE = kind("PROTOCOL-015", "A role is named that is not described")
ROLE_CONTRADICTS = kind("PROTOCOL-016", "A role sees what it must never see")
TEACHER_SEES = kind("PROTOCOL-017", "A teacher would see what people answered")
TWO_ROLES = kind("PROTOCOL-018", "One person holds two roles that must be apart")
PROGRAMME_AND_ARMS = kind("PROTOCOL-019", "The programme and the arms do not fit")
NOT_APART = kind("PROTOCOL-092", "One person could both teach and analyse")
NO_REASON = kind("PROTOCOL-093", "One person holds two roles without a reason")

# Teachers who see answers change how they teach and what people dare to say.
NEVER_A_TEACHERS = ("responses", "scores", "results", "named diaries", "evaluation forms", "coded data")


def time_zone(written: WrittenProtocol) -> Problems:
    """Check that the time zone is one that the computer knows."""
    name = written.protocol.study.time_zone
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        known = available_timezones()
        if not known:
            return  # this computer has no list of time zones, so nothing can be said against the name
        message = f"'{name}' is not a time zone.{did_you_mean(name, known)}"
        yield written.problem(TIME_ZONE, ("study", "time_zone"), message, "Write it as 'Europe/Amsterdam'.")


def eligibility_arms(written: WrittenProtocol) -> Problems:
    """Check that criteria name arms of the study."""
    eligibility = written.protocol.eligibility
    lists = {"include": eligibility.include}
    if not isinstance(eligibility.exclude, str):
        lists["exclude"] = eligibility.exclude
    for name, criteria in lists.items():
        for i, criterion in enumerate(criteria):
            for j, arm in enumerate(criterion.arms):
                path = ("eligibility", name, i, "arms", j)
                yield from written.unknown(UNKNOWN_ARM, path, arm, "arm", written.arms)


def consent_dates(written: WrittenProtocol) -> Problems:
    """Check that consent texts follow one another, and the first does not precede the ethics decision."""
    versions = written.protocol.consent.versions
    starts = [(i, v.starts) for i, v in enumerate(versions) if isinstance(v.starts, date)]
    for (_, earlier), (i, later) in pairwise(starts):
        if later <= earlier:
            message = f"This version starts on {later}, but the one before it on {earlier}."
            remedy = "List the versions in order, each with its own first day."
            yield written.problem(CONSENT_ORDER, ("consent", "versions", i, "starts"), message, remedy)
    decided = written.protocol.ethics.date
    if written.protocol.ethics.outcome == "pending" or not isinstance(decided, date):
        return
    for i, start in starts[:1]:
        if start < decided:
            message = f"Consent is asked from {start}, but the ethics committee decided on {decided}."
            remedy = "Correct one of the two dates."
            yield written.problem(CONSENT_BEFORE_ETHICS, ("consent", "versions", i, "starts"), message, remedy)


def ethics_decided(written: WrittenProtocol) -> Problems:
    """Check that no study runs before the committee has decided."""
    if written.protocol.ethics.outcome == "pending" and written.protocol.study.status != "planned":
        message = f"The study is '{written.protocol.study.status}', but the ethics decision is pending."
        remedy = "Enter the decision under 'ethics', or set the status to planned."
        yield written.problem(RUNNING_UNDECIDED, ("study", "status"), message, remedy)


def role_names(written: WrittenProtocol) -> Problems:
    """Check that pairs of roles and people's roles are among those described."""
    roles = written.protocol.roles
    known = [role.id for role in roles.may]
    for i, pair in enumerate(roles.never_one_person):
        for j, role in enumerate(pair):
            yield from written.unknown(UNKNOWN_ROLE, ("roles", "never_one_person", i, j), role, "role", known)
    for i, together in enumerate(roles.one_person_with_reason):
        for role in together.roles:
            yield from written.unknown(UNKNOWN_ROLE, ("roles", "one_person_with_reason", i), role, "role", known)
    for i, person in enumerate(written.protocol.study.people):
        for j, role in enumerate(person.roles):
            yield from written.unknown(UNKNOWN_ROLE, ("study", "people", i, "roles", j), role, "role", known)


def role_sights(written: WrittenProtocol) -> Problems:
    """Check that no role sees what it never sees."""
    for i, role in enumerate(written.protocol.roles.may):
        for name in ("sees", "after_lock"):
            for j, sight in enumerate(getattr(role, name)):
                if sight in role.never:
                    message = f"The role '{role.id}' sees '{sight}', which its 'never' forbids."
                    remedy = "Remove it from one of the two lists."
                    yield written.problem(ROLE_CONTRADICTS, ("roles", "may", i, name, j), message, remedy)


def teacher_sights(written: WrittenProtocol) -> Problems:
    """Check that teachers see no outcomes; results only once the analysis is locked."""
    for i, role in enumerate(written.protocol.roles.may):
        seen = [("sees", j, s) for j, s in enumerate(role.sees)]
        seen += [("after_lock", j, s) for j, s in enumerate(role.after_lock) if s != "results"]
        for name, j, sight in seen:
            if role.id == Role.TEACHER and sight in NEVER_A_TEACHERS:
                message = f"A teacher would see {sight}."
                remedy = "Teachers see no outcomes. Results may stand under 'after_lock', and the report says so."
                yield written.problem(TEACHER_SEES, ("roles", "may", i, name, j), message, remedy)


def apart(written: WrittenProtocol) -> Problems:
    """Check that no person holds two roles that must be apart; a teacher never analyses."""
    pairs = {frozenset(pair) for pair in written.protocol.roles.never_one_person} | {
        frozenset((Role.TEACHER, Role.RESEARCHER))
    }
    for i, person in enumerate(written.protocol.study.people):
        for pair in sorted(sorted(p) for p in pairs if p <= set(person.roles)):
            message = f"{person.name} is both {' and '.join(pair)}."
            remedy = "Give one of the roles to someone else; who takes part in writing needs no role."
            yield written.problem(TWO_ROLES, ("study", "people", i, "roles"), message, remedy)


def teaching_and_analysing(written: WrittenProtocol) -> Problems:
    """Check that the protocol keeps teaching the programme and analysing it in different hands."""
    roles = written.protocol.roles
    pair = {Role.TEACHER, Role.RESEARCHER}
    if written.protocol.programme is None or not pair <= {role.id for role in roles.may}:
        return
    for i, together in enumerate(roles.one_person_with_reason):
        if set(together.roles) == pair:
            message = "A teacher never analyses what they taught, whatever the reason."
            path = ("roles", "one_person_with_reason", i)
            yield written.problem(NOT_APART, path, message, "Move the pair to 'never_one_person'.")
    if not any(set(apart) == pair for apart in roles.never_one_person):
        message = "'never_one_person' does not keep teacher and researcher apart."
        yield written.problem(NOT_APART, ("roles",), message, "Add '[teacher, researcher]' to 'never_one_person'.")


def together(written: WrittenProtocol) -> Problems:
    """Check that whoever holds two roles that need a reason has one."""
    roles = written.protocol.roles
    for i, person in enumerate(written.protocol.study.people):
        for pair in roles.one_person_with_reason:
            role, other_role = pair.roles
            if {role, other_role} <= set(person.roles) and roles.reason_for(role, other_role) is None:
                message = f"{person.name} is both {role} and {other_role}, and no reason is given."
                remedy = f"Write '{{roles: [{role}, {other_role}], reason: why}}' under 'one_person_with_reason'."
                yield written.problem(NO_REASON, ("study", "people", i, "roles"), message, remedy)


def programme_arms(written: WrittenProtocol) -> Problems:
    """Check that there is a programme exactly when an arm follows it."""
    follows = [arm.id for arm in written.protocol.arms if arm.programme]
    if follows and written.protocol.programme is None:
        i = written.arms.index(follows[0])
        message = f"The arm '{follows[0]}' follows the programme, but no programme is described."
        remedy = "Add 'programme', or set this arm's 'programme' to false."
        yield written.problem(PROGRAMME_AND_ARMS, ("arms", i, "programme"), message, remedy)
    if written.protocol.programme is not None and not follows:
        remedy = "Set 'programme: true' on the arms that do, or remove the programme."
        yield written.problem(PROGRAMME_AND_ARMS, ("programme",), "No arm follows the programme.", remedy)

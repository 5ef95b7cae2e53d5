"""What a coordinator's pages promise: where each stands, one clear next step, and nobody else's people."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import (
    Administration,
    Cohort,
    Event,
    Participant,
    PersonalLink,
    User,
)
from tests.web.cast import Cast, consented, signed_in, someone

TODAY = "2026-02-20T10:00:00+00:00"
YES = actions.CriterionJudgement(met=True, evidence="by own word", on=date(2026, 2, 18))
NO = actions.CriterionJudgement(met=False, evidence="by own word", on=date(2026, 2, 18))


@pytest.fixture
def cora(cast: Cast) -> Client:
    return signed_in(cast.staff["coordinator"])


@pytest.fixture
def of_north(cast: Cast) -> Client:
    """A coordinator of Centre North alone."""
    user = User.objects.create(email="nora@calm.example", name="Nora North")
    actions.give_role(audit.SERVER, user, cast.study, "coordinator", cast.north)
    return signed_in(user)


def page(client: Client, path: str = "") -> str:
    response = client.get(f"/calm/people/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def eligible(cast: Cast, code: str) -> Participant:
    person = someone(cast, code)
    actions.screen(audit.SERVER, person, {"adult": YES, "trained": YES})
    return person


def test_an_empty_list_offers_the_first_step(cora: Client) -> None:
    assert "No people yet" in page(cora)


@time_machine.travel(TODAY)
def test_the_list_says_where_each_stands_and_what_is_next_by_when(cast: Cast, cora: Client) -> None:
    person = consented(cast, "P07")
    text = person.consents.get()
    Administration.objects.create(
        participant=person,
        consent=text,
        version=cast.version,
        assessment="pre",
        instrument="pss-10",
        language="en",
        completed_at="2026-02-19T12:00Z",
    )
    someone(cast, "P19")
    said = page(cora)
    assert "Questionnaires (1 of 3 completed)" in said
    assert "Wed 4 March 2026" in said
    assert "Waiting for reply" in said


@time_machine.travel(TODAY)
def test_whoever_answered_all_that_is_open_has_nothing_to_do_until_a_day_that_list_and_page_name_alike(
    cast: Cast, cora: Client
) -> None:
    person = consented(cast, "P07")
    for instrument in ("pss-10", "ffmq-39", "about-you"):
        Administration.objects.create(
            participant=person, consent=person.consents.get(), version=cast.version, assessment="pre",
            instrument=instrument, language="en", completed_at="2026-02-19T12:00Z",
        )  # fmt: skip
    opens = re.findall(r"Nothing until the next questionnaires open on ([^<.]+)", page(cora) + page(cora, "P07/"))
    assert len(opens) == 2 and len(set(opens)) == 1 and opens[0].endswith("2026")
    assert "Wed 4 March 2026" not in page(cora)


@time_machine.travel(TODAY)
def test_the_list_is_filtered_by_stage_group_arm_and_name(cast: Cast, cora: Client) -> None:
    consented(cast, "P01")
    consented(cast, "P02", "control")
    someone(cast, "P03")
    for query, there in {
        "stage=approached": {"P03"},
        f"cohort={cast.cohort.pk}": {"P01", "P02"},
        "arm=control": {"P02"},
        "find=name+of+p03": {"P03"},
        f"centre={cast.south.pk}": set(),
    }.items():
        found = {row.code for row in cora.get(f"/calm/people/?{query}").context["rows"]}
        assert found == there, query


@time_machine.travel(TODAY)
def test_a_long_list_needs_no_more_queries_than_a_short_one(cast: Cast, cora: Client) -> None:
    def queries_with(numbers: range) -> int:
        for number in numbers:
            consented(cast, f"P{number:03}") if number % 4 else someone(cast, f"P{number:03}")
        page(cora)  # what is read once and kept
        with CaptureQueriesContext(connection) as captured:
            page(cora)
        return len(captured)

    few = queries_with(range(1, 9))
    assert queries_with(range(9, 221)) == few
    with CaptureQueriesContext(connection) as captured:
        queries.standings(cast.study, queries.people_of(cast.staff["coordinator"], cast.study))
    assert len(captured) <= 12


def test_another_centres_people_and_groups_are_not_found(cast: Cast, of_north: Client) -> None:
    consented(cast, "P01", centre=cast.south)
    someone(cast, "P02")
    Cohort.objects.create(study=cast.study, centre=cast.south, key="south", name="South", minimum=4, maximum=6)
    assert [row.code for row in of_north.get("/calm/people/").context["rows"]] == ["P02"]
    for path in ("", "contact/", "answer/", "link/", "screening/", "arm/", "place/", "leaving/"):
        assert of_north.get(f"/calm/people/P01/{path}").status_code == 404, path
        assert of_north.get(f"/calm/people/P02/{path}").status_code in (200, 302), path
    assert of_north.post("/calm/people/P01/link/").status_code == 404
    assert of_north.get("/calm/people/groups/south/").status_code == 404
    assert of_north.post("/calm/people/progress/remove-contact-data/").status_code == 404
    assert not PersonalLink.objects.exists()


def test_someone_can_be_approached_only_for_ones_own_centre(cast: Cast, of_north: Client) -> None:
    given = {"name": "Ben", "email": "b@people.example", "language": "nl", "arm_sought": "training"}
    of_north.post("/calm/people/approach/", given | {"centre": cast.south.pk})
    assert not Participant.objects.exists()
    of_north.post("/calm/people/approach/", given | {"centre": cast.north.pk})
    assert Participant.objects.get().code == "P01"


def test_an_address_known_already_is_refused_with_a_link_and_what_was_typed_is_kept(cast: Cast, cora: Client) -> None:
    someone(cast, "P05")
    given = {"name": "Ben Boer", "email": "P05@people.example", "language": "en", "arm_sought": "training"}
    said = cora.post("/calm/people/approach/", given | {"centre": cast.north.pk}).content.decode()
    assert '<a href="/calm/people/P05/">P05</a>' in said
    assert "Ben Boer" in said


def test_pasted_lines_come_in_all_together(cast: Cast, cora: Client) -> None:
    lines = "Name;E-mail;Phone;Language\nAnna Alders;anna@people.example;06 1;nl\nBen <b>Boer</b>;ben@people.example"
    cora.post("/calm/people/approach/several/", {"lines": lines, "centre": cast.north.pk, "arm_sought": "training"})
    people = Participant.objects.select_related("identity").order_by("code")
    assert [(p.code, p.identity.name, p.identity.language) for p in people] == [
        ("P01", "Anna Alders", "nl"),
        ("P02", "Ben <b>Boer</b>", "en"),
    ]
    assert "<b>Boer" not in page(cora)


def test_one_bad_line_keeps_everybody_out_and_every_problem_is_said(cast: Cast, cora: Client) -> None:
    someone(cast, "P09")
    lines = (
        "Anna, anna@people.example\nBen, not an address\n, c@people.example\nDora, anna@people.example\n"
        'Els, P09@people.example\nFen\x00na, f@people.example\nGijs, g@people.example, 06, xx\n"Hans, h@people.example'
    )
    given = {"lines": lines.replace("\x00", "\x07"), "centre": cast.north.pk, "arm_sought": "training"}
    said = cora.post("/calm/people/approach/several/", given).content.decode()
    for words in (
        "Line 2",
        "Line 3: the name is missing",
        "is also in line 1",
        "already registered in this study",
        "Line 6",
        "Line 7",
    ):
        assert words in said, words
    assert Participant.objects.count() == 1


@time_machine.travel(TODAY)
def test_each_step_has_one_button_from_the_first_call_to_a_place_in_a_group(cast: Cast, cora: Client) -> None:
    someone(cast, "P01")

    def button() -> str:
        return str(cora.get("/calm/people/P01/").context["row"].action_url)

    assert button() == "/calm/people/P01/answer/"
    cora.post(button(), {"reply": "interested", "on": "2026-02-18"})
    assert button() == "/calm/people/P01/screening/"
    judged = {"adult": "yes", "trained": "yes"}
    cora.post(
        button(),
        {f"met_{c}": v for c, v in judged.items()}
        | {f"evidence_{c}": "seen" for c in judged}
        | {f"on_{c}": "2026-02-19" for c in judged},
    )
    assert button() == "/calm/people/P01/link/"
    paper = {"agreed": ["understood", "room"], "given_on": "2026-02-20", "held_by": "Cora, cabinet"}
    cora.post("/calm/people/P01/consent-on-paper/", paper)
    assert button() == "/calm/people/P01/arm/"
    cora.post(button(), {"arm": "training", "sure": "yes"})
    assert button() == "/calm/people/P01/place/"
    cora.post(button(), {"cohort": cast.cohort.pk})
    assert button() == ""
    assert "Questionnaires (0 of 3 completed)" in page(cora, "P01/")


def test_screening_asks_for_the_evidence_and_keeps_what_was_typed(cast: Cast, cora: Client) -> None:
    someone(cast, "P01")
    given = {
        "met_adult": "yes",
        "evidence_adult": "",
        "on_adult": "2026-02-19",
        "evidence_trained": "a certificate of 2019",
    }
    said = cora.post("/calm/people/P01/screening/", given).content.decode()
    assert "Enter the evidence." in said
    assert "a certificate of 2019" in said


def test_opening_the_page_of_a_link_makes_none_and_its_button_shows_the_same_one_again(
    cast: Cast, cora: Client
) -> None:
    eligible(cast, "P01")
    page(cora, "P01/link/")
    assert not PersonalLink.objects.exists()
    first = cora.post("/calm/people/P01/link/").context["address"]
    assert cora.post("/calm/people/P01/link/").context["address"] == first
    assert Event.objects.filter(what="personal link shown").count() == 1
    cora.post("/calm/people/P01/link/end/")
    assert Client().get(first).status_code == 410


def test_a_rule_that_stands_against_it_is_said_in_the_form(cast: Cast, cora: Client) -> None:
    for number in range(1, 8):
        consented(cast, f"P{number:02}")
    last = Participant.objects.get(code="P07")
    last.place.delete()
    said = cora.post("/calm/people/P07/place/", {"cohort": cast.cohort.pk}).content.decode()
    assert "Spring group is full: 6 people" in said
    cora.post("/calm/people/P07/place/", {"cohort": cast.cohort.pk, "override": "sisters"})
    assert Participant.objects.get(code="P07").place.override == "sisters"


def test_the_coordinator_writes_down_that_someone_leaves_the_course_and_goes_on_answering(
    cast: Cast, cora: Client
) -> None:
    consented(cast, "P01")
    cora.post("/calm/people/P01/leaving/", {"what": "course", "reason": "a new job", "answers": "keep"})
    person = Participant.objects.get(code="P01")
    assert [(row.what, row.reason) for row in person.leavings.all()] == [("course", "a new job")]
    assert person.consents.filter(ended_at=None).exists()
    assert "left the course" in page(cora, "P01/")


def test_a_new_group_has_its_sessions_and_teachers(cast: Cast, cora: Client) -> None:
    given = {"name": "Autumn", "centre": cast.north.pk, "starts_on": "2026-09-03", "starts_at": "19:00"}
    cora.post("/calm/people/groups/add/", given | {"teachers": [cast.staff["teacher"].pk]})
    said = page(cora, "groups/autumn/")
    assert all(
        words in said for words in ("Thu 3 September 2026, 19.00", "Thu 17 September 2026, 19.00", "Theo Teacher")
    )


@time_machine.travel("2026-03-03T10:00:00+00:00")
def test_progress_says_which_windows_close_and_on_whom(cast: Cast, cora: Client) -> None:
    consented(cast, "P01")
    closing = cora.get("/calm/people/progress/").context["closing"]
    assert [(one.person.code, one.assessment.id, one.done, one.of) for one, _url in closing] == [("P01", "pre", 0, 3)]
    assert closing[0][0].last_day == date(2026, 3, 4)


@time_machine.travel(TODAY)
def test_the_flow_is_counted_from_what_happened(cast: Cast, cora: Client) -> None:
    consented(cast, "P01")
    consented(cast, "P02")
    actions.note_answer(audit.SERVER, someone(cast, "P03"), "declined", "no time")
    actions.screen(audit.SERVER, someone(cast, "P04"), {"trained": NO})
    someone(cast, "P05")
    _label, boxes = cora.get("/calm/people/progress/").context["flow"][0]
    counts = {str(box.label): box.n for box in boxes}
    assert counts["Approached"] == 5
    assert (counts["Declined"], counts["Not eligible"], counts["Not decided yet"], counts["Consented"]) == (1, 1, 1, 2)
    declined = next(box for box in boxes if box.label == "Declined")
    assert declined.reasons == (("no time", 1),)


def test_of_someone_whose_contact_data_are_gone_the_page_is_read_and_nothing_is_changed(
    cast: Cast, cora: Client
) -> None:
    consented(cast, "P01")
    actions.note_answer(audit.SERVER, someone(cast, "P02"), "declined", "no time")
    with time_machine.travel("2027-06-01"):
        cora = signed_in(cast.staff["coordinator"])
        cora.post("/calm/people/progress/remove-contact-data/")
        for code in ("P01", "P02"):
            said = page(cora, f"{code}/")
            assert "The contact data were removed." in said
            assert "Name of" not in said
            assert cora.post(f"/calm/people/{code}/answer/", {"reply": "interested"}).status_code == 404
        assert "no time" in page(cora, "progress/")


def test_the_list_reads_as_well_in_dutch(cast: Cast) -> None:
    cast.staff["coordinator"].language = "nl"
    cast.staff["coordinator"].save()
    someone(cast)
    assert 'lang="nl"' in page(signed_in(cast.staff["coordinator"]))


def test_only_coordinators_open_these_pages(cast: Cast) -> None:
    someone(cast, "P01")
    for role in ("teacher", "researcher", "data-entry", "safety-contact"):
        client = signed_in(cast.staff[role])
        for path in ("", "P01/", "groups/", "progress/", "approach/"):
            assert client.get(f"/calm/people/{path}").status_code == 404, (role, path)

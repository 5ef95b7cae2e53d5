"""Thirty-nine items answered from 1 to 5 on one page."""

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

ANCHORS = ["never", "rarely", "sometimes", "often", "very often"]
CHOICES = [[code, f"{code} {word}"] for code, word in enumerate(ANCHORS, start=1)]


class C(BaseConstants):
    NAME_IN_URL = "ffmq"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    for n in range(1, 40):
        locals()[f"q{n}"] = models.IntegerField(
            label=f"Item {n}", choices=CHOICES, widget=widgets.RadioSelect, blank=True
        )


class Questions(Page):
    form_model = "player"
    form_fields = [f"q{n}" for n in range(1, 40)]


page_sequence = [Questions]

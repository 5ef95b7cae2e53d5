"""Addresses: what a coordinator sees."""

from django.urls import path

from pilotage.web.coordinator import (
    views_calendar,
    views_certificate,
    views_groups,
    views_joining,
    views_keep_apart,
    views_letters,
    views_people,
    views_person,
    views_progress,
    views_screening,
)

app_name = "coordinator"
urlpatterns = [
    path("", views_people.people, name="people"),
    path("approach/", views_people.approach, name="approach"),
    path("approach/several/", views_people.approach_several, name="approach-several"),
    path("waiting-list/", views_screening.waiting_list, name="waiting-list"),
    path("groups/", views_groups.groups, name="cohorts"),
    path("groups/add/", views_groups.add, name="group-add"),
    path("groups/sequence/make/", views_groups.make_sequence, name="make-sequence"),
    path("groups/<slug:group>/", views_groups.group, name="group"),
    path("groups/<slug:group>/teachers/", views_groups.teachers, name="group-teachers"),
    path("groups/<slug:group>/close/", views_groups.close, name="group-close"),
    path("groups/<slug:group>/pairs/", views_keep_apart.keep_apart, name="keep-apart"),
    path("groups/<slug:group>/calendar/", views_calendar.calendar, name="calendar"),
    path("groups/<slug:group>/sessions/<int:number>/", views_calendar.session, name="session"),
    path("progress/", views_progress.progress, name="monitoring"),
    path("progress/remove-contact-data/", views_progress.remove_contact_data, name="remove-contact-data"),
    path("<slug:code>/", views_person.person, name="person"),
    path("<slug:code>/contact/", views_person.contact, name="contact"),
    path("<slug:code>/answer/", views_person.answer, name="answer"),
    path("<slug:code>/link/", views_person.link, name="link"),
    path("<slug:code>/link/end/", views_person.end_link, name="end-link"),
    path("<slug:code>/certificate/", views_certificate.certificate, name="certificate"),
    path("<slug:code>/letters/", views_letters.letters, name="letters"),
    path("<slug:code>/letters/send/", views_letters.send_letter, name="send-letter"),
    path("<slug:code>/letters/link/", views_letters.send_link, name="send-link"),
    path("<slug:code>/letters/address/", views_letters.trust_address, name="trust-address"),
    path("<slug:code>/screening/", views_screening.screening, name="screening"),
    path("<slug:code>/waiting/", views_screening.wait, name="wait"),
    path("<slug:code>/promote/", views_screening.promote, name="promote"),
    path("<slug:code>/consent-on-paper/", views_joining.paper, name="paper"),
    path("<slug:code>/arm/", views_joining.allocate, name="allocate"),
    path("<slug:code>/place/", views_joining.place, name="place"),
    path("<slug:code>/leaving/", views_joining.leaving, name="leaving"),
]

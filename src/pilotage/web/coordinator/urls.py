"""Addresses: what a coordinator sees."""

from django.urls import path

from pilotage.web.coordinator import (
    groups,
    joining,
    people,
    person,
    progress,
    views_calendar,
    views_certificate,
    views_keep_apart,
    views_letters,
)

app_name = "coordinator"
urlpatterns = [
    path("", people.people, name="people"),
    path("approach/", people.approach, name="approach"),
    path("approach/several/", people.approach_several, name="approach-several"),
    path("waiting-list/", people.waiting_list, name="waiting-list"),
    path("groups/", groups.groups, name="cohorts"),
    path("groups/add/", groups.add, name="group-add"),
    path("groups/sequence/make/", groups.make_sequence, name="make-sequence"),
    path("groups/<slug:group>/", groups.group, name="group"),
    path("groups/<slug:group>/teachers/", groups.teachers, name="group-teachers"),
    path("groups/<slug:group>/close/", groups.close, name="group-close"),
    path("groups/<slug:group>/pairs/", views_keep_apart.keep_apart, name="keep-apart"),
    path("groups/<slug:group>/calendar/", views_calendar.calendar, name="calendar"),
    path("groups/<slug:group>/sessions/<int:number>/", views_calendar.session, name="session"),
    path("progress/", progress.progress, name="monitoring"),
    path("progress/remove-contact-data/", progress.remove_contact_data, name="remove-contact-data"),
    path("<slug:code>/", person.person, name="person"),
    path("<slug:code>/contact/", person.contact, name="contact"),
    path("<slug:code>/answer/", person.answer, name="answer"),
    path("<slug:code>/link/", person.link, name="link"),
    path("<slug:code>/link/end/", person.end_link, name="end-link"),
    path("<slug:code>/certificate/", views_certificate.certificate, name="certificate"),
    path("<slug:code>/letters/", views_letters.letters, name="letters"),
    path("<slug:code>/letters/send/", views_letters.send_letter, name="send-letter"),
    path("<slug:code>/letters/link/", views_letters.send_link, name="send-link"),
    path("<slug:code>/letters/address/", views_letters.trust_address, name="trust-address"),
    path("<slug:code>/screening/", joining.screening, name="screening"),
    path("<slug:code>/waiting/", joining.wait, name="wait"),
    path("<slug:code>/promote/", joining.promote, name="promote"),
    path("<slug:code>/consent-on-paper/", joining.paper, name="paper"),
    path("<slug:code>/arm/", joining.allocate, name="allocate"),
    path("<slug:code>/place/", joining.place, name="place"),
    path("<slug:code>/leaving/", joining.leaving, name="leaving"),
]

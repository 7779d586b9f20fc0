"""Addresses of the ground floor, each behind its door."""

from django.urls import path

from accounts.views import home, invitations, pages, people, trail

app_name = "accounts"

urlpatterns = [
    path("", home.home, name="home"),
    path("acting-for/", home.act_for, name="act-for"),
    path("account/", home.account, name="account"),
    path("people/", people.person_list, name="person-list"),
    path("people/invite/", people.person_invite, name="person-invite"),
    path("people/<int:membership_id>/roles/", people.person_roles, name="person-roles"),
    path("people/<int:membership_id>/end/", people.person_end, name="person-end"),
    path("people/<int:membership_id>/sessions/", people.person_sessions, name="person-sessions"),
    path("people/role-requests/<str:reference>/", people.role_request, name="role-request"),
    path(
        "people/invitations/<str:reference>/approve/",
        people.signatory_approve,
        name="signatory-approve",
    ),
    path(
        "people/invitations/<str:reference>/withdraw/",
        people.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path("invitations/<str:secret>/", invitations.invitation_accept, name="invitation-accept"),
    path("trail/", trail.trail, name="trail"),
    path("installation/", trail.installation, name="installation"),
    path("installation/organisations/new/", trail.organisation_new, name="organisation-new"),
    path("installation/accounts/shut/", trail.account_shut, name="account-shut"),
    path("installation/accounts/<str:reference>/open/", trail.account_open, name="account-open"),
    path("help/", pages.help_page, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("health/", pages.health, name="health"),
]

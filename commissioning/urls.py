"""Addresses of this floor."""

from django.urls import path

from commissioning.views import (
    contracts,
    engagements,
    interests,
    matches,
    notices,
    procurements,
    requests,
)

app_name = "commissioning"

urlpatterns = [
    path("notices/", notices.import_list, name="import-list"),
    path("notices/upload/", notices.notice_upload, name="notice-upload"),
    path("notices/uploads/<str:reference>/", notices.notice_preview, name="notice-preview"),
    path("notices/uploads/<str:reference>/discard/", notices.notice_discard, name="notice-discard"),
    path("notices/imports/<str:reference>/", notices.import_detail, name="import-detail"),
    path("procurements/", procurements.procurement_list, name="procurement-list"),
    path(
        "procurements/<str:reference>/", procurements.procurement_detail, name="procurement-detail"
    ),
    path("contracts/", contracts.contract_list, name="contract-list"),
    path("contracts/new/", contracts.contract_new, name="contract-new"),
    path("contracts/<str:reference>/", contracts.contract_detail, name="contract-detail"),
    path("contracts/<str:reference>/level/", contracts.contract_level, name="contract-level"),
    path(
        "contracts/<str:reference>/correct/<str:field>/",
        contracts.contract_correct,
        name="contract-correct",
    ),
    path(
        "contracts/<str:reference>/corrections/<int:pk>/withdraw/",
        contracts.correction_withdraw,
        name="correction-withdraw",
    ),
    path(
        "contracts/<str:reference>/interests/<str:provider>/",
        interests.interest_declare,
        name="interest-declare",
    ),
    path("interests/", interests.interest_list, name="interest-list"),
    path("interests/<int:pk>/", interests.interest_resolve, name="interest-resolve"),
    path("requests/", requests.request_list, name="request-list"),
    path("requests/<str:reference>/", requests.request_detail, name="request-detail"),
    path(
        "requests/<str:reference>/answers/<str:framework>/<str:code>/",
        requests.answer_edit,
        name="answer-edit",
    ),
    path("matches/", matches.match_list, name="match-list"),
    path("matches/<int:pk>/", matches.match_decide, name="match-decide"),
    path("engagements/", engagements.engagement_list, name="engagement-list"),
    path("engagements/new/", engagements.engagement_new, name="engagement-new"),
    path("engagements/<str:reference>/end/", engagements.engagement_end, name="engagement-end"),
]

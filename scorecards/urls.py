"""Addresses of judgement."""

from django.urls import path

from scorecards.views import lists, rating, reports, scorecards

app_name = "scorecards"
ONE = "scorecards/<str:reference>/"
CRITERION = f"{ONE}criteria/<str:framework>/<str:code>/"

urlpatterns = [
    path("scorecards/", lists.scorecard_list, name="scorecard-list"),
    path("scorecards/csv/", lists.scorecard_csv, name="scorecard-csv"),
    path(
        "contracts/<str:contract_reference>/scorecards/new/",
        scorecards.scorecard_new,
        name="scorecard-new",
    ),
    path(ONE, scorecards.scorecard_detail, name="scorecard-detail"),
    path(f"{ONE}request/", scorecards.scorecard_request, name="scorecard-request"),
    path(
        f"{ONE}return-answers/",
        scorecards.scorecard_return_answers,
        name="scorecard-return-answers",
    ),
    path(f"{ONE}go-on/", scorecards.scorecard_give_up, name="scorecard-give-up"),
    path(f"{ONE}begin/", scorecards.scorecard_begin, name="scorecard-begin"),
    path(f"{ONE}send/", scorecards.scorecard_send, name="scorecard-send"),
    path(f"{ONE}sign-off/", scorecards.scorecard_sign_off, name="scorecard-sign-off"),
    path(
        f"{ONE}return-rating/", scorecards.scorecard_return_rating, name="scorecard-return-rating"
    ),
    path(f"{ONE}trail/", scorecards.scorecard_trail, name="scorecard-trail"),
    path(f"{ONE}report/", reports.report_request, name="report-request"),
    path(CRITERION, rating.rating_edit, name="rating-edit"),
    path(f"{CRITERION}finding/", rating.finding_new, name="finding-new"),
    path(
        f"{ONE}findings/<str:finding_reference>/remove/",
        rating.finding_remove,
        name="finding-remove",
    ),
    path("reports/<str:reference>/", reports.report_detail, name="report-detail"),
    path("reports/<str:reference>/state/", reports.report_state, name="report-state"),
    path("reports/<str:reference>/page/", reports.report_page, name="report-page"),
    path("reports/<str:reference>/pdf/", reports.report_pdf, name="report-pdf"),
    path("reports/<str:reference>/signature/", reports.report_signature, name="report-signature"),
    path("reports/<str:reference>/retry/", reports.report_retry, name="report-retry"),
    path("verify/", reports.verify_report, name="verify"),
    path("verify/certificates/<str:key_id>.pem", reports.certificate, name="certificate"),
]

"""Addresses of judgement."""

from django.urls import path

from scorecards.views import (
    award_documents,
    awards,
    evaluations,
    exclusions,
    lists,
    moderation,
    rating,
    reports,
    results,
    scorecards,
)

app_name = "scorecards"
ONE = "scorecards/<str:reference>/"
LOT = "evaluations/<str:reference>/lots/<int:number>/"
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
    path(f"{LOT}award/", awards.award_detail, name="award-detail"),
    path(f"{LOT}award/recommend/", awards.award_recommend, name="award-recommend"),
    path(f"{LOT}award/return/", awards.award_return, name="award-return"),
    path(f"{LOT}award/approve/", awards.award_approve, name="award-approve"),
    path(f"{LOT}award/release/", awards.award_release, name="award-release"),
    path(f"{LOT}award/notice/", awards.award_notice, name="award-notice"),
    path(f"{LOT}award/challenge/", awards.award_challenge, name="award-challenge"),
    path(f"{LOT}award/contract/", awards.award_enter, name="award-enter"),
    path(f"{LOT}award/end/", awards.award_end, name="award-end"),
    path(f"{LOT}summaries/<str:code>/", awards.summary_preview, name="summary-preview"),
    path(f"{LOT}summaries/<str:code>/edit/", awards.summary_edit, name="summary-edit"),
    path(f"{LOT}summaries/<str:code>/docx/", awards.summary_docx, name="summary-docx"),
    path(
        f"{LOT}report/", award_documents.evaluation_report_request, name="evaluation-report-request"
    ),
    path(
        "exercises/<str:reference>/documents/", award_documents.document_list, name="document-list"
    ),
    path(
        "exercises/<str:reference>/documents/ethics-schedule/",
        award_documents.schedule_request,
        name="schedule-request",
    ),
    path(
        "exercises/<str:reference>/documents/conflicts/<int:number>/",
        award_documents.conflicts_request,
        name="conflicts-request",
    ),
    path("documents/<str:reference>/", award_documents.document_detail, name="document-detail"),
    path("documents/<str:reference>/state/", award_documents.document_state, name="document-state"),
    path("documents/<str:reference>/page/", award_documents.document_page, name="document-page"),
    path("documents/<str:reference>/pdf/", award_documents.document_pdf, name="document-pdf"),
    path("documents/<str:reference>/docx/", award_documents.document_docx, name="document-docx"),
    path(
        "documents/<str:reference>/signature/",
        award_documents.document_signature,
        name="document-signature",
    ),
    path("documents/<str:reference>/retry/", award_documents.document_retry, name="document-retry"),
    path("letters/", award_documents.letter_list, name="letter-list"),
    path("exercises/<str:reference>/test/", results.model_test, name="model-test"),
    path(LOT, evaluations.evaluation_detail, name="evaluation-detail"),
    path(f"{LOT}bids/<str:code>/", evaluations.bid_detail, name="bid-detail"),
    path(f"{LOT}bids/<str:code>/standing/", evaluations.standing_edit, name="standing-edit"),
    path(f"{LOT}bids/<str:code>/exclusion/", exclusions.exclusion_edit, name="exclusion-edit"),
    path(f"{LOT}bids/<str:code>/low-price/", results.low_price, name="low-price"),
    path(f"{LOT}scoring/", evaluations.scoring_detail, name="scoring-detail"),
    path(f"{LOT}scoring/lock/", evaluations.scoring_lock, name="scoring-lock"),
    path(
        f"{LOT}scoring/<str:key>/<str:code>/", evaluations.bid_rating_edit, name="bid-rating-edit"
    ),
    path(f"{LOT}moderation/", moderation.moderation_room, name="moderation-room"),
    path(f"{LOT}moderation/begin/", evaluations.moderation_begin, name="moderation-begin"),
    path(f"{LOT}moderation/reopen-scoring/", moderation.scoring_reopen, name="scoring-reopen"),
    path(f"{LOT}moderation/changes/", moderation.moderation_changes, name="moderation-changes"),
    path(
        f"{LOT}moderation/on/<str:key>/",
        moderation.moderation_criterion,
        name="moderation-criterion",
    ),
    path(
        f"{LOT}moderation/on/<str:key>/<str:code>/",
        moderation.consensus_edit,
        name="consensus-edit",
    ),
    path(f"{LOT}record/", moderation.record_detail, name="record-detail"),
    path(f"{LOT}record/propose/", moderation.record_propose, name="record-propose"),
    path(f"{LOT}record/confirm/", moderation.record_confirm, name="record-confirm"),
    path(f"{LOT}record/reopen/", moderation.record_reopen, name="record-reopen"),
    path(f"{LOT}record/sign/", moderation.record_sign, name="record-sign"),
    path(f"{LOT}consistency/", moderation.consistency_detail, name="consistency-detail"),
    path(f"{LOT}result/", results.result_detail, name="result-detail"),
    path(f"{LOT}result/calculate/", results.result_calculate, name="result-calculate"),
    path(f"{LOT}result/draw/", results.result_draw, name="result-draw"),
    path(f"{LOT}result/replay/", results.result_replay, name="result-replay"),
    path(f"{LOT}result/robustness/", results.result_robustness, name="result-robustness"),
    path(f"{LOT}result/bids/<str:code>/", results.result_bid, name="result-bid"),
]

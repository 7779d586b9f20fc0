"""Addresses of self-assessment and evidence."""

from django.urls import path

from providers.views import answers, evidence, self_assessments

app_name = "providers"

urlpatterns = [
    path("self-assessments/", self_assessments.self_assessment_list, name="self-assessment-list"),
    path(
        "self-assessments/<str:reference>/",
        self_assessments.self_assessment_detail,
        name="self-assessment-detail",
    ),
    path(
        "self-assessments/<str:reference>/check/",
        self_assessments.self_assessment_check,
        name="self-assessment-check",
    ),
    path(
        "self-assessments/<str:reference>/submit/",
        self_assessments.self_assessment_submit,
        name="self-assessment-submit",
    ),
    path(
        "self-assessments/<str:reference>/receipt/",
        self_assessments.self_assessment_receipt,
        name="self-assessment-receipt",
    ),
    path(
        "self-assessments/<str:reference>/answers/<str:framework>/<str:code>/",
        answers.answer_edit,
        name="answer-edit",
    ),
    path(
        "self-assessments/<str:reference>/measures/<str:framework>/<str:code>/",
        answers.measure_edit,
        name="measure-edit",
    ),
    path("evidence/", evidence.evidence_list, name="evidence-list"),
    path("evidence/new/file/", evidence.evidence_new_file, name="evidence-new-file"),
    path("evidence/new/link/", evidence.evidence_new_link, name="evidence-new-link"),
    path("evidence/<str:reference>/", evidence.evidence_detail, name="evidence-detail"),
    path("evidence/<str:reference>/change/", evidence.evidence_change, name="evidence-change"),
    path("evidence/<str:reference>/file/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<str:reference>/picture/", evidence.evidence_picture, name="evidence-picture"),
    path(
        "evidence/<str:reference>/pages/<int:page>/",
        evidence.evidence_picture,
        name="evidence-page",
    ),
]

"""Addresses of this floor."""

from django.urls import path

from principles.views import library, value_sets

app_name = "principles"

EDITION = "frameworks/<slug:framework>/<str:label>/"

urlpatterns = [
    path("frameworks/", library.framework_list, name="framework-list"),
    path(EDITION, library.edition_detail, name="edition-detail"),
    path(f"{EDITION}criteria/<str:code>/", library.criterion_detail, name="criterion-detail"),
    path(f"{EDITION}measures/", library.measure_list, name="measure-list"),
    path(f"{EDITION}measures/<str:code>/", library.measure_detail, name="measure-detail"),
    path(f"{EDITION}value-file/", value_sets.value_file, name="value-file"),
    path("value-sets/", value_sets.value_set_list, name="value-set-list"),
    path("value-sets/add/", value_sets.value_set_add, name="value-set-add"),
    path("value-sets/<str:reference>/", value_sets.value_set_detail, name="value-set-detail"),
    path(
        "value-sets/<str:reference>/withdraw/",
        value_sets.value_set_withdraw,
        name="value-set-withdraw",
    ),
]

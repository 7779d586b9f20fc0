"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("accounts.sign_in_urls")),
    path("", include("principles.urls")),
    path("", include("providers.urls")),
    path("", include("commissioning.urls")),
    path("", include("scorecards.urls")),
    path("", include("accounts.urls")),
]

handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.forbidden"
handler404 = "accounts.views.errors.not_found"
handler500 = "accounts.views.errors.server_error"

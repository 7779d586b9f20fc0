"""The site, with a home page that breaks."""

from django.urls import path

from accounts.access import PUBLIC, door
from config.urls import handler500
from config.urls import urlpatterns as the_site

__all__ = ["handler500", "urlpatterns"]


@door(PUBLIC)
def broken(request):
    raise RuntimeError("a secret detail")


urlpatterns = [path("", broken), *the_site]

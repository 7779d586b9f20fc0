"""Addresses of this floor."""

app_name = "providers"

urlpatterns = []

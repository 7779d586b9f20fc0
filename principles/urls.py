"""Addresses of this floor."""

app_name = "principles"

urlpatterns = []

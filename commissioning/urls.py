"""Addresses of this floor."""

app_name = "commissioning"

urlpatterns = []

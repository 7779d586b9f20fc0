"""Addresses of this floor."""

app_name = "scorecards"

urlpatterns = []

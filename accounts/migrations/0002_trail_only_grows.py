"""The database itself refuses to change or remove a row of the audit trail."""

from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [append_only("accounts_auditevent")]

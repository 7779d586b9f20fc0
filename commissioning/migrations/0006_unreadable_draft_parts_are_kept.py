"""What cannot be read of a draft is kept when it is typed again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0005_contracts_carry_terms")]
    operations = [
        migrations.AddField(
            "biddraftpart", "unreadable", models.BinaryField(blank=True, default=b"")
        ),
    ]

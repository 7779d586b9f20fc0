import accounts.fields
import accounts.references
import django.db.models.deletion
import scorecards.models.award_document
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_trail_only_grows'),
        ('accounts', '__first__'),
        ('commissioning', '0004_what_was_handed_in_is_kept'),
        ('scorecards', '0003_settled_scorecards_keep_their_verdict'),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('texts', models.JSONField(blank=True, default=dict)),
                ('withheld', models.JSONField(blank=True, default=dict)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('bid_lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'assessment summaries',
            },
        ),
        migrations.CreateModel(
            name='AwardDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', accounts.references.ReferenceField(prefix='AD')),
                ('lot_number', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('ethics_schedule', 'Ethics schedule'), ('conflicts_assessment', 'Conflicts assessment'), ('assessment_summary', 'Assessment summary'), ('disregarded_letter', 'Letter to a disregarded tenderer'), ('evaluation_report', 'Evaluation report')], max_length=30)),
                ('is_public', models.BooleanField(default=False)),
                ('content', models.TextField()),
                ('requested_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('bid_lot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.exercise')),
                ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.job')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BidRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion_key', models.CharField(max_length=20)),
                ('rating', accounts.fields.ExactDecimalField(blank=True, max_length=40, null=True)),
                ('rationale', models.TextField(blank=True)),
                ('strengths', models.TextField(blank=True)),
                ('shortcomings', models.TextField(blank=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField()),
                ('locked_at', models.DateTimeField(blank=True, null=True)),
                ('bid_lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['bid_lot', 'criterion_key', 'evaluator'],
                'constraints': [models.UniqueConstraint(fields=('bid_lot', 'criterion_key', 'evaluator'), name='bid_rated_once_by_each'), models.CheckConstraint(condition=models.Q(('locked_at', None), models.Q(('rating__isnull', False), models.Q(('rationale', ''), _negated=True)), _connector='OR'), name='bid_rating_locked_is_complete')],
            },
        ),
        migrations.CreateModel(
            name='BidStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('standing', models.CharField(choices=[('eligible', 'Assessed'), ('conditions_not_met', 'Conditions of participation not met'), ('excluded', 'Supplier excluded'), ('fails_requirements', 'Fails the requirements'), ('abnormally_low', 'Disregarded as abnormally low'), ('procedural_breach', 'Disregarded for a breach of procedure')], max_length=30)),
                ('ground', models.CharField(max_length=300, verbose_name='the rule that was broken or not met')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('bid_lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['eligible', 'conditions_not_met', 'excluded', 'fails_requirements', 'abnormally_low', 'procedural_breach'])), name='standing_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='standing_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LotEvaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lot_number', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('scoring', 'Each evaluator scores alone'), ('moderation', 'Moderation'), ('confirming', 'Members confirm the consensus'), ('quality_signed', 'Consensus on quality signed'), ('calculated', 'Result calculated'), ('recommended', 'Award recommended'), ('approved', 'Award approved'), ('summaries_released', 'Assessment summaries released'), ('standstill', 'Standstill'), ('challenged', 'Challenged'), ('suspended', 'Suspended'), ('entered', 'Contract entered into'), ('not_awarded', 'Not awarded')], default='scoring', max_length=20)),
                ('stage_at', models.DateTimeField()),
                ('recommendation', models.TextField(blank=True)),
                ('standstill_ends_on', models.DateField(blank=True, null=True)),
                ('standstill_exception', models.CharField(blank=True, max_length=60)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('award_notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.exercisenotice')),
                ('exercise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.exercise')),
                ('recommended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['exercise', 'lot_number'],
                'constraints': [models.UniqueConstraint(fields=('exercise', 'lot_number'), name='lot_evaluated_once'), models.CheckConstraint(condition=models.Q(('stage__in', ['scoring', 'moderation', 'confirming', 'quality_signed', 'calculated', 'recommended', 'approved', 'summaries_released', 'standstill', 'challenged', 'suspended', 'entered', 'not_awarded'])), name='lot_stage_known'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('recommended_by')), _negated=True), _connector='OR'), name='lot_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='LotResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('method_version', models.CharField(max_length=20)),
                ('inputs_text', models.TextField()),
                ('outcome_text', models.TextField()),
                ('sha256', models.CharField(max_length=64, verbose_name='hash of the inputs and the outcome')),
                ('made_at', models.DateTimeField()),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='scorecards.lotevaluation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'number'), name='result_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='LotStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=30)),
                ('from_stage', models.CharField(choices=[('scoring', 'Each evaluator scores alone'), ('moderation', 'Moderation'), ('confirming', 'Members confirm the consensus'), ('quality_signed', 'Consensus on quality signed'), ('calculated', 'Result calculated'), ('recommended', 'Award recommended'), ('approved', 'Award approved'), ('summaries_released', 'Assessment summaries released'), ('standstill', 'Standstill'), ('challenged', 'Challenged'), ('suspended', 'Suspended'), ('entered', 'Contract entered into'), ('not_awarded', 'Not awarded')], max_length=20)),
                ('to_stage', models.CharField(choices=[('scoring', 'Each evaluator scores alone'), ('moderation', 'Moderation'), ('confirming', 'Members confirm the consensus'), ('quality_signed', 'Consensus on quality signed'), ('calculated', 'Result calculated'), ('recommended', 'Award recommended'), ('approved', 'Award approved'), ('summaries_released', 'Assessment summaries released'), ('standstill', 'Standstill'), ('challenged', 'Challenged'), ('suspended', 'Suspended'), ('entered', 'Contract entered into'), ('not_awarded', 'Not awarded')], max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by_label', models.CharField(max_length=250)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='scorecards.lotevaluation')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LowTenderInquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.TextField()),
                ('asked_on', models.DateField()),
                ('answer', models.TextField(blank=True, verbose_name='what the bidder showed')),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('can_perform', models.BooleanField(blank=True, null=True)),
                ('decision_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('bid_lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'low tender inquiries',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('can_perform', None), ('decided_at', None), ('decided_by', None)), models.Q(('answered_on__isnull', False), ('can_perform__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='low_tender_decided_after_the_answer')],
            },
        ),
        migrations.CreateModel(
            name='StoredAwardDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=120, upload_to=scorecards.models.award_document.stored_path)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField()),
                ('versions', models.JSONField()),
                ('stored_at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stored', to='scorecards.awarddocument')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='award_documents', to='scorecards.signingkey')),
            ],
        ),
        migrations.CreateModel(
            name='Consensus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion_key', models.CharField(max_length=20)),
                ('rating', accounts.fields.ExactDecimalField(max_length=40)),
                ('reasons', models.TextField(verbose_name='decisive reasons')),
                ('discussion', models.TextField(blank=True, verbose_name='what was discussed, and by whom')),
                ('higher_score', models.TextField(blank=True, verbose_name='what a higher rating would have needed')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('recorded_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('bid_lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consensus_rows', to='scorecards.lotevaluation')),
            ],
            options={
                'verbose_name_plural': 'consensus',
                'ordering': ['evaluation', 'criterion_key', 'bid_lot'],
                'constraints': [models.UniqueConstraint(fields=('bid_lot', 'criterion_key'), name='consensus_recorded_once'), models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='consensus_has_its_reasons')],
            },
        ),
        migrations.CreateModel(
            name='ConsensusConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='scorecards.lotevaluation')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'user', 'sha256'), name='record_confirmed_once_by_each')],
            },
        ),
        migrations.CreateModel(
            name='ConsensusMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_rating', accounts.fields.ExactDecimalField(max_length=40)),
                ('why', models.TextField()),
                ('consensus', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='scorecards.consensus')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['consensus', 'evaluator'],
                'constraints': [models.UniqueConstraint(fields=('consensus', 'evaluator'), name='consensus_move_explained_once'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='consensus_move_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ConsensusRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('rating', accounts.fields.ExactDecimalField(max_length=40)),
                ('reasons', models.TextField()),
                ('discussion', models.TextField(blank=True)),
                ('higher_score', models.TextField(blank=True)),
                ('moves', models.JSONField(default=list)),
                ('recorded_at', models.DateTimeField()),
                ('consensus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='scorecards.consensus')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['consensus', 'revision'],
                'constraints': [models.UniqueConstraint(fields=('consensus', 'revision'), name='consensus_revision_once')],
            },
        ),
        migrations.CreateModel(
            name='LotContract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bid_lot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.bidlot')),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.contract')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='scorecards.lotevaluation')),
            ],
        ),
    ]

"""What the schedule runs."""

from celery import shared_task

from accounts.access import Actor
from commissioning import actions


@shared_task(name="commissioning.remind_of_due_requests")
def remind_of_due_requests() -> int:
    """Remind providers of what is due. Running it again reminds nobody twice."""
    return actions.remind_of_due_requests(actor=Actor.system("reminders"))

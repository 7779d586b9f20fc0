"""The task list of an exercise: sections of tasks, each with where it stands."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.access import Actor
from commissioning import queries
from commissioning.award_model.remarks import Remark, Severity
from commissioning.enums import ExerciseKind, ExerciseState
from commissioning.views._design import ABOUT_LOT_ITSELF, counts_of, place_of

FOR_THE_WRITER = (
    "exercise-settings",
    "exercise-framework",
    "ready-ethics",
    "ready-value",
    "exercise-publish",
)
DONE, TO_DO, OPTIONAL = "Completed", "To do", "Optional"


@dataclass(frozen=True)
class Task:
    """One line. ``colour`` is empty where the status needs no tag."""

    text: str
    url: str
    status: str
    colour: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    tasks: tuple[Task, ...]


def sections(viewer: Actor, exercise, context: dict, blockers: list) -> list[Section]:
    """The tasks of an exercise in the order in which they are best done.

    ``context`` is that of ``page_context``; ``blockers`` stand in the way of publication.
    """
    if exercise.kind == ExerciseKind.DIRECT_AWARD:
        return [_without_competition(viewer, exercise)]
    found = [_basics(exercise, context), _award(exercise, context), _around(exercise, context)]
    if exercise.state == ExerciseState.DESIGN:
        found += [_people(exercise, blockers), _publication(viewer, exercise, blockers)]
    else:
        found.append(_after(viewer, exercise))
    return found if context["may_write"] else [_to_read(exercise, section) for section in found]


def _without_competition(viewer: Actor, exercise) -> Section:
    """The short path: award, terms that the contract carries, team, interests."""
    row = queries.direct_award_of(viewer, exercise)
    fresh = queries.fresh_conflicts_assessment(viewer, exercise) is not None
    return Section(
        "Award without competition",
        (
            Task(
                "Ground, justification and supplier",
                _url(exercise, "direct-award"),
                row.get_state_display() if row else TO_DO,
                "" if row else "blue",
            ),
            Task("Contract terms", _url(exercise, "term-list"), OPTIONAL),
            Task("Team", _url(exercise, "exercise-team"), "Who decides"),
            Task("Interests", _url(exercise, "exercise-interests"), "Everybody declares"),
            Task(
                "Conflicts assessment",
                _url(exercise, "exercise-conflicts"),
                DONE if fresh else TO_DO,
                "" if fresh else "blue",
            ),
        ),
    )


def _to_read(exercise, section: Section) -> Section:
    """A section without the tasks whose pages only its writer opens."""
    shut = {_url(exercise, name) for name in FOR_THE_WRITER}
    return Section(section.title, tuple(task for task in section.tasks if task.url not in shut))


def _basics(exercise, context: dict) -> Section:
    remarks, model = context["remarks"], context["model"]
    of_settings = [one for one in remarks if _leads_to(exercise, one, "exercise-settings")]
    limit = [one for one in remarks if one.code.startswith("lot_limit")]
    of_lots = [
        one for one in remarks if one.code.startswith(ABOUT_LOT_ITSELF) or one.code == "no_lots"
    ]
    tasks = [
        _task(
            exercise,
            "Settings",
            "exercise-settings",
            of_settings,
            waits=not (exercise.tenders_due_at and exercise.subject_matter.strip()),
            hint="Rules, subject-matter, value, dates, how it is run",
        ),
        _task(
            exercise,
            "Lots",
            "lot-list",
            [*of_lots, *limit],
            hint=f"{_count(len(model.lots), 'lot')}; winners, rounding, tie-break, limits",
        ),
    ]
    if exercise.kind == ExerciseKind.CALL_OFF:
        waits = not (exercise.framework_exercise_id or exercise.framework_reference)
        tasks.insert(
            1, _task(exercise, "Framework agreement", "exercise-framework", [], waits=waits)
        )
    return Section("What is bought", tuple(tasks))


def _award(exercise, context: dict) -> Section:
    remarks, model = context["remarks"], context["model"]
    tasks = [
        _task(
            exercise,
            "Scales",
            "scale-list",
            [one for one in remarks if one.code.startswith("scale_") and one.lot_number is None],
            hint=_count(len(model.scales), "scale"),
            waits=not model.scales,
        )
    ]
    for lot in model.lots:
        own = [
            one
            for one in remarks
            if one.lot_number == lot.number and not one.code.startswith(ABOUT_LOT_ITSELF)
        ]
        tasks.append(
            _task(
                exercise,
                f"Award criteria of lot {lot.number}: {lot.title}",
                "lot-criteria",
                own,
                lot.number,
                hint=_count(len(list(lot.tree())), "criterion", "criteria"),
            )
        )
    counts = context["counts"]
    tasks.append(
        Task(
            "Checks",
            _url(exercise, "exercise-checks"),
            f"{_count(counts['errors'], 'error')}, {_count(counts['warnings'], 'warning')}",
            "red" if counts["errors"] else "yellow" if counts["warnings"] else "green",
            "Read as you edit: errors block publication, warnings explain",
        )
    )
    return Section("How it is decided", tuple(tasks))


def _around(exercise, context: dict) -> Section:
    model, remarks = context["model"], context["remarks"]
    no_ethics = any(one.code == "ethics_missing" for one in remarks)
    return Section(
        "What else is asked",
        (
            Task(
                "Conditions of participation",
                _url(exercise, "condition-list"),
                _count(len(model.conditions), "condition"),
            ),
            _task(
                exercise,
                "Contract terms",
                "term-list",
                [one for one in remarks if one.code.startswith("kpi")],
                done=_count(len(model.terms), "term"),
            ),
            Task(
                "Ready section: ethics",
                _url(exercise, "ready-ethics"),
                "Found nowhere yet" if no_ethics else OPTIONAL,
                "yellow" if no_ethics else "",
                "Expectations as conditions, criteria or terms",
            ),
            Task(
                "Ready section: social value",
                _url(exercise, "ready-value"),
                OPTIONAL,
                hint="Measures in pounds, or model award criteria",
            ),
        ),
    )


def _people(exercise, blockers: list) -> Section:
    pages = (
        ("Team", "team", "exercise-team", "Who leads, scores, chairs, opens and approves"),
        ("Interests", "interests", "exercise-interests", "Everyone declares before they see bids"),
        ("Conflicts assessment", "conflicts", "exercise-conflicts", "Now, and with later notices"),
        ("Openers", "openers", "exercise-openers", "Their passphrases, and a rehearsal"),
    )
    return Section("Who decides", tuple(_by_blockers(exercise, blockers, *page) for page in pages))


def _by_blockers(exercise, blockers: list, text: str, page: str, name: str, hint: str) -> Task:
    open_ones = sum(one.page == page for one in blockers)
    status = f"{open_ones} to do" if open_ones else DONE
    return Task(text, _url(exercise, name), status, "blue" if open_ones else "", hint)


def _publication(viewer: Actor, exercise, blockers: list) -> Section:
    invited = queries.invitations_of(viewer, exercise).count()
    ready = "Ready to publish" if not blockers else "Cannot start yet"
    return Section(
        "Publication",
        (
            Task(
                "Providers to invite",
                _url(exercise, "exercise-invitations"),
                f"{invited} invited" if invited else OPTIONAL,
                hint="Open to every provider" if exercise.is_open else "Only those invited may bid",
            ),
            Task(
                "Read the model as bidders will",
                _url(exercise, "exercise-model"),
                OPTIONAL,
            ),
            Task(
                "Publish",
                _url(exercise, "exercise-publish"),
                ready,
                "grey" if blockers else "green",
            ),
        ),
    )


def _after(viewer: Actor, exercise) -> Section:
    amended = "Amendment open" if exercise.amendment_opened_at else ""
    number = queries.versions(viewer, exercise).count()
    tasks = [
        Task(
            "Versions and amendments",
            _url(exercise, "version-list"),
            amended or _count(number, "version"),
            "yellow" if amended else "",
            "What was published, and every change with its reason",
        ),
        Task("Questions and answers", _url(exercise, "exercise-clarifications"), ""),
        Task("Providers invited", _url(exercise, "exercise-invitations"), ""),
        Task("Team", _url(exercise, "exercise-team"), ""),
        Task("Interests", _url(exercise, "exercise-interests"), ""),
        Task("Conflicts assessment", _url(exercise, "exercise-conflicts"), ""),
        Task(
            "Openers and openings",
            _url(exercise, "exercise-openers"),
            "",
            hint="Two of the named openers open together after the deadline",
        ),
    ]
    return Section("Since publication", tuple(tasks))


def _task(
    exercise,
    text: str,
    name: str,
    remarks: list[Remark],
    *args,
    hint: str = "",
    waits: bool = False,
    done: str = DONE,
) -> Task:
    """A task whose status follows from the remarks about it."""
    url = _url(exercise, name, *args)
    counts = counts_of(remarks)
    if counts["errors"]:
        return Task(text, url, f"{counts['errors']} to put right", "red", hint)
    if waits:
        return Task(text, url, TO_DO, "blue", hint)
    if counts["warnings"]:
        return Task(text, url, _count(counts["warnings"], "warning"), "yellow", hint)
    incomplete = any(one.code == "incomplete_as_published" for one in remarks)
    if incomplete:
        return Task(text, url, "Incomplete as published", "purple", hint)
    return Task(text, url, done, "", hint)


def _leads_to(exercise, remark: Remark, name: str) -> bool:
    return (
        remark.severity is not Severity.NOTE
        and remark.lot_number is None
        and place_of(exercise, remark) == _url(exercise, name)
    )


def _url(exercise, name: str, *args) -> str:
    return reverse(f"commissioning:{name}", args=[exercise.reference, *args])


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"

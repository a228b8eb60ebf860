"""What jobs do, step by step; each step does its effect once, however often it is tried."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from awards.domain.errors import AwardsError, NotFound, Refused
from awards.domain.records import Edition, Snapshot
from awards.domain.uploads import Upload
from awards.intake.errors import UnreadableFile
from awards.jobs.tasks import Task, Verb
from awards.sdk.rulebook import RuleBook
from awards.services.acceptance import accept_upload, close_upload
from awards.services.computing import Compute, compute_here
from awards.services.lookup import category_of
from awards.services.robustness import MOST_CANDIDATES, can_be_varied, make_robustness
from awards.services.runs import evaluate_category
from awards.services.sealed import read_run
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores
from awards.services.upload_checks import check_upload, look_at_upload
from awards.storage.errors import StepDone

_FIRMNESS = "firmness"

Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a job: its name on record, and what it is about."""

    job: str
    name: str
    task: Task


@dataclass(frozen=True)
class Bench:
    """The stores and rules that jobs work with, the clock they look at, and what
    computes their runs."""

    stores: Stores
    rulebook: RuleBook
    clock: Callable[[], datetime]
    compute: Compute = compute_here

    def plan(self, task: Task) -> list[str]:
        """The names of the steps of *task*, in order. Raises `AwardsError` for one that
        cannot be begun."""
        if task.verb is not Verb.RUN:
            return [task.verb.value]
        edition = self._edition(task)
        if task.subject != "*":
            codes = [category_of(edition, task.subject).code]
        else:
            codes = [each.code for each in edition.definition.categories]
        return [name for code in codes for name in (code, f"{code}/{_FIRMNESS}")]

    def perform(self, step: Step, tell: Tell) -> str:
        """Do *step*, or find what it did before; the id of what it made.

        Raises `AwardsError` where it is refused; nothing was changed then.
        """
        done = self._done(step)
        if done is not None:
            return self._after(step, done)
        try:
            return self._after(step, self._do(step, tell))
        except StepDone:
            return self._after(step, self._done(step) or "")

    def _do(self, step: Step, tell: Tell) -> str:
        task, edition = step.task, self._edition(step.task)
        if task.verb in (Verb.LOOK, Verb.CHECK, Verb.ACCEPT):
            return self._upload(step, edition, tell)
        stores, act = self._once(step), self._act(task)
        if task.verb is Verb.SNAPSHOT:
            tell("locking")
            return take_snapshot(
                stores, edition, kind=task.subject, rulebook=self.rulebook, act=act
            ).id
        category, _, more = step.name.partition("/")
        tell(step.name)
        if more == _FIRMNESS:
            return self._firmness(stores, edition, category, act)
        snapshot = self._snapshot(edition, category_of(edition, category).kind)
        return evaluate_category(
            stores,
            edition,
            category=category,
            snapshot=snapshot,
            rulebook=self.rulebook,
            act=act,
            compute=self.compute,
        ).seal

    def _firmness(self, stores: Stores, edition: Edition, category: str, act: Act) -> str:
        """The seal of how firm the places of the latest run are; empty where the category
        cannot be varied, or has very many candidates."""
        with stores.database.reading() as records:
            run = records.runs.latest(edition.code, category)
        if run is None:
            return ""
        sealed = read_run(stores, run)
        few = 0 < sealed.manifest["result"]["ranked"] <= MOST_CANDIDATES
        if not few or not can_be_varied(sealed.definition):
            return ""
        rules = edition.definition.robustness
        return make_robustness(stores, run, rules=rules, rulebook=self.rulebook, act=act).seal

    def _upload(self, step: Step, edition: Edition, tell: Tell) -> str:
        upload = self._find(step.task)
        if step.task.verb is Verb.LOOK:
            tell("reading")
            look_at_upload(self.stores, upload, edition, rulebook=self.rulebook)
        elif step.task.verb is Verb.CHECK:
            check_upload(self.stores, upload, edition, rulebook=self.rulebook, tell=tell)
        else:
            tell("importing")
            stores, act = self._once(step), self._act(step.task)
            return accept_upload(stores, upload, edition, rulebook=self.rulebook, act=act)
        return upload.id

    def _after(self, step: Step, outcome: str) -> str:
        """What follows an effect and may be done any number of times."""
        if step.task.verb is Verb.ACCEPT:
            upload = self._find(step.task)
            if upload.made is None:
                close_upload(self.stores, upload, made=outcome)
        return outcome

    def _done(self, step: Step) -> str | None:
        """What the first event of the step was about, where it was done before."""
        with self.stores.database.reading() as records:
            effect = records.effects.find(step.job, step.name)
            return None if effect is None else records.ledger.get(effect.seq).event.subject

    def _once(self, step: Step) -> Stores:
        return replace(self.stores, database=self.stores.database.once(step.job, step.name))

    def _act(self, task: Task) -> Act:
        return Act(by=task.by, at=self.clock())

    def _edition(self, task: Task) -> Edition:
        with self.stores.database.reading() as records:
            return records.editions.get(task.edition)

    def _find(self, task: Task) -> Upload:
        """Raises `Refused` when something else was said about the file meanwhile."""
        upload_id, _, version = task.subject.partition("@")
        with self.stores.database.reading() as records:
            upload = records.uploads.get(upload_id)
        if version and upload.version != int(version):
            raise Refused(f"How {upload.file} is read was changed meanwhile. Check it again.")
        return upload

    def _snapshot(self, edition: Edition, kind: str) -> Snapshot:
        with self.stores.database.reading() as records:
            found = records.snapshots.latest(edition.code, kind)
        if found is None:
            raise NotFound(f"No data of {kind!r} are locked yet. Lock them, then start the run.")
        return found


def words_of_refusal(error: AwardsError) -> dict[str, str]:
    """Why something was refused, by language."""
    return dict(error.reason) if isinstance(error, UnreadableFile) else {"en": str(error)}

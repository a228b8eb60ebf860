"""Compute runs on Spark, where one machine does not do."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from awards.evaluation.culprits import refuse_unsteady
from awards.evaluation.errors import RunRefused
from awards.evaluation.manifest import Written
from awards.evaluation.pipeline import evaluate
from awards.sdk.rulebook import RuleBook
from awards.services.computing import Task, write_evaluation


class OnSpark:
    """A `Compute` that has its rows worked on by the Spark at *address*.

    *shared* is a folder that this machine and all workers see under the same name. Rules
    are turned into Spark's expressions in this process; Spark's own limits hold for them.
    Raises `RunRefused` also where Spark is not installed, does not start, or does not
    agree with Polars.
    """

    def __init__(self, address: str, *, shared: Path | None = None) -> None:
        self._address, self._shared = address, shared

    def __call__(self, task: Task, *, rulebook: RuleBook, folder: Path) -> Written:
        if find_spec("pyspark") is None:
            raise RunRefused(
                "Spark is not installed. Install awards[spark] and Java, or evaluate on Polars: "
                "--engine polars"
            )
        # Importing it takes half a second and needs what only an extra installs.
        from awards.evaluation.engines.spark import Spark, spark_session  # noqa: PLC0415

        table, history = task.read(), task.read_history()
        refuse_unsteady(table, task.definition, rulebook=rulebook, history=history)
        with TemporaryDirectory(dir=self._shared) as place, spark_session(self._address) as session:
            evaluation = evaluate(
                table,
                task.definition,
                rulebook=rulebook,
                history=history,
                engine=Spark(session, Path(place)),
            )
            return write_evaluation(evaluation, task.definition, folder=folder)

"""Run every benchmark: ``python -m benchmarks [--rounds N]``."""

from benchmarks import evaluation, intake_xlsx, population, robustness

if __name__ == "__main__":
    evaluation.main()
    intake_xlsx.main()
    population.main()
    robustness.main()

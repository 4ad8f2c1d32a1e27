"""Many jobs on two spawned processes: what one worker has loaded serves all its briefs."""

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from analysis.briefs.jobs import Job
from analysis.briefs.reading import Look, watched
from analysis.errors import SelarasError
from analysis.policy import load_rulebook
from analysis.settings import Run

_WORKERS = 2
_ALONE = 3  # fewer briefs than this are not worth starting processes for


def render_all(
    jobs: Sequence[Job],
    run: Run,
    folder: Path,
    kernel: str,
    done: Callable[[Job, str, list[Look]], None],
) -> list[tuple[Job, SelarasError]]:
    """Render every job into `folder`; `done(job, headline, looks)` is called as each is finished.

    Returns the jobs that failed with their errors: one broken brief does not stop the others. A worker
    that dies fails its batch, whose jobs are then rendered here, one by one.
    """
    if len(jobs) < _ALONE:
        return [failed for job in jobs if (failed := _here(job, run, folder, kernel, done))]
    failures, lost = [], []
    # never fork: Typst's threads would be gone in the child
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_WORKERS, mp_context=context) as pool:
        waiting = {pool.submit(_render, job, run, folder, kernel): job for job in jobs}
        for future in as_completed(waiting):
            job = waiting[future]
            try:
                done(job, *future.result())
            except SelarasError as error:
                failures.append((job, error))
            except BrokenProcessPool:
                lost.append(job)
    again = [_here(job, run, folder, kernel, done) for job in sorted(lost, key=lambda j: j.stem)]
    return failures + [failed for failed in again if failed]


def _here(job: Job, run: Run, folder: Path, kernel: str, done) -> tuple[Job, SelarasError] | None:
    try:
        done(job, *_render(job, run, folder, kernel))
    except SelarasError as error:
        return job, error
    return None


def _render(job: Job, run: Run, folder: Path, kernel: str) -> tuple[str, list[Look]]:
    from analysis.briefs.rendering import render

    with watched() as looks:
        headline = render(job, run, load_rulebook(run.overlays), folder, kernel)
    return headline, sorted(looks)

"""Run a notebook inside this process: papermill's engine `lokal`, for batches.

A kernel of its own costs each brief a process, two imports of everything and a socket; here one IPython
shell serves a whole batch and its user namespace is emptied between notebooks. The real kernel
(`--kernel nbclient`) stays the reference; tests/briefs/test_kernels.py holds the outputs equal.
ploomber-engine does the same, but has been unmaintained since 2024 and reports usage over the network.
"""

import contextlib
import os
import sys
from collections.abc import Iterator

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode, from_dict
from papermill.engines import Engine, papermill_engines
from traitlets.config import Config

NAME = "lokal"


def _output(kind: str, **content: object) -> NotebookNode:
    """As nbformat's new_output, without checking each against the schema: papermill checks the whole."""
    return from_dict({"output_type": kind, **content})


class _Publisher(DisplayPublisher):
    """display(...) → the running cell's outputs."""

    outputs: list

    def publish(self, data, metadata=None, *, transient=None, update=False, **_) -> None:
        self.outputs.append(_output("display_data", data=data, metadata=metadata or {}))

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):
    """The value of a cell's last expression → the running cell's outputs."""

    outputs: list

    def flush(self) -> None:
        """As the base class, without collecting garbage twice a notebook (.2 s each)."""
        self.shell.user_ns.get("_oh", {}).clear()

    def write_output_prompt(self) -> None:
        """No prompt: it is in the output's count."""

    def write_format_data(self, format_dict, md_dict=None) -> None:
        self.outputs.append(
            _output(
                "execute_result",
                data=format_dict,
                metadata=md_dict or {},
                execution_count=self.prompt_count,
            )
        )


class _Stream:
    """What a cell prints, joined with what it printed just before."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: list) -> None:
        self.name, self.outputs = name, outputs

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else None
        if text and last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        elif text:
            self.outputs.append(_output("stream", name=self.name, text=text))
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False


_INLINE = "module://matplotlib_inline.backend_inline"
_CONFIG = Config()
_CONFIG.HistoryManager.enabled = False  # no database of what was run


class _Shell(InteractiveShell):
    display_pub_class = _Publisher
    displayhook_class = _Hook

    def _showtraceback(self, etype, evalue, stb) -> None:
        """The error goes into the notebook, not onto the terminal."""


class InProcessEngine(Engine):
    """papermill engine: cells run in this process, one after the other, in an empty namespace."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **_) -> None:
        """Run all cells; the first that fails ends the notebook as papermill expects."""
        with _quiet_process():
            shell = _Shell.instance(config=_CONFIG)
            shell.reset(new_session=True)
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code" and cell.source.strip():
                    failure = _run(shell, cell)
                    if failure is not None:
                        nb_man.cell_exception(cell, index, exception=failure)
                        break
                nb_man.cell_complete(cell, index)
            shell.reset(new_session=False)


def _run(shell: _Shell, cell) -> BaseException | None:
    outputs: list = []
    shell.display_pub.outputs = shell.displayhook.outputs = outputs
    with (
        contextlib.redirect_stdout(_Stream("stdout", outputs)),
        contextlib.redirect_stderr(_Stream("stderr", outputs)),
    ):
        result = shell.run_cell(cell.source, store_history=True)
    failure = result.error_before_exec or result.error_in_exec
    if failure is not None:
        outputs.append(
            _output("error", ename=type(failure).__name__, evalue=str(failure), traceback=[])
        )
    cell.outputs, cell.execution_count = outputs, result.execution_count
    return failure


@contextlib.contextmanager
def _quiet_process() -> Iterator[None]:
    """IPython puts itself in place of __main__ and its hooks; a pool's worker needs its own back."""
    main, hook = sys.modules["__main__"], sys.displayhook
    backend = os.environ.get("MPLBACKEND")
    os.environ["MPLBACKEND"] = _INLINE
    if "matplotlib" in sys.modules:  # reads the variable only as it is imported
        sys.modules["matplotlib"].use(_INLINE)
    os.environ.setdefault("IPYTHONDIR", os.path.join(os.path.expanduser("~"), ".ipython"))
    try:
        yield
    finally:
        sys.modules["__main__"], sys.displayhook = main, hook
        if backend is None:
            os.environ.pop("MPLBACKEND", None)
        else:
            os.environ["MPLBACKEND"] = backend


def register() -> str:
    """Make the engine known to papermill; returns its name."""
    papermill_engines.register(NAME, InProcessEngine)
    return NAME

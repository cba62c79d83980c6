"""Jupyter's own tests of kernels (jupyter_kernel_test), for the ordinary kernel and for the warm one."""

import json
import os

import jupyter_kernel_test
import pytest
from jupyter_client.kernelspec import KernelSpecManager

from mutu.kernels.choice import ORDINARY, WARM, provisioner
from mutu.kernels.provisioner import warm_up
from mutu.kernels.standby import Forked

NAMES = {ORDINARY: "uji-biasa", WARM: "uji-hangat"}


@pytest.fixture(scope="module", autouse=True)
def specs(tmp_path_factory):
    """The installed kernel under two names, started by one provisioner each."""
    folder = tmp_path_factory.mktemp("jupyter")
    installed = KernelSpecManager().get_kernel_spec("python3").to_dict()
    for provisioned, name in NAMES.items():
        place = folder / "kernels" / name
        place.mkdir(parents=True)
        metadata = {**installed["metadata"], "kernel_provisioner": {"provisioner_name": provisioned}}
        (place / "kernel.json").write_text(json.dumps({**installed, "metadata": metadata}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder))
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        yield


class Suite(jupyter_kernel_test.KernelTests):
    """What the suite needs to know of Python."""

    __test__ = False
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = ({"text": "zi", "matches": {"zip"}},)
    complete_code_samples = (
        "1",
        "print('hello, world')",
        "def f(x):\n  return x*2\n\n\n",
    )
    incomplete_code_samples = (
        "print('''hello",
        "def f(x):\n  x*2",
    )
    invalid_code_samples = ("import = 7q",)
    code_page_something = "zip?"
    code_generate_error = "raise"
    code_execute_result = (
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
    )
    code_display_data = (
        {"code": "from IPython.display import HTML, display; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": "from IPython.display import Math, display; display(Math('\\\\frac{1}{2}'))", "mime": "text/latex"},
    )
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "search")  # ranges of the present session fail for every ipykernel
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


class TestOrdinary(Suite):
    """Shows that the suite passes at all."""

    __test__ = True
    kernel_name = NAMES[ORDINARY]


@pytest.mark.skipif(provisioner() != WARM, reason="this system cannot fork a loaded process")
class TestWarm(Suite):
    """The same."""

    __test__ = True
    kernel_name = NAMES[WARM]

    @classmethod
    def setUpClass(cls):
        """Be sure that it is forked."""
        warm_up(os.environ)
        super().setUpClass()
        assert isinstance(cls.km.provisioner.process, Forked)

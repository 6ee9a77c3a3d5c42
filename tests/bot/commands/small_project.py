"""A project of three small packages that the real `quicksell` script sets up in seconds, with the real pip, offline."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "quicksell"
version = "0.1.0"
"""

BACKEND = """\
import zipfile
from pathlib import Path

NAME = "quicksell-0.1.0"
FILES = {
    "here.pth": str(Path.cwd()),
    f"{NAME}.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: small\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    f"{NAME}.dist-info/METADATA": "Metadata-Version: 2.1\\nName: quicksell\\nVersion: 0.1.0\\n",
    f"{NAME}.dist-info/entry_points.txt": "[console_scripts]\\nquicksell = program:main\\n",
    f"{NAME}.dist-info/RECORD": "",
}

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(Path(wheel_directory) / f"{NAME}-py3-none-any.whl", "w") as wheel:
        for name, text in FILES.items():
            wheel.writestr(name, text)
    return f"{NAME}-py3-none-any.whl"
"""

PROGRAM = """\
import os, signal, sys
from importlib.metadata import distributions

def main():
    print(sys.argv[1:])
    print(os.getcwd())
    print(sorted(f"{each.name} {each.version}" for each in distributions() if each.name.startswith("small")))
    if sys.argv[1:] == ["stay"]:
        sys.stdout.flush()
        signal.pause()
    return 7
"""


class SmallProject:
    """A checkout with the real script and small packages."""

    def __init__(self, folder: Path) -> None:
        """Lay it out."""
        self.folder = folder / "a shop ñ"
        self.wheels = folder / "wheels"
        self.folder.mkdir(parents=True)
        self.wheels.mkdir()
        shutil.copy(ROOT / "quicksell", self.folder)
        (self.folder / "pyproject.toml").write_text(PYPROJECT)
        (self.folder / "backend.py").write_text(BACKEND)
        (self.folder / "program.py").write_text(PROGRAM)
        self.lock("requirements-build.lock", small_build="1")
        self.lock("requirements.lock", small_run="1")
        self.lock("requirements-test.lock", small_run="1", small_test="1")

    @property
    def script(self) -> Path:
        """The script."""
        return self.folder / "quicksell"

    def lock(self, file: str, **versions: str) -> None:
        """Make packages and have a lock file ask for them.

        Args:
            file: The lock file.
            versions: Each package's version.
        """
        lines = [
            f"{name}=={version} \\\n    --hash=sha256:{self._make(name, version)}\n"
            for name, version in versions.items()
        ]
        (self.folder / file).write_text("".join(lines))

    def _make(self, name: str, version: str) -> str:
        """Make a package and give its hash."""
        wheel = self.wheels / f"{name}-{version}-py3-none-any.whl"
        files = {
            f"{name}.py": "",
            f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
            f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{name}-{version}.dist-info/RECORD": "",
        }
        with zipfile.ZipFile(wheel, "w") as out:
            for path, text in files.items():
                out.writestr(zipfile.ZipInfo(path), text)
        return hashlib.sha256(wheel.read_bytes()).hexdigest()

    def start(
        self,
        *arguments: str,
        script: Path | None = None,
        cwd: Path | None = None,
        before: tuple[str, ...] = (),
        **changed: str,
    ) -> "subprocess.Popen[str]":
        """Run the script.

        Args:
            arguments: Its arguments.
            script: What to call it by, where not by its own path.
            cwd: From where.
            before: The path of a program that shall become it, with its arguments.
            changed: Variables of its environment that differ.
        """
        environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull} | changed
        return subprocess.Popen(
            [*before, script or self.script, *arguments],
            cwd=cwd or self.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

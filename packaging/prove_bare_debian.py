#!/usr/bin/env python3
"""Proves that First Light's commands need nothing but Python 3.11 on a bare Debian 12. Run it as root.

    packaging/prove_bare_debian.py                  the README's two commands: dev.py, dev.py test
    packaging/prove_bare_debian.py setup "test -k x"    other dev.py commands instead

It builds a minimal Debian, clones the committed state into it, and runs each command twice there, as root and
without a display; first, as a user without root rights, it tries the line that dev.py tells that user to type.
The settings of the host's apt and pip (mirrors, proxies, certificates) are asked from apt and pip themselves.
Everything is mounted in a mount namespace of its own, so the kernel clears it away however this ends.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUITE = "bookworm"
INSIDE = "FIRSTLIGHT_PROOF_FOLDER"
CLONE = "/home/first-light"
CERTIFICATES = "/etc/proof-certificates.pem"
README_COMMANDS = ["", "test"]


def output_of(*command: str) -> str:
    """Return what a command prints; nothing if it fails."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def step(text: str) -> None:
    """Print one line about the step that starts now."""
    print(f"== {text}", flush=True)


# --- what the host's apt and pip are set to -------------------------------------------------------------------


def debian_sources() -> list[tuple[str, str]]:
    """Return (address, suite) of the Debian archives the host's apt uses; none on another system."""
    lines = output_of(
        "apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"
    )
    found = [line.split() for line in lines.splitlines()]
    return sorted({(address, suite) for address, suite, part in found if part == "main" and suite.startswith(SUITE)})


def pip_settings() -> dict[str, str]:
    """Return pip's effective settings as the environment variables that mean the same."""
    settings = {}
    listed = output_of(sys.executable, "-m", "pip", "config", "list").splitlines()
    for line in sorted(listed, key=lambda line: line.startswith(":env:")):  # the environment wins
        name, _, value = line.partition("=")
        key = "PIP_" + name.rpartition(".")[2].upper().replace("-", "_")
        settings[key] = value.strip("'\"").replace("\\n", " ")
    return settings


def certificate_file(settings: dict[str, str]) -> Path | None:
    """Return the certificates the host trusts, if they are in one file."""
    candidates = (settings.get("PIP_CERT"), os.environ.get("SSL_CERT_FILE"), ssl.get_default_verify_paths().cafile)
    return next((Path(name) for name in candidates if name and Path(name).is_file()), None)


# --- the bare machine -----------------------------------------------------------------------------------------


def build_system(folder: Path) -> dict[str, str]:
    """Make the bare Debian in `folder` and return the environment its commands run with."""
    sources = debian_sources()
    mirror = [address for address, suite in sources if suite == SUITE][:1]
    step(f"building a minimal Debian {SUITE} with python3")
    build = ["debootstrap", "--variant=minbase", "--include=python3", SUITE, str(folder), *mirror]
    built = subprocess.run(build, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if built.returncode != 0:
        sys.exit(built.stdout[-2000:])
    if sources:
        lines = [f"deb {address} {suite} main\n" for address, suite in sources]
        (folder / "etc/apt/sources.list").write_text("".join(lines), encoding="utf-8")
    settings = pip_settings()
    connect_to_host(folder, settings)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder) + CLONE], check=True)
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", **settings}


def connect_to_host(folder: Path, settings: dict[str, str]) -> None:
    """Give the bare system devices, name lookup, and the host's settings of apt and pip."""
    subprocess.run(["mount", "--rbind", "/dev", str(folder / "dev")], check=True)  # with the terminals below it
    subprocess.run(["mount", "-t", "proc", "proc", str(folder / "proc")], check=True)
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copyfile("/" + name, folder / name)
    acquire = [line for line in output_of("apt-config", "dump").splitlines() if line.startswith("Acquire::")]
    certificates = certificate_file(settings)
    if certificates:
        shutil.copyfile(certificates, str(folder) + CERTIFICATES)
        settings["PIP_CERT"] = CERTIFICATES
        acquire.append(f'Acquire::https::CaInfo "{CERTIFICATES}";')
    (folder / "etc/apt/apt.conf.d/90host").write_text("\n".join(acquire) + "\n", encoding="utf-8")
    for place in local_places(settings):
        inside = Path(str(folder) + str(place))
        inside.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", "-o", "ro", str(place), str(inside)], check=True)
    constraints = Path(settings.get("PIP_CONSTRAINT", ""))
    if constraints.is_file():
        inside = Path(str(folder) + str(constraints))
        inside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(constraints, inside)


def local_places(settings: dict[str, str]) -> list[Path]:
    """Return the host's folders that pip's settings point to."""
    named = re.findall(r"(?:file://|(?<!\S))(/\S+)", " ".join(settings.values()))
    # The pages of a local index, by custom in "simple", link to the packages beside them.
    places = {Path(name).parent if Path(name).name == "simple" else Path(name) for name in named}
    return sorted(place for place in places if place.is_dir())


class BareMachine:
    """Runs commands in the bare system and remembers how they ended."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self.results: list[tuple[str, bool, float]] = []

    def run(self, command: str, user: str = "root", expected: int = 0) -> str:
        """Run a shell command in the clone, show and return its output, note exit code and time."""
        step(f"as {user}: {command}")
        begun = time.monotonic()
        process = subprocess.Popen(
            ["chroot", f"--userspec={user}", str(self._folder), "sh", "-c", f"cd {CLONE} && {command}"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        assert process.stdout
        lines = []
        for line in process.stdout:
            print("   " + line, end="", flush=True)
            lines.append(line)
        code, seconds = process.wait(), time.monotonic() - begun
        step(f"exit code {code} after {seconds:.1f} s")
        self.results.append((f"{user}: {command}", code == expected, seconds))
        return "".join(lines)


def prove(folder: Path, commands: list[str]) -> int:
    """Run the proof in `folder` and print what came out."""
    machine = BareMachine(folder, build_system(folder))
    told = machine.run("python3 dev.py setup", user="nobody:nogroup", expected=1)
    typed = re.search(r"^ +su - -c (.+)$", told, re.MULTILINE)
    line = shlex.split(typed[1])[0] if typed else "echo dev.py printed no line to type; false"
    machine.run(line.replace("apt-get install", "apt-get install --simulate") + " >/dev/null")
    machine.run("apt-get clean; rm -rf /var/lib/apt/lists/*")  # as empty as a container image
    for command in commands:
        for _time in ("first", "second"):
            machine.run(f"python3 dev.py {command}".strip())
    print()
    for what, good, seconds in machine.results:
        print(f"{'ok    ' if good else 'FAILED'} {seconds:7.1f} s  {what[:100]}")
    return 0 if all(good for _what, good, _seconds in machine.results) else 1


def main(arguments: list[str]) -> int:
    """Start again inside a namespace of our own; remove the folder afterwards."""
    inside = os.environ.get(INSIDE)
    if inside:
        return prove(Path(inside), arguments or README_COMMANDS)
    missing = [name for name in ("debootstrap", "unshare", "git") if not shutil.which(name)]
    if os.geteuid() != 0 or missing:
        sys.exit(f"This proof needs root{' and ' + ', '.join(missing) if missing else ''}.")
    folder = tempfile.mkdtemp(prefix="first-light-proof-")
    Path(folder).chmod(0o755)
    own = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    try:
        again = [*own, sys.executable, str(Path(__file__).resolve()), *arguments]
        return subprocess.run(again, env={**os.environ, INSIDE: folder}, check=False).returncode
    finally:
        subprocess.run(["rm", "--recursive", "--force", "--one-file-system", folder], check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Asks a service whether pinned packages have known faults: ``python .ci/audit.py REQUIREMENTS...``.

Exit status 1 where one has. Where the service cannot be reached, or knows nothing of a package, that is said and is no
failure: a machine without the internet must be able to run the checks.
"""

import json
import subprocess
import sys
from collections.abc import Sequence

_SECONDS = 600


def audited(requirements: Sequence[str]) -> tuple[int, str]:
    """What pip-audit finds of the packages in these files, as :func:`told` has it."""
    files = [part for name in requirements for part in ("--requirement", name)]
    # Every version is pinned, so nothing has to be resolved or installed.
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "--format",
        "json",
        *files,
    ]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return 0, "Known faults: not checked. The service did not answer in time."
    return told(run.stdout, run.stderr)


def told(output: str, errors: str) -> tuple[int, str]:
    """The exit status and the words for what pip-audit printed."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (errors.strip().splitlines() or ["no answer"])[-1]
        return 0, f"Known faults: not checked. {reason}"
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    known = [one for one in packages if "skip_reason" not in one]
    faults = [(one, fault) for one in known for fault in one["vulns"]]
    if not known:
        return 0, f"Known faults: not checked. The service knows none of the {len(unknown)} packages."
    lines = [f"Known faults: {len(faults)} in {len(known)} packages."]
    lines += [
        f"  {one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for one, fault in faults
    ]
    if unknown:
        lines.append(f"Not checked, as the service does not know them: {', '.join(sorted(unknown))}.")
    return 1 if faults else 0, "\n".join(lines)


if __name__ == "__main__":
    status, words = audited(sys.argv[1:])
    print(words)
    sys.exit(status)

"""All faults there are, and how each is made in a folder of its own."""

import shutil
import traceback
from pathlib import Path

from benchmarks.faults import council, of_builds, of_clients, of_disks, of_files, of_surroundings
from benchmarks.faults.fault import Fault, NotHere, Saw

TABLES = {
    "Files of the index": of_files.FAULTS,
    "Builds, and processes killed": of_builds.FAULTS,
    "Disks": of_disks.FAULTS,
    "Models, clocks, files and folders that are wanting": of_surroundings.FAULTS,
    "Clients": of_clients.FAULTS,
}


def made(fault: Fault, prepared: Path, place: Path) -> Saw | str:
    """Make one fault in a folder of its own; what was seen, or why it cannot be made here."""
    shutil.copytree(prepared, place)
    saw = Saw()
    try:
        fault.run(place, saw)
    except NotHere as reason:
        return str(reason)
    except Exception as error:  # what nobody foresaw is a finding as well
        saw.that(f"{type(error).__name__}: {error}", False)
        traceback.print_exc()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return saw


def made_of(heading: str, number: int, prepared: Path, place: Path) -> Saw | str:
    """The same of one fault of a table, by its number: what another process can be told."""
    return made(TABLES[heading][number], prepared, place)


def prepare(place: Path) -> Path:
    """A folder with versions 1 and 2 indexed, the second serving."""
    for version in (1, 2):
        council.publish(place, version)
    return place

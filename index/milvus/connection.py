"""The one door to pymilvus: rows in, rows out, and its errors as ours."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.files.generations import IndexUnusable
from index.milvus.schema import DIVISIONS, Ann, Collection, Kind

# The environment variable that an address's token is read from: "user:password", or an API key.
TOKEN_VARIABLE = "MILVUS_TOKEN"  # a name  # nosec B105

# Seconds that a question may take, and the one which generation serves. Without a limit the library tries for minutes
# where nobody answers, and a person waits for the page that says so.
PATIENCE, GLANCE = 10.0, 2.0
# And a step of a build, which is longer: a cluster may ask to be sent rows more slowly.
STEP = 300.0
# Seconds in which what was sent is indexed and loaded: hundreds of millions of vectors take hours.
_READY_IN = 48 * 3600.0
# And in which the last of it is on disk.
_ON_DISK_IN = 3600.0
# Between two looks at whether it is: at first, and at most.
_FIRST_LOOK, _LAST_LOOK = 0.005, 5.0

# A build encodes for minutes and asks nothing meanwhile: some servers close a connection that makes itself heard then.
_QUIET = {"grpc.keepalive_permit_without_calls": False}

# The most rows of one answer, of Milvus: https://milvus.io/docs/limitations.md
MOST_ROWS = 16_384
# Bytes of rows sent at once. Milvus takes 64 MB.
_PORTION = 16_000_000

Row = dict[str, Any]
_T = TypeVar("_T")


class MilvusUnusable(IndexUnusable):
    """Milvus cannot be reached, or refuses what it is asked; the text says which, and what to do."""


class Connection:
    """A Milvus that answers, to be used from any number of threads."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self.address = address

    @classmethod
    def open(cls, uri: str, token: str = "") -> Self:  # no token  # nosec B107
        """Connect to ``uri`` ("http://host:19530", a database's name behind it if need be).

        Raises :class:`MilvusUnusable`, also where pymilvus is not installed.
        """
        try:
            import pymilvus
        except ImportError as error:
            raise MilvusUnusable(
                f"pymilvus cannot be imported ({error}). Install it with: pip install -r requirements-milvus.txt"
            ) from error
        # What fails is told once, as an exception; the library would log it with its trace besides.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        address = _without_secrets(uri)
        if not uri.startswith(("http://", "https://")):
            raise MilvusUnusable(
                f"{address!r} is not the address of a Milvus. Give one such as http://localhost:19530, and a token, "
                f"where it needs one, in the environment variable {TOKEN_VARIABLE}."
            )
        client = _asked(
            lambda: pymilvus.MilvusClient(uri=uri, token=token, timeout=PATIENCE, grpc_options=_QUIET), address
        )
        connection = cls(client, address)
        connection.names()
        return connection

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    @property
    def server(self) -> str:
        """What answers, by its own account."""
        return str(self._ask(self._client.get_server_version))

    def names(self) -> list[str]:
        """The names of all collections."""
        return list(self._ask(self._client.list_collections))

    def create(self, name: str, collection: Collection) -> None:
        """An empty collection, to be filled and then made ``ready``."""
        import pymilvus

        schema = pymilvus.MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        for field in collection.fields:
            kind, element = _kind(field.kind), _kind(field.element) if field.element else None
            options: Row = {"is_primary": field.primary, "is_partition_key": field.partition}
            if field.length:
                options["max_length"] = field.length
            if field.dimension:
                options["dim"] = field.dimension
            if element is not None:
                options |= {"element_type": element, "max_capacity": field.capacity}
            if field.words:
                options |= {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
            if field.matched:
                options["enable_match"] = True
            schema.add_field(field.name, kind, **options)
        for vector, of in collection.bm25.items():
            schema.add_function(pymilvus.Function(vector, pymilvus.FunctionType.BM25, [of], [vector]))
        divided = {"num_partitions": DIVISIONS} if any(field.partition for field in collection.fields) else {}
        self._ask(
            self._client.create_collection,
            name,
            schema=schema,
            **divided,
            properties={"mmap.enabled": "true"},  # what is large is read from the disk of the cluster's nodes
            consistency_level="Bounded",
        )

    def insert(self, name: str, rows: Sequence[Row]) -> None:
        """Add rows, as many at a time as Milvus takes."""
        for portion in _portions(rows):
            self._ask(self._client.insert, name, portion, timeout=STEP)

    def ready(self, name: str, collection: Collection, rows: int) -> None:
        """Have all that was added on disk, its indexes built, and the collection answer; there are ``rows`` rows."""
        self._ask(self._client.flush, name, timeout=_ON_DISK_IN)
        parameters = self._client.prepare_index_params()
        for index in collection.indexes(rows):
            options = {"metric_type": index.metric, "params": dict(index.parameters)} if index.metric else {}
            parameters.add_index(index.field, index_type=index.kind, **options)
        self._ask(self._client.create_index, name, parameters, timeout=STEP, sync=False)
        for index in collection.indexes(rows):
            self._wait(partial(self._is_indexed, name, index.field), f"{index.field} of {name}")
        self._ask(self._client.load_collection, name, timeout=STEP, _async=True)
        self._wait(partial(self._is_loaded, name), name)

    def drop(self, name: str) -> None:
        """Remove a collection and all its rows."""
        self._ask(self._client.drop_collection, name)

    def point(self, alias: str, name: str) -> None:
        """Have ``alias`` stand for the collection of this name, at once and whatever it stood for."""
        change = self._client.create_alias if self.pointed(alias) is None else self._client.alter_alias
        self._ask(change, name, alias)

    def unpoint(self, alias: str) -> None:
        """Have ``alias`` stand for nothing."""
        if self.pointed(alias) is not None:
            self._ask(self._client.drop_alias, alias)

    def pointed(self, alias: str) -> str | None:
        """The name of the collection that an alias stands for; None if there is no such alias."""
        from pymilvus.exceptions import MilvusException

        def look() -> str | None:
            try:
                return str(self._client.describe_alias(alias, timeout=GLANCE)["collection_name"])
            except MilvusException as error:
                if error.code in _NO_ALIAS:
                    return None
                raise

        return _asked(look, self.address)

    def count(self, name: str, where: str = "", *, all_visible: bool = False) -> int:
        """How many rows meet a condition. ``all_visible`` waits until whatever was added is seen."""
        found = self._ask(
            self._client.query,
            name,
            filter=where,
            output_fields=["count(*)"],
            consistency_level="Strong" if all_visible else "Bounded",
        )
        return int(found[0]["count(*)"])

    def rows(self, name: str, where: str, fields: Sequence[str], most: int = MOST_ROWS) -> list[Row]:
        """The rows that meet a condition, in no order; ``most`` of them, any, where there are more."""
        found = self._ask(self._client.query, name, filter=where, output_fields=list(fields), limit=most)
        return [dict(row) for row in found]

    def nearest(
        self, name: str, ann: Ann, vector: NDArray[np.float32], where: str, top: int, fields: Sequence[str]
    ) -> list[Row]:
        """The fields of the rows nearest to a vector, nearest first."""
        return self._searched(name, ann, [vector.tolist()], where, top, fields)

    def best(self, name: str, ann: Ann, words: str, where: str, top: int, fields: Sequence[str]) -> list[Row]:
        """The fields of the rows that hold any of these words, best first by the engine's own BM25."""
        return self._searched(name, ann, [words], where, top, fields)

    def _searched(self, name: str, ann: Ann, data: list[Any], where: str, top: int, fields: Sequence[str]) -> list[Row]:
        top = min(top, MOST_ROWS)
        found = self._ask(
            self._client.search,
            name,
            data=data,
            anns_field=ann.field,
            filter=where,
            limit=top,
            output_fields=list(fields),
            search_params={"metric_type": ann.metric, "params": ann.searching(top)},
        )
        return [dict(hit["entity"]) for hit in found[0]]

    def _is_indexed(self, name: str, field: str) -> bool:
        told = self._ask(self._client.describe_index, name, field, timeout=STEP)
        if told.get("state") == "Failed":
            reason = told.get("index_state_fail_reason") or "it gives no reason"
            raise MilvusUnusable(f"Milvus cannot index {field} of {name}: {reason}. Look at its logs, and build again.")
        return told.get("state") == "Finished" and not int(told.get("pending_index_rows") or 0)

    def _is_loaded(self, name: str) -> bool:
        return str(self._ask(self._client.get_load_state, name, timeout=STEP)["state"]) == "Loaded"

    def _wait(self, ready: Callable[[], bool], what: str) -> None:
        """Until something is ready."""
        pause, started = _FIRST_LOOK, time.monotonic()
        while not ready():
            if time.monotonic() - started > _READY_IN:
                raise MilvusUnusable(f"{what} is not ready after two days. See how the Milvus at {self.address} is.")
            time.sleep(pause)
            pause = min(2 * pause, _LAST_LOOK)

    def _ask(self, call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        options.setdefault("timeout", PATIENCE)
        return _asked(lambda: call(*arguments, **options), self.address)


# What Milvus answers where an alias is not there: 1600 of a cluster, 100 of the small server.
_NO_ALIAS = (1600, 100)
# And where nobody answers at all, or not in time: the library's own code, and those of gRPC.
_UNREACHABLE = 2


def _asked(ask: Callable[[], _T], address: str) -> _T:
    """What Milvus answers; ``MilvusUnusable`` where it does not."""
    from grpc import RpcError
    from pymilvus.exceptions import MilvusException

    try:
        return ask()
    except MilvusException as error:
        said = " ".join(str(error.message).split())
        if error.code == _UNREACHABLE or not isinstance(error.code, int) or "timeout" in said.casefold():
            raise MilvusUnusable(_unreachable(address, said)) from error
        raise MilvusUnusable(f"Milvus at {address} refused what it was asked: {said}") from error
    except (RpcError, OSError) as error:
        raise MilvusUnusable(_unreachable(address, " ".join(str(error).split())[:200])) from error


def _unreachable(address: str, said: str) -> str:
    return (
        f"Milvus at {address} does not answer ({said}). See that it runs and can be reached from here; "
        f"if it asks for a token, put it into the environment variable {TOKEN_VARIABLE}."
    )


def _without_secrets(uri: str) -> str:
    """The address as it may be shown: without what stands before an @, and behind the path."""
    parts = urlsplit(uri)
    if not parts.netloc:
        return uri.rpartition("@")[2]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _kind(kind: Kind) -> Any:
    import pymilvus

    return getattr(pymilvus.DataType, kind.name)


def _portions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    portion: list[Row] = []
    size = 0
    for row in rows:
        portion.append(row)
        size += _size(row)
        if size >= _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _size(row: Mapping[str, Any]) -> int:
    """About how many bytes a row takes on its way."""
    return sum(4 * len(value) if isinstance(value, (str, list, np.ndarray)) else 8 for value in row.values())

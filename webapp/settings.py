"""What whoever runs the service chooses: a file of settings, and the secrets that are kept out of it.

``python -m webapp --settings FILE`` reads a TOML file of these tables, each of which may be left out; docs/deploying.md
has one to start from. A setting that is unknown or wrong stops the server before it listens, with every mistake named.
"""

import os
import tomllib
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

SHORTEST_SECRET = 32
# Where secrets are: in the variable itself, or in the file that the variable with this ending names.
SECRET_KEY = "ASSISTANT_SECRET_KEY"  # a name  # nosec B105
CLIENT_SECRET = "ASSISTANT_OPENID_CLIENT_SECRET"  # a name  # nosec B105
_IN_A_FILE = "_FILE"
# A key that anyone can guess has fewer different characters than this.
_FEWEST_DIFFERENT = 10


class SettingsWrong(ValueError):
    """The settings, or a secret, cannot be used; the text names every mistake and says what to do."""


def _network(value: object) -> IPv4Network | IPv6Network:
    return ip_network(str(value), strict=False)


Network = Annotated[IPv4Network | IPv6Network, BeforeValidator(_network)]


class _Table(BaseModel):
    """A table of the file: what it does not know is a mistake, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Service(_Table):
    """What the service is called, who provides it, and where to write to them."""

    name: str = Field(default="Inspection documents", min_length=1, max_length=60)
    organisation: str = Field(default="", max_length=100)
    contact: str = Field(default="", max_length=100, pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")


class Limits(_Table):
    """How much may be asked. What a client may ask is counted for each address that requests come from."""

    questions_a_minute: int = Field(default=120, ge=1)
    requests_a_minute: int = Field(default=600, ge=1)
    answered_at_once: int = Field(default=4, ge=1, le=64)
    waiting: int = Field(default=100, ge=0, le=1_000)  # each holds a thread
    longest_wait_seconds: float = Field(default=5.0, gt=0, le=60)


class Privacy(_Table):
    """For how many days questions are kept: 0, the default, keeps none."""

    keep_questions_days: int = Field(default=0, ge=0, le=365)


class Proxy(_Table):
    """The reverse proxies in front, by address or network, and the headers in which they say who asks.

    Headers from any other address are dropped. ``user`` and ``groups`` are left empty where the proxy signs nobody in.
    """

    addresses: tuple[Network, ...] = ()
    user: str = ""
    groups: str = ""

    def trusts(self, address: str) -> bool:
        """Whether requests that come straight from an address come from one of the proxies."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self.addresses)

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.user) != bool(self.groups):
            raise ValueError("name both headers, user and groups, or neither")
        if self.user and not self.addresses:
            raise ValueError("name the addresses of the proxies whose headers are believed")
        return self


class OpenID(_Table):
    """Signing in with OpenID Connect: the provider's issuer, and the claim that holds a person's groups."""

    issuer: str = Field(default="", pattern=r"^(https://\S+|http://127\.0\.0\.1[:/]\S*)?$")
    client_id: str = ""
    groups_claim: str = "groups"

    @model_validator(mode="after")
    def _both(self) -> Self:
        if bool(self.issuer) != bool(self.client_id):
            raise ValueError("give both issuer and client_id, or neither")
        return self


class Groups(_Table):
    """The groups, as the proxy or the provider names them, whose people may see what is not public."""

    members: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()


class Metrics(_Table):
    """Where metrics are served, apart from the pages; port 0, the default, serves none."""

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)


class Settings(_Table):
    """All that is chosen."""

    service: Service = Service()
    limits: Limits = Limits()
    privacy: Privacy = Privacy()
    proxy: Proxy = Proxy()
    openid: OpenID = OpenID()
    groups: Groups = Groups()
    metrics: Metrics = Metrics()

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if self.openid.issuer and self.proxy.user:
            raise ValueError("people sign in with openid or at the proxy: choose one of the two")
        return self


USUAL = Settings()


def read(path: Path) -> Settings:
    """The settings of a file; :class:`SettingsWrong` with every mistake in it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsWrong(f"{path} is not a TOML file: {error}") from error
    except OSError as error:
        raise SettingsWrong(f"{path} cannot be read ({error.strerror}). Name another with --settings.") from error
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        mistakes = [f"  - {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise SettingsWrong(f"{path} has mistakes to put right:\n" + "\n".join(mistakes)) from error


def secret(variable: str) -> str:
    """The secret that an environment variable holds, or the file that the variable ending in _FILE names; or "".

    Raises :class:`SettingsWrong` where the file cannot be read.
    """
    if named := os.environ.get(variable + _IN_A_FILE):
        try:
            return Path(named).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsWrong(f"The file that {variable}{_IN_A_FILE} names cannot be read: {error}") from error
    return os.environ.get(variable, "")


def check_key(key: str) -> None:
    """Refuse a key too weak to sign a cookie with: :class:`SettingsWrong`."""
    make = 'Make one with: python -c "import secrets; print(secrets.token_hex(32))"'
    if len(key) < SHORTEST_SECRET:
        raise SettingsWrong(f"The secret key has {len(key)} characters and must have {SHORTEST_SECRET} or more. {make}")
    if len(set(key)) < _FEWEST_DIFFERENT:
        raise SettingsWrong(f"The secret key repeats a few characters, so it can be guessed. {make}")

"""What the file of settings may say, and what becomes of a mistake in it or of a weak secret."""

from pathlib import Path

import pytest

from webapp import settings
from webapp.settings import Settings, SettingsWrong


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    assert settings.read(written(tmp_path, "")) == Settings()


def test_a_file_is_read(tmp_path: Path) -> None:
    chosen = settings.read(
        written(
            tmp_path,
            """
            [service]
            organisation = "Westmarch Council"
            contact = "records@westmarch.example"
            [proxy]
            addresses = ["127.0.0.1", "10.1.0.0/16", "::1"]
            user = "X-Remote-User"
            groups = "X-Remote-Groups"
            [groups]
            officers = ["SG-Childrens-Officers"]
            [privacy]
            keep_questions_days = 30
            """,
        )
    )
    assert chosen.service.organisation == "Westmarch Council"
    assert chosen.service.name == "Inspection documents"
    assert chosen.groups.officers == ("SG-Childrens-Officers",)
    assert chosen.privacy.keep_questions_days == 30


@pytest.mark.parametrize(
    ("address", "trusted"),
    [("127.0.0.1", True), ("10.1.200.3", True), ("::1", True), ("10.2.0.1", False), ("", False), ("proxy", False)],
    ids=str,
)
def test_a_proxy_is_known_by_its_address(address: str, trusted: bool) -> None:
    proxy = settings.Proxy(addresses=("127.0.0.1", "10.1.0.0/16", "::1"))  # type: ignore[arg-type]
    assert proxy.trusts(address) is trusted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[service", "is not a TOML file"),
        ("[limits]\nwaiting = -1\nquestions_a_minute = 0", "limits.questions_a_minute"),
        ("[privacy]\nkeep = 3", "privacy.keep"),
        ("[proxy]\naddresses = ['everywhere']", "proxy.addresses"),
        ("[proxy]\naddresses = ['127.0.0.1']\nuser = 'X-User'", "name both headers"),
        ("[proxy]\nuser = 'X-User'\ngroups = 'X-Groups'", "name the addresses"),
        ("[openid]\nissuer = 'https://login.example'", "give both issuer and client_id"),
        ("[openid]\nissuer = 'http://login.example'\nclient_id = 'a'", "openid.issuer"),
        (
            "[openid]\nissuer = 'https://login.example'\nclient_id = 'a'\n"
            "[proxy]\naddresses = ['::1']\nuser = 'U'\ngroups = 'G'",
            "choose one of the two",
        ),
        ("[service]\ncontact = 'nobody'", "service.contact"),
    ],
    ids=[
        *("no TOML", "numbers", "unknown", "address", "one header", "no addresses"),
        *("no client", "not https", "two ways in", "contact"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsWrong, match=said):
        settings.read(written(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="cannot be read"):
        settings.read(tmp_path / "none.toml")


def test_a_secret_is_in_a_variable_or_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "from the variable")
    assert settings.secret("A_SECRET") == "from the variable"
    (tmp_path / "secret").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))
    assert settings.secret("A_SECRET") == "from the file"
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingsWrong, match="A_SECRET_FILE names cannot be read"):
        settings.secret("A_SECRET")


@pytest.mark.parametrize("key", ["x" * 31, "x" * 64, "secret" * 10], ids=["short", "one letter", "a word again"])
def test_a_key_that_can_be_guessed_is_refused(key: str) -> None:
    with pytest.raises(SettingsWrong, match="Make one with"):
        settings.check_key(key)

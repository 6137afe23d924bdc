import pytest

from tests.network.noticing import known_papers


@pytest.fixture
def papers(monkeypatch):
    return known_papers(monkeypatch)

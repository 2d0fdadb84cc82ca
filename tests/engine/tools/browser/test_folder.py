import os

import pytest

from engine.tools.browser.folder import LocalFolder
from engine.tools.browser.watch import Watch
from engine.tools.registry import ToolError

KEYS = """# Keys

F1 opens the help.

## Stopping

Escape stops the answer. See [the start](start.md) or [the tour](guide/tour.txt).
"""
START = "# Getting started\n\nPress Enter to send a prompt. The answer appears above.\n"
TOUR = "A tour of the themes. Themes have colours.\n\nEach theme is a file.\n"
PAGE = "<title>Voice</title><p>Hold F2 to speak. <a href='../keys.md'>Keys</a>"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "pages"
    (root / "guide").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "keys.md").write_text(KEYS)
    (root / "start.md").write_text(START)
    (root / "guide" / "tour.txt").write_text(TOUR)
    (root / "guide" / "voice mode.html").write_text(PAGE)
    (root / ".git" / "secret.md").write_text("escape theme prompt secret")
    (root / "notes.py").write_text("escape theme prompt secret")
    (tmp_path / "outside.md").write_text("escape theme prompt secret")
    (root / "link.md").symlink_to(tmp_path / "outside.md")
    os.mkfifo(root / "pipe.md")
    return LocalFolder(root, "Help pages")


def found(folder, query, count=10):
    return [result.url for result in folder.search(query, count, Watch(5))]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("how do I stop the answer?", "local://help-pages/keys.md"),
        ("ESCAPE", "local://help-pages/keys.md"),
        ("colour of a theme", "local://help-pages/guide/tour.txt"),
        ("speak", "local://help-pages/guide/voice%20mode.html"),
        ("send prompts", "local://help-pages/start.md"),
        ("getting started", "local://help-pages/start.md"),
    ],
)
def test_the_document_that_a_question_is_about_comes_first(folder, query, first):
    assert found(folder, query)[0] == first


def test_what_no_document_has_is_not_found(folder):
    assert found(folder, "quantum chromodynamics") == []
    assert found(folder, "?!") == []
    assert found(folder, "secret") == []


def test_as_many_are_returned_as_are_wanted(folder):
    assert len(found(folder, "the answer themes speak", 2)) == 2


def test_a_result_shows_the_passage(folder):
    (result,) = folder.search("escape", 10, Watch(5))
    assert result.title == "Keys"
    assert result.summary == "Escape stops the answer. See the start or the tour."
    assert result.passage.startswith("Escape stops")


def test_what_is_written_under_a_heading_belongs_to_it(folder):
    (folder.root / "long.md").write_text(
        "# Long\n\nIt wobbles a lot.\n\n## Frobs\n\nEvery one wobbles here.\n\n"
        "## Other\n\nIt wobbles.\n"
    )
    (result,) = folder.search("wobbling frobs wobbles", 10, Watch(5))
    assert result.passage == "Every one wobbles here."


def test_changes_are_seen_at_once(folder):
    assert found(folder, "zebra") == []
    (folder.root / "zoo.md").write_text("A zebra.")
    assert found(folder, "zebra") == ["local://help-pages/zoo.md"]
    (folder.root / "zoo.md").write_text("A giraffe, much longer.")
    assert found(folder, "zebra") == []
    assert found(folder, "giraffe") == ["local://help-pages/zoo.md"]
    (folder.root / "zoo.md").unlink()
    assert found(folder, "giraffe") == []


def test_writing_without_blanks_is_found(folder):
    (folder.root / "ja.md").write_text("# 設定\n\n主題の色を変更します。\n")
    assert found(folder, "色の変更") == ["local://help-pages/ja.md"]


def test_a_document_is_read(folder):
    document = folder.read("local://help-pages/guide/voice%20mode.html#part")
    assert document.content == PAGE.encode()
    assert document.url == "local://help-pages/guide/voice%20mode.html"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.md",
        "%2e%2e/outside.md",
        "guide/../../outside.md",
        "link.md",
        "/etc/hosts.md",
        ".git/secret.md",
        "notes.py",
        "pipe.md",
        "guide",
        "nothing.md",
        "a\x00b.md",
        "keys.md/x",
        "x" * 5000 + ".md",
    ],
)
def test_nothing_else_is_read(folder, path):
    with pytest.raises(ToolError, match="there is no document"):
        folder.read(f"local://help-pages/{path}")


def test_its_own_url_lists_the_documents(folder):
    document = folder.read("local://help-pages")
    assert document.content.decode().split("\n")[2:] == [
        "- [keys.md](keys.md)",
        "- [start.md](start.md)",
        "- [guide/tour.txt](guide/tour.txt)",
        "- [guide/voice mode.html](guide/voice%20mode.html)",
    ]


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("local://help-pages/keys.md", True),
        ("LOCAL://help-pages/none.md", True),
        ("local://help-pages", True),
        ("local://help-pages#x", True),
        ("local://help-pages-2/keys.md", False),
        ("local://other/keys.md", False),
        ("https://help-pages/keys.md", False),
    ],
)
def test_it_knows_its_own(folder, url, holds):
    assert folder.holds(url) == holds


def test_a_document_can_be_opened_by_the_person(folder):
    file = folder.root / "guide" / "voice mode.html"
    assert folder.path_of("local://help-pages/guide/voice%20mode.html") == file
    assert folder.path_of("local://help-pages/link.md") is None
    assert folder.path_of("local://other/keys.md") is None
    assert folder.url_of("guide/voice mode.html") == "local://help-pages/guide/voice%20mode.html"
    assert folder.url_of("../outside.md") is None


def test_a_folder_that_is_not_there_has_nothing(tmp_path):
    folder = LocalFolder(tmp_path / "none")
    assert found(folder, "x") == []
    with pytest.raises(ToolError):
        folder.read("local://local/x.md")


def test_a_search_can_be_stopped(folder):
    watch = Watch(5)
    watch.stop()
    with pytest.raises(ToolError, match="stopped"):
        folder.search("escape", 10, watch)


def test_what_pages_leave_open_is_filled_in_where_they_are_read(tmp_path):
    (tmp_path / "keys.md").write_text("# Keys\n\nAll stand in {file}.\n\n{table}\n")
    (tmp_path / "other.md").write_text("# Other\n\nCtrl is a key, and so is Enter.\n")
    filled = {"{file}": "/etc/keys", "{table}": "| Enter | sends |"}

    def fill(text):
        for mark, filling in filled.items():
            text = text.replace(mark, filling)
        return text

    folder = LocalFolder(tmp_path, "help", fill)
    [found] = folder.search("all stand", 1, Watch(5))
    assert found.passage == "All stand in /etc/keys."
    assert b"| Enter | sends |" in folder.read(found.url).content
    # What is filled in is not what a page is about.
    assert folder.search("enter", 1, Watch(5))[0].title == "Other"

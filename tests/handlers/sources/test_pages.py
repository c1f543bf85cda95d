"""The pages about sources: written from the modules, and what there is to copy from them works at the real door."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.http.edge import Edge
from handlers.listeners.app import build_app
from handlers.terminal.settings import read_settings
from handlers.world import World
from sandbox.demo import cast
from store import cases
from tests.handlers.http.served import Served
from tests.write_source_pages import FOLDER, block, pages

PAGES = sorted(FOLDER.glob("*.md"))
TOKEN = "a-token-of-these-pages"


@pytest.mark.long
@pytest.mark.parametrize("file", pages())
def test_page_says_what_the_code_says(file: str) -> None:
    assert (FOLDER / file).read_text(encoding="utf-8") == pages()[file], "run python -m tests.write_source_pages"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_leads_only_to_what_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.name != "README.md" and f"({page.name})" not in index] == []


@pytest.fixture
def door(world: World) -> Iterator[Served]:
    secrets = {"generic": cast.INTAKE_SECRET, "json": TOKEN, "google-forms": TOKEN}
    served = Served(Edge(world, build_app(world), secrets, None))
    yield served
    served.close()


def read(page: str) -> str:
    return (FOLDER / page).read_text(encoding="utf-8")


def run(program: str, code: str, door: Served, *arguments: str, **more: str) -> str:
    """What a program of a page prints; skipped where this machine lacks what it is written in."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    told = {"AMENDS_URL": f"http://127.0.0.1:{door.port}", "INTAKE_SECRET": cast.INTAKE_SECRET, "AMENDS_TOKEN": TOKEN}
    done = subprocess.run(
        [program, *arguments, code], env={**os.environ, **told, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("program", "kind", "way"), [("bash", "sh", "-c"), ("node", "javascript", "-e"), ("python3", "python", "-c")]
)
def test_signing_example_opens_a_case(program: str, kind: str, way: str, door: Served) -> None:
    answer = json.loads(run(program, block(read("signing.md"), kind), door, way))
    assert (answer["case"], answer.get("ignored"), answer.get("unread")) == (1, None, None)


def posted(door: Served, body: bytes, **headers: str) -> dict[str, Any]:
    answer = door.asks("POST", "/intake/json", body, authorization=f"Bearer {TOKEN}", **headers)
    assert answer.status == 201, answer.body
    return dict(json.loads(answer.body))


def taken(answer: Mapping[str, Any]) -> bool:
    """Whether it is a case, and all that was sent was understood."""
    return (answer["case"], "ignored" in answer, "unread" in answer) == (1, False, False)


def test_fields_of_the_zapier_page_are_all_read(door: Served) -> None:
    told = json.loads(block(read("zapier.md"), "json"))
    assert taken(posted(door, json.dumps(told).encode()))
    again = door.asks("POST", "/intake/json", urlencode(told).encode(), authorization=f"Bearer {TOKEN}")
    assert again.status == 200, "a Zap that runs twice tells one thing"


def test_form_fields_of_the_make_page_are_all_read(door: Served) -> None:
    told = dict(re.findall(r"^ *\| `(\w+)` \| `?(.*?)`? \|$", read("make.md"), re.MULTILINE))
    assert '"never again", &' in told["comment"]
    assert taken(posted(door, urlencode(told).encode(), **{"content-type": "application/x-www-form-urlencoded"}))


def test_node_of_the_n8n_page_sends_what_is_read(door: Served) -> None:
    (node,) = json.loads(block(read("n8n.md"), "json"))["nodes"]
    brought = {"id": "k-1", "rating": 1, "comment": "Never came", "name": "Ana", "email": "ana@example.org"}
    brought |= {"order": "8812", "created_at": "2026-01-05T09:40:00Z"}
    told = {
        pair["name"]: brought[path[1]]
        if (path := re.fullmatch(r"=\{\{ \$json\.(\w+) }}", pair["value"]))
        else pair["value"]
        for pair in node["parameters"]["bodyParameters"]["parameters"]
    }
    assert (node["parameters"]["method"], node["parameters"]["url"][-12:]) == ("POST", "/intake/json")
    assert taken(posted(door, json.dumps(told).encode()))


def test_any_other_source_can_be_tried_without_slack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = read("any-other.md")
    (tmp_path / "policy.toml").write_text(block(page, "toml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    command = re.search(r"^(.*) python bot\.py web$", page, re.MULTILINE)
    assert command is not None
    settings = read_settings(dict(pair.split("=", 1) for pair in command[1].split()))
    assert (settings.secrets, settings.port) == ({"pling": "anything"}, 3000)
    assert '"http://127.0.0.1:3000/intake/pling" -H "Authorization: Bearer anything"' in page


# What Google has at hand for a script, as far as the page's script asks for it; fetching waits for its answer, as there.
GOOGLE = """
const {execFileSync} = require('node:child_process');
const kept = {AMENDS_URL: process.env.AMENDS_URL + '/intake/google-forms', AMENDS_TOKEN: process.env.AMENDS_TOKEN};
const PropertiesService = {getScriptProperties: () => ({
  getProperty: key => kept[key], getProperties: () => kept, setProperty: (key, value) => { kept[key] = value; },
  deleteProperty: key => { delete kept[key]; }})};
const UrlFetchApp = {fetch: (url, asked) => {
  const headers = Object.entries({...asked.headers, 'Content-Type': asked.contentType}).flatMap(([name, value]) => ['-H', name + ': ' + value]);
  const said = execFileSync('curl', ['-s', '-w', '\\n%{http_code}', ...headers, '--data-binary', asked.payload, url]).toString();
  return {getResponseCode: () => Number(said.slice(said.lastIndexOf('\\n'))), getContentText: () => said};
}};
const item = (title, kind, answer, best) => ({getResponse: () => answer, getItem: () => ({
  getTitle: () => title, getType: () => kind, asScaleItem: () => ({getUpperBound: () => best})})});
const response = {getId: () => 'r-1', getTimestamp: () => new Date('2026-01-05T10:00:00Z'), getRespondentEmail: () => 'ana@example.org',
  getItemResponses: () => [item('How was your order?', 'SCALE', '2', 5), item('What went wrong?', 'PARAGRAPH_TEXT', 'Soup cold')]};
const FormApp = {getActiveForm: () => ({getResponse: () => response})};
"""


@pytest.mark.long
def test_google_script_posts_and_tries_again(door: Served) -> None:
    story = """
    const right = kept.AMENDS_TOKEN;
    kept.AMENDS_TOKEN = 'wrong'; console.error = () => {};
    onResponse({response});
    const owed = Object.keys(kept).filter(key => key.startsWith('owed-'));
    kept.AMENDS_TOKEN = right;
    retry();
    console.log(JSON.stringify([owed, Object.keys(kept).length, post(response)]));
    """
    said = run("node", GOOGLE + block(read("google-apps-script.md"), "javascript") + story, door, "-e")
    assert json.loads(said) == [["owed-r-1"], 2, True]
    answer = door.asks("GET", "/intake/google-forms")
    assert answer.status == 200


def blocks_of_php() -> list[str]:
    return re.findall(r"```php\n(.*?)```", read("php-and-wordpress.md"), re.DOTALL)


def test_php_page_sends_what_is_read(door: Served, tmp_path: Path) -> None:
    (tmp_path / "form.php").write_text(blocks_of_php()[0], encoding="utf-8")
    assert run("php", str(tmp_path / "form.php"), door) == "taken"


# The few functions of WordPress that the plugin calls.
WORDPRESS = """<?php
define('AMENDS_URL', getenv('AMENDS_URL')); define('AMENDS_TOKEN', getenv('AMENDS_TOKEN'));
$hooks = []; $later = [];
function add_action($name, $call, $when = 10) { global $hooks; $hooks[$name] = $call; }
function wp_json_encode($value) { return json_encode($value); }
function is_wp_error($answer) { return $answer === null; }
function wp_remote_retrieve_response_code($answer) { return $answer; }
function wp_schedule_single_event($at, $hook, $given) { global $later; $later[] = [$hook, $given]; }
function wp_remote_post($url, $asked) {
    $heads = array_map(fn($name, $value) => "$name: $value", array_keys($asked['headers']), $asked['headers']);
    $request = curl_init($url);
    curl_setopt_array($request, [CURLOPT_POST => true, CURLOPT_POSTFIELDS => $asked['body'], CURLOPT_HTTPHEADER => $heads, CURLOPT_RETURNTRANSFER => true]);
    $said = curl_exec($request);
    fwrite(STDERR, (string) $said);
    return $said === false ? null : curl_getinfo($request, CURLINFO_RESPONSE_CODE);
}
class WPCF7_Submission {
    static function get_instance() { return new self; }
    function get_posted_data() { return ['rating' => '1', 'comment' => 'It said "never"', 'your-name' => 'Ida', 'your-email' => 'ida@example.org', 'order' => '8813']; }
    function get_posted_data_hash() { return 'a1'; }
}
function get_comment($id) { return (object) ['comment_type' => 'review', 'comment_content' => 'Arrived broken', 'comment_author' => 'Ana',
    'comment_author_email' => 'ana@example.org', 'comment_post_ID' => 4]; }
function get_comment_meta($id, $key, $single) { return '1'; }
function get_the_title($id) { return 'Vase blue'; }
"""


def test_wordpress_plugin_sends_forms_and_reviews(door: Served, tmp_path: Path, world: World) -> None:
    plugin = blocks_of_php()[1].removeprefix("<?php\n")
    story = "\n$hooks['wpcf7_before_send_mail'](null); $hooks['comment_post'](7); echo count($later);"
    (tmp_path / "plugin.php").write_text(WORDPRESS + plugin + story, encoding="utf-8")
    assert run("php", str(tmp_path / "plugin.php"), door) == "0"
    found = world.store.read(lambda tx: cases.load_many(tx, [1, 2]))
    said = [(case.feedback[0].customer.name, case.feedback[0].order_ref, case.feedback[0].unread) for case in found]
    assert said == [("Ida", "8813", ()), ("Ana", None, ("product",))]

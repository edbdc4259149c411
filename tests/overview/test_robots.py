"""What search engines are told: where everything readable is, and what is nobody's business."""

from urllib.robotparser import RobotFileParser

from flask import Flask


def test_search_engines_find_the_map_and_stay_out_of_what_is_not_theirs(sqlite_app: Flask) -> None:
    answer = sqlite_app.test_client().get("/robots.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.site_maps() == ["http://localhost:8000/news/sitemap.xml"]
    for path, is_theirs in {"/": True, "/news/": True, "/manage/": False, "/f/": False}.items():
        assert robots.can_fetch("*", f"http://localhost:8000{path}") is is_theirs

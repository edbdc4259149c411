"""Make the pictures of the README and the help pages: ``make pictures``."""

import io
import tempfile
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from eventsapp.accounts import service as accounts
from eventsapp.config import ROOT
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.texts import LANGUAGES
from eventsapp.overview.sample import load_sample
from tests.browsers import CHROMIUM, FLAGS
from tests.conftest import build_home
from tests.journeys.conftest import PASSWORD

FOLDER = ROOT / "eventsapp" / "static" / "help"
LAPTOP, PHONE = (1280, 860), (390, 844)
ARTICLE = "/news/introductory-workshop-for-the-new-focal-points-of-the-state"
# Those of the help pages, each in the language of whoever reads them.
HELP = {
    "feedback": ("/manage/workshops/1/feedback/preview", PHONE, "organiser"),
    "people": ("/manage/workshops/1/people", LAPTOP, "organiser"),
    "report": ("/manage/workshops/1/report", LAPTOP, "staff"),
    "article": (ARTICLE, LAPTOP, ""),
}
# name: (address, language, size, who is signed in)
PICTURES = {"article-phone-arabic": (ARTICLE, "ar", PHONE, "")} | {
    f"{name}-{lang}": (path, lang, size, account)
    for name, (path, size, account) in HELP.items()
    for lang in LANGUAGES
}


def take(browser: Browser, address: str, name: str) -> None:
    path, lang, (width, height), account = PICTURES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=lang)
    page = context.new_page()
    if account:
        page.goto(f"{address}/login")
        page.fill("input[type=email]", f"{account}@demo.example")
        page.fill("input[type=password]", PASSWORD)
        page.locator("main button").first.click()
        page.wait_for_url("**/manage/")
    page.goto(f"{address}{path}?lang={lang}")
    page.wait_for_load_state("networkidle")
    shot = Image.open(io.BytesIO(page.screenshot()), formats=["PNG"])
    shot.quantize(128).save(FOLDER / f"{name}.png", optimize=True)
    context.close()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = build_home("sqlite", Path(folder), "pictures", organisation="eventsapp")
        with home.app.app_context():
            accounts.create_demo_users(PASSWORD, by=SYSTEM, now=clock.now())
            load_sample()
        server = make_server("127.0.0.1", 0, home.app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for name in PICTURES:
                take(browser, f"http://localhost:{server.server_port}", name)
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()

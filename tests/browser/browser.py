"""The report's page in Chromium: what `cargo test` cannot see. Stdlib only; see run.sh."""

import base64
import json
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request


class Browser:
    """One page, by the remote debugging protocol."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   "--remote-debugging-port=0", f"--user-data-dir={self.profile.name}", "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = self.wait_for_port()
        listed = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        path = next(one for one in listed if one["type"] == "page")["webSocketDebuggerUrl"].split("/", 3)[3]
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        while self.stream.readline() not in (b"\r\n", b""):
            pass
        self.number = 0
        self.events = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def wait_for_port(self):
        path = os.path.join(self.profile.name, "DevToolsActivePort")
        for _ in range(600):
            if os.path.exists(path) and (text := open(path).read()).strip():
                return int(text.split()[0])
            time.sleep(0.05)
        raise SystemExit("Chromium did not start")

    def close(self):
        self.process.terminate()
        self.process.wait()

    def send(self, text):
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        head = b"\x81" + (struct.pack("!B", 0x80 | size) if size < 126 else struct.pack("!BH", 0xFE, size)
                          if size < 65536 else struct.pack("!BQ", 0xFF, size))
        self.socket.sendall(head + mask + bytes(b ^ mask[at % 4] for at, b in enumerate(data)))

    def receive(self):
        whole = b""
        while True:
            first, size = self.stream.read(2)
            size &= 0x7F
            if size == 126:
                size = struct.unpack("!H", self.stream.read(2))[0]
            elif size == 127:
                size = struct.unpack("!Q", self.stream.read(8))[0]
            whole += self.stream.read(size)
            if first & 0x80:
                return json.loads(whole)

    def call(self, method, **arguments):
        self.number += 1
        self.send(json.dumps({"id": self.number, "method": method, "params": arguments}))
        while True:
            message = self.receive()
            if message.get("id") == self.number:
                assert "error" not in message, message
                return message["result"]
            self.events.append(message)

    def js(self, expression):
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, path, width=1366, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        self.until("document.readyState === 'complete' && location.protocol === 'file:'")

    def until(self, expression):
        for _ in range(400):
            if self.js(expression):
                return
            time.sleep(0.05)
        raise AssertionError(f"never: {expression}")

    def key(self, key):
        text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
        code = {"Enter": 13, "Tab": 9, "ArrowRight": 39, "ArrowLeft": 37}.get(key, 0)
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def picture(self, path):
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))


def codes(path):
    """What an independent reader finds in a picture."""
    found = subprocess.run(["zbarimg", "-q", "--raw", path], capture_output=True, text=True)
    return found.stdout.split()


SHOWN = "[...document.querySelectorAll('.card')].filter(one => getComputedStyle(one).display !== 'none')"
URL = f"{SHOWN}[0].querySelector('.url').textContent"
AT = "document.getElementById('at').textContent"
LINES = "document.querySelectorAll('#list tr').length"


def search(browser, text):
    browser.js(f"(() => {{ const box = document.getElementById('search'); box.value = {json.dumps(text)};"
               "box.dispatchEvent(new Event('input')); })()")
    time.sleep(0.3)
    return browser.js("document.getElementById('list').textContent")


def timed(browser, text):
    """Milliseconds from a typed letter to the frame that shows what was found."""
    return browser.js(f"""new Promise(done => {{
        const box = document.getElementById('search'), begun = performance.now();
        new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun))))
            .observe(document.getElementById('list'), {{childList: true}});
        box.value = {json.dumps(text)};
        box.dispatchEvent(new Event('input'));
    }})""")


def small(browser, page, folder):
    browser.open(page)
    assert browser.js("document.title").startswith("small"), "it is a page"
    cards = browser.js("document.querySelectorAll('.card').length")
    assert cards == 3, cards
    # Next, one page after the other; each code is read by somebody else.
    for number in range(cards):
        assert browser.js(f"{SHOWN}.length") == 1, "one at a time"
        assert str(number + 1) in browser.js(AT), "it is said which one"
        shot = os.path.join(folder, "shot.png")
        browser.picture(shot)
        assert codes(shot) == [browser.js(URL)], (codes(shot), browser.js(URL))
        assert browser.js(f"{SHOWN}[0].querySelector('a.open').href") == browser.js(URL)
        browser.js("document.getElementById('next').click()")
    assert browser.js("document.getElementById('next').disabled"), "there is an end"
    # By the keyboard alone.
    browser.key("ArrowLeft")
    assert "2" in browser.js(AT)[:8], browser.js(AT)
    browser.key("ArrowRight")
    browser.js("document.getElementById('previous').focus()")
    browser.key("Enter")
    assert "2" in browser.js(AT)[:8], "a button is pressed with Enter"
    browser.key("/")
    assert browser.js("document.activeElement.id") == "search"
    browser.key("ArrowLeft")
    assert "2" in browser.js(AT)[:8], "not while somebody types"
    # Everything that can be used has a name and can be reached.
    nameless = browser.js("[...document.querySelectorAll('button,a,select,input,svg[role=img]')].filter(one =>"
                          "!(one.textContent.trim() || one.getAttribute('aria-label'))).length")
    assert nameless == 0, nameless
    # A hostile name is a text.
    found = search(browser, "<SCRIPT>")
    assert "<script>alert(1)</script>" in found and browser.js(LINES) == 1, found
    assert not [one for one in browser.events if one["method"] == "Page.javascriptDialogOpening"]
    assert browser.js("document.querySelectorAll('#list script, section script').length") == 0
    search(browser, "HT-0007")
    assert browser.js(LINES) == 1
    browser.js("document.querySelector('#list button').click()")
    assert browser.js(f"{SHOWN}[0].contains(document.activeElement)"), "a row leads to its page"
    assert search(browser, "no such contract") == "" and browser.js("document.getElementById('found').textContent")
    # Print: all pages, in a grid, none of the controls.
    browser.call("Emulation.setEmulatedMedia", media="print")
    assert browser.js(f"{SHOWN}.length") == cards, "all of them are printed"
    assert browser.js("getComputedStyle(document.getElementById('next').parentNode).display") == "none"
    tops = browser.js("[...document.querySelectorAll('.card')].map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1, "three beside each other"
    browser.call("Emulation.setEmulatedMedia", media="")
    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=False)["data"])
    assert pdf.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", pdf)) < 4, "it fits on few sheets"
    # A phone, and the dark.
    for scheme in ("light", "dark"):
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for width in (390, 1366):
            browser.open(page, width=width)
            assert browser.js("document.documentElement.scrollWidth") <= width, "nothing is scrolled sideways"
            shot = os.path.join(folder, f"{width}-{scheme}.png")
            browser.picture(shot)
            assert codes(shot) == [browser.js(URL)], f"the code is read, {scheme} at {width}"
    # Its policy stops nothing of its own, and nothing is asked of the network.
    errors = [one["params"]["entry"] for one in browser.events if one["method"] == "Log.entryAdded"]
    assert not errors, errors
    asked = {one["params"]["request"]["url"].split(":")[0] for one in browser.events
             if one["method"] == "Network.requestWillBeSent"}
    assert asked == {"file"}, asked


def large(browser, page):
    browser.open(page)
    rows = browser.js("JSON.parse(document.getElementById('data').textContent).rows.length")
    assert rows == 20000, rows
    assert "20500" in browser.js("document.body.innerText"), "it says that it has not all of them"
    paint = browser.js("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    loaded = browser.js("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    first, again = timed(browser, "HT-19999"), timed(browser, "HT-1999")
    assert browser.js(LINES) == 11, "HT-1999, and HT-19990 to HT-19999"
    size = os.path.getsize(page) / 1e6
    print(f"20,000 rows, {size:.1f} MB: first paint {paint:.0f} ms, ready {loaded:.0f} ms, "
          f"first search {first:.0f} ms, further ones {again:.0f} ms")
    assert paint < 3000 and loaded < 10000 and first < 3000 and again < 1000, "too slow to be used"


def main():
    small_page, large_page, folder = sys.argv[1:4]
    browser = Browser()
    try:
        small(browser, small_page, folder)
        large(browser, large_page)
    finally:
        browser.close()
    print("the page holds in Chromium")


main()

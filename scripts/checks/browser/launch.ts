import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { chromium, type Browser } from "playwright-core"

/** A browser of the system: downloading one of its own is not possible everywhere. */
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync)
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** Does something with a browser without a window, and closes it whatever happens. */
export async function withBrowser(use: (browser: Browser) => Promise<void>): Promise<void> {
  assert.ok(CHROMIUM, "No Chromium is installed. Install the system package chromium and try again.")
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  try {
    await use(browser)
  } finally {
    await browser.close()
  }
}

#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: starts the demo as a stranger would and looks at its screens in a real browser. Screenshots stay in
// .hub/screenshots for people to look at.
import assert from "node:assert/strict"
import { spawn, type ChildProcess } from "node:child_process"
import { existsSync, mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline"
import { chromium, type Browser, type Page } from "playwright-core"
import { Checklist, StopChecks } from "./support/checklist"

const REPO_FOLDER = resolve(__dirname, "../..")
const SCREENSHOTS = join(REPO_FOLDER, ".hub", "screenshots")
const START_SECONDS = 420
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

const checks = new Checklist((line) => process.stdout.write(`${line}\n`))

interface Demo {
  readonly url: string
  readonly login: { readonly email: string; readonly password: string }
  stop(): Promise<number | null>
}

/** Runs the README's command and waits for the line that says where the admin is. */
async function startDemo(): Promise<Demo> {
  const child: ChildProcess = spawn("npm", ["run", "--silent", "demo", "--", "--speed", "2"], {
    cwd: REPO_FOLDER,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
  const gone = new Promise<number | null>((resolveGone) => child.once("exit", resolveGone))
  const stop = async (): Promise<number | null> => {
    if (child.pid !== undefined && child.exitCode === null) {
      // The whole group, as Ctrl-C on a terminal does.
      process.kill(-child.pid, "SIGINT")
    }
    return gone
  }
  const lines: string[] = []
  const ready = new Promise<Omit<Demo, "stop">>((resolveReady, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no admin after ${START_SECONDS} s:\n${lines.join("\n")}`)),
      START_SECONDS * 1_000
    )
    void gone.then((code) => reject(new Error(`the demo ended with ${code}:\n${lines.join("\n")}`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) {
        createInterface({ input: stream }).on("line", (line) => {
          lines.push(line)
          const [, url, email, password] = /^Admin\s+(\S+)\s+\((\S+) \/ (\S+)\)/.exec(line) ?? []
          if (url && email && password) {
            clearTimeout(timer)
            resolveReady({ url, login: { email, password } })
          }
        })
      }
    }
  })
  try {
    return { ...(await ready), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function logIn(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.url}/login`)
  await page.fill('input[name="email"]', demo.login.email)
  await page.fill('input[name="password"]', demo.login.password)
  await page.click('button[type="submit"]')
  await page.waitForURL("**/orders**", { timeout: 30_000 })
}

const shot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })

async function lookAtOverview(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.url}/hub`)
  await checks.check("the overview says how the channels stand", async () => {
    await page
      .getByText(/\d of 4 channels in sync/)
      .first()
      .waitFor({ timeout: 20_000 })
    for (const channel of ["Bazaar", "Corner", "Harbour", "Megamart"]) {
      await page.getByRole("heading", { name: channel }).first().waitFor()
    }
    await shot(page, "overview")
  })
  await checks.check("a number of the listing table opens its why, with the keyboard", async () => {
    const number = page.locator("table button").first()
    await number.focus()
    await page.keyboard.press("Enter")
    await page.getByText("Recomputed: verified").waitFor({ timeout: 10_000 })
    await shot(page, "why")
    await page.keyboard.press("Escape")
    await page.getByText("Recomputed: verified").waitFor({ state: "detached", timeout: 5_000 })
  })
  await checks.check("the listing table finds a SKU", async () => {
    await page.getByPlaceholder("SKU or title").fill("SET-OAK-MUG")
    await page
      .getByRole("row", { name: /SET-OAK-MUG-SAND/ })
      .first()
      .waitFor({ timeout: 10_000 })
  })
  await checks.check("the overview fits a telephone", async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${demo.url}/hub`)
    await page
      .getByText(/\d of 4 channels in sync/)
      .first()
      .waitFor({ timeout: 20_000 })
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    await shot(page, "overview-390")
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than the screen`)
    await page.setViewportSize({ width: 1440, height: 1000 })
  })
}

async function lookAtWidget(page: Page, demo: Demo): Promise<void> {
  await checks.check("an inventory item says where it sells and why", async () => {
    const id = await page.evaluate(async () => {
      const answer = await fetch("/admin/inventory-items?q=OAK-MUG&limit=1", { credentials: "include" })
      const { inventory_items: items } = (await answer.json()) as { inventory_items: { id: string }[] }
      return items[0]?.id ?? ""
    })
    await page.goto(`${demo.url}/inventory/${id}`)
    const heading = page.getByRole("heading", { name: "Where this sells" })
    await heading.waitFor({ timeout: 20_000 })
    await heading.scrollIntoViewIfNeeded()
    await page.getByText("Harbour").first().waitFor({ timeout: 10_000 })
    await shot(page, "widget")
  })
}

async function look(browser: Browser, demo: Demo): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
  const errors: string[] = []
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()))
  page.on("pageerror", (error) => errors.push(String(error)))
  await checks.must("the login that the demo prints opens the admin", () => logIn(page, demo))
  // What Medusa's own pages complain about before we are on ours is not ours to mend.
  errors.splice(0)
  await lookAtOverview(page, demo)
  await lookAtWidget(page, demo)
  await checks.check("no error on the console", () => assert.deepEqual(errors, []))
}

async function main(): Promise<void> {
  assert.ok(CHROMIUM, "No Chromium is installed. Install the system package chromium and try again.")
  mkdirSync(SCREENSHOTS, { recursive: true })
  const demo = await checks.must("the demo starts and says where its admin is", startDemo)
  try {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
    try {
      await look(browser, demo)
    } finally {
      await browser.close()
    }
  } finally {
    await checks.check("Ctrl-C stops the demo", async () => {
      await demo.stop()
      await assert.rejects(fetch(demo.url), "the admin still answers")
    })
  }
}

main()
  .catch((error: unknown) => {
    if (!(error instanceof StopChecks)) {
      checks.fail("the browser check itself", error)
    }
  })
  .finally(() => {
    process.stdout.write(`${checks.summary()}\n`)
    process.exit(checks.allPassed ? 0 : 1)
  })

import assert from "node:assert/strict"
import { mkdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join, resolve } from "node:path"
import type { Browser, Locator, Page } from "playwright-core"

const SCREENSHOTS = resolve(__dirname, "../../../.hub/screenshots")
const AXE = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8")
/** What ours is on a page of the admin; the frame around it is Medusa's. */
const OURS = "main"
/** Parts of the design system that have no name and cannot be given one: the glass of a search field, the cross of a modal or a drawer. */
const NOT_OURS = ['input[type="search"] ~ [role="img"]', "button:has(+ kbd)", "kbd + button"]

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly help: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

export type Theme = "light" | "dark"
export type Language = "en" | "de"

/** An admin that runs, and who may log in there. */
export interface RunningAdmin {
  /** Of the admin itself, `http://localhost:9000/app`. */
  readonly url: string
  readonly login: { readonly email: string; readonly password: string }
}

/** A window of the admin, logged in, that remembers every error on its console. */
export class AdminPage {
  private readonly errors: string[] = []

  private constructor(
    readonly page: Page,
    readonly admin: RunningAdmin
  ) {
    page.on("console", (message) => message.type() === "error" && this.errors.push(message.text()))
    page.on("pageerror", (error) => this.errors.push(String(error)))
  }

  static async open(browser: Browser, running: RunningAdmin): Promise<AdminPage> {
    mkdirSync(SCREENSHOTS, { recursive: true })
    const context = await browser.newContext({
      viewport: { width: 1440, height: 1000 },
      locale: "en-GB",
      // As a proxy in front of a shop says it: in production Medusa gives its cookie to nobody who does not come by TLS.
      extraHTTPHeaders: { "x-forwarded-proto": "https" },
    })
    const admin = new AdminPage(await context.newPage(), running)
    const { page } = admin
    await page.goto(`${running.url}/login`)
    await page.fill('input[name="email"]', running.login.email)
    await page.fill('input[name="password"]', running.login.password)
    await page.click('button[type="submit"]')
    await page.waitForURL("**/orders**", { timeout: 30_000 })
    // What Medusa's own pages complain about before we are on ours is not ours to mend.
    admin.takeErrors()
    return admin
  }

  /** @param path below the admin: `/hub/runs` */
  async goto(path: string): Promise<void> {
    await this.page.goto(this.admin.url + path)
  }

  /** As the person's own settings would have it; the page is loaded anew. */
  async wear(theme: Theme, language: Language = "en"): Promise<void> {
    await this.page.evaluate(
      ([theme, language]) => {
        localStorage.setItem("medusa_admin_theme", theme)
        localStorage.setItem("lng", language)
        document.cookie = `lng=${language}; path=/`
      },
      [theme, language] as const
    )
    await this.page.reload()
  }

  async shot(name: string): Promise<void> {
    // Without waiting for what is still fading in.
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: "disabled" })
  }

  /** Fails when the page is wider than the window. */
  async fits(): Promise<void> {
    const overflow = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    )
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than the screen`)
  }

  /** Fails when a part of the page is wider than the window, or its content than itself. */
  async fitsItself(part: Locator): Promise<void> {
    const overflow = await part.evaluate((element) =>
      Math.max(
        element.getBoundingClientRect().right - document.documentElement.clientWidth,
        element.scrollWidth - element.clientWidth
      )
    )
    assert.ok(overflow <= 1, `it is ${overflow} px too wide`)
  }

  /** From now on every question to the hub is answered with 500. @returns what ends that */
  async fail(): Promise<() => Promise<void>> {
    const hub = (url: URL): boolean => /^\/admin\/hub\//.test(url.pathname)
    await this.page.route(hub, (route) =>
      route.fulfill({ status: 500, json: { type: "unknown_error", message: "The database does not answer." } })
    )
    return () => this.page.unroute(hub)
  }

  /** Fails when axe finds a breach of WCAG 2.2 AA in what we show. */
  async isAccessible(part = OURS): Promise<void> {
    await this.page.evaluate(AXE)
    const { violations } = await this.page.evaluate(
      ([part, exclude]) =>
        (window as unknown as { axe: { run(part: object, options: object): Promise<AxeResult> } }).axe.run(
          { include: [part], exclude: exclude.map((selector) => [selector]) },
          { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }
        ),
      [part, NOT_OURS] as const
    )
    assert.deepEqual(
      violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 300) ?? ""}`),
      []
    )
  }

  /** Errors since the last call. */
  takeErrors(): string[] {
    return this.errors.splice(0)
  }

  /** Asks the Admin API as the page would. */
  async api<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.page.evaluate(
      async ([method, path, body]) => {
        const response = await fetch(path, {
          method,
          credentials: "include",
          headers: { "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        return { status: response.status, text: await response.text() }
      },
      [method, path, body] as const
    )
    assert.ok(answer.status < 400, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`)
    return JSON.parse(answer.text) as Answer
  }
}

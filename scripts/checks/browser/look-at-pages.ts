import assert from "node:assert/strict"
import type { Locator } from "playwright-core"
import type { Checklist } from "../support/checklist"
import type { AdminPage, Language, Theme } from "./admin-page"

/** A page of ours, or a part of ours on a page of Medusa. */
export interface PageToLookAt {
  readonly name: string
  readonly path: string
  /** What is there once the page has its data, in any language. */
  readonly ready: string | RegExp
  /** The heading of our part of it, by language; left out where the whole page is ours. */
  readonly widget?: Readonly<Record<Language, string>>
  /** It opens over the page. */
  readonly isDialog?: boolean
}

interface Look {
  readonly theme: Theme
  readonly width: number
  readonly height: number
  readonly language: Language
}

const DESK = { width: 1440, height: 1000 } as const
const TELEPHONE = { width: 390, height: 844 } as const
const LOOKS: readonly Look[] = [
  { theme: "light", language: "en", ...DESK },
  { theme: "dark", language: "de", ...DESK },
  { theme: "light", language: "de", ...TELEPHONE },
]
const PATIENCE_MS = 20_000
const OURS = "main"
const DIALOG = "[role=dialog]"
const MARK = "data-looked-at"

/** What is ours on the page: the selector that axe is given, and where to look for text. */
async function partOf(
  admin: AdminPage,
  { widget, isDialog }: PageToLookAt,
  language: Language
): Promise<[string, Locator]> {
  if (!widget) {
    const part = isDialog ? DIALOG : OURS
    return [part, admin.page.locator(part)]
  }
  const heading = admin.page.getByRole("heading", { name: widget[language], exact: true }).first()
  await heading.waitFor({ timeout: PATIENCE_MS })
  const box = heading.locator("xpath=ancestor::div[contains(@class, 'divide-y')][1]")
  await box.evaluate((element, mark) => element.setAttribute(mark, ""), MARK)
  await box.scrollIntoViewIfNeeded()
  return [`[${MARK}]`, admin.page.locator(`[${MARK}]`)]
}

async function lookAt(admin: AdminPage, target: PageToLookAt, { theme, language, width }: Look): Promise<void> {
  await admin.goto(target.path)
  const [part, place] = await partOf(admin, target, language)
  await place.getByText(target.ready).filter({ visible: true }).first().waitFor({ timeout: PATIENCE_MS })
  await admin.shot(`${target.name}-${theme}-${language}-${width}`)
  await (target.widget ? admin.fitsItself(place) : admin.fits())
  await admin.isAccessible(part)
}

/** Every page in light and English, dark and German, and on a telephone: it shows its data, fits, and axe finds nothing. */
export async function lookAtPages(checks: Checklist, admin: AdminPage, pages: readonly PageToLookAt[]): Promise<void> {
  for (const look of LOOKS) {
    const { theme, language, width, height } = look
    await admin.page.setViewportSize({ width, height })
    await admin.wear(theme, language)
    for (const target of pages) {
      await checks.check(
        `${target.name}, ${theme}, ${language}, ${width} px: shows its data, fits and is accessible`,
        () => lookAt(admin, target, look)
      )
    }
  }
  await admin.page.setViewportSize(DESK)
  await admin.wear("light")
}

/** Looks for our part anew each time: what shows the data may be another part than the one that failed. */
async function untilReady(admin: AdminPage, target: PageToLookAt): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const [, place] = await partOf(admin, target, "en")
    if (await place.getByText(target.ready).filter({ visible: true }).first().isVisible()) {
      return
    }
    assert.ok(Date.now() < deadline, "it does not recover")
    await admin.page.waitForTimeout(200)
  }
}

/** @returns the button for trying again */
async function lookAtFailure(admin: AdminPage, target: PageToLookAt): Promise<Locator> {
  await admin.goto(target.path)
  const [part, place] = await partOf(admin, target, "en")
  const retry = place.getByRole("alert").getByRole("button", { name: "Try again" }).first()
  await retry.waitFor({ timeout: PATIENCE_MS })
  await admin.shot(`${target.name}-failing`)
  await admin.isAccessible(part)
  return retry
}

/** The same pages while the server fails: each says so, offers to try again, and comes back when the server does. */
export async function lookAtFailures(
  checks: Checklist,
  admin: AdminPage,
  pages: readonly PageToLookAt[]
): Promise<void> {
  for (const target of pages) {
    await checks.check(`${target.name}: says what failed, and recovers`, async () => {
      const recover = await admin.fail()
      const retry = await lookAtFailure(admin, target).finally(recover)
      await retry.click()
      await untilReady(admin, target)
      // The browser itself writes a line for each answer of 500.
      admin.takeErrors()
    })
  }
}

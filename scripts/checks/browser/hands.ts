import assert from "node:assert/strict"
import type { Locator, Page } from "playwright-core"

/** More stops than any of our pages has. */
const MOST_TABS = 400
/** Twice through the longest menu. */
const MOST_ITEMS = 40
/** Until a menu has moved the focus; after that it has reached its end. */
const MENU_MS = 1_000
const PATIENCE_MS = 15_000

/** How a person works with a page: with the mouse, or with nothing but the keyboard. */
export interface Hands {
  readonly name: "mouse" | "keyboard"
  /** Presses a button, follows a link, ticks a box. */
  use(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
}

export const mouse = (): Hands => ({
  name: "mouse",
  use: (target) => target.first().click({ timeout: PATIENCE_MS }),
  type: (target, text) => target.first().fill(text, { timeout: PATIENCE_MS }),
})

/**
 * One step on, once the focus has got there. A menu moves it a moment after the key, and stays at its end: there is
 * nothing after the last item, and who pressed the next key too early would be past the one that is looked for.
 */
async function step(page: Page, key: "Tab" | "ArrowDown"): Promise<void> {
  const before = await page.evaluateHandle(() => document.activeElement)
  await page.keyboard.press(key)
  if (key === "ArrowDown") {
    await page
      .waitForFunction((element) => document.activeElement !== element, before, { timeout: MENU_MS })
      .catch(() => page.keyboard.press("Home"))
  }
  await before.dispose()
}

/** Goes there with Tab, as somebody has to who has no mouse. Fails when it cannot be reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const element = target.first()
  await element.waitFor({ timeout: PATIENCE_MS })
  const isThere = (): Promise<boolean> => element.evaluate((node) => node === document.activeElement)
  // Within a menu the arrows lead on.
  const isInMenu = (await element.getAttribute("role")) === "menuitem"
  for (let steps = 0; steps < (isInMenu ? MOST_ITEMS : MOST_TABS); steps += 1) {
    if (await isThere()) {
      return
    }
    await step(page, isInMenu ? "ArrowDown" : "Tab")
  }
  assert.fail(`the keyboard does not reach ${String(target)}`)
}

export const keyboard = (page: Page): Hands => ({
  name: "keyboard",
  use: async (target) => {
    await tabTo(page, target)
    const isBox = await target
      .first()
      .evaluate((node) => ["checkbox", "radio", "switch"].includes(node.getAttribute("role") ?? ""))
    await page.keyboard.press(isBox ? "Space" : "Enter")
  },
  type: async (target, text) => {
    await tabTo(page, target)
    await page.keyboard.press("Control+A")
    await page.keyboard.type(text)
  },
})

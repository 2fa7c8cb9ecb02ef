#!/usr/bin/env -S node -r ts-node/register/transpile-only
// Slow check: starts the demo as a stranger would and looks at its screens in a real browser. Screenshots stay in
// .hub/screenshots for people to look at.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import type { Browser } from "playwright-core"
import { AdminPage } from "./browser/admin-page"
import { mouse, keyboard, type Hands } from "./browser/hands"
import { connectByWizard, restoreSnapshot, retryFailedRun } from "./browser/journeys-connections"
import { findWhy, mapListings } from "./browser/journeys-listings"
import { createProducts, openJourneyChannel } from "./browser/journey-shop"
import { withBrowser } from "./browser/launch"
import { lookAtFailures, lookAtPages } from "./browser/look-at-pages"
import { pagesOfTheDemo } from "./browser/pages"
import { startDemo, type Demo } from "./browser/start-demo"
import { Checklist, StopChecks } from "./support/checklist"

const REPO_FOLDER = resolve(__dirname, "../..")
const checks = new Checklist((line) => process.stdout.write(`${line}\n`))

async function lookAtOverview(admin: AdminPage): Promise<void> {
  const { page } = admin
  await admin.goto("/hub")
  await checks.check("the overview says how the channels stand", async () => {
    await page
      .getByText(/\d of \d+ channels in sync/)
      .first()
      .waitFor({ timeout: 20_000 })
    for (const channel of ["Bazaar", "Corner", "Harbour", "Megamart"]) {
      await page.getByRole("heading", { name: channel }).first().waitFor()
    }
    await admin.shot("overview")
  })
  await checks.check("a number of the listing table opens its why, with the keyboard", async () => {
    await admin.goto("/hub/listings")
    const number = page.getByRole("button", { name: /: show why$/ }).first()
    await number.focus()
    await page.keyboard.press("Enter")
    await page.getByText("Recomputed: verified").waitFor({ timeout: 10_000 })
    await admin.shot("why")
    await page.keyboard.press("Escape")
    await page.getByText("Recomputed: verified").waitFor({ state: "detached", timeout: 5_000 })
  })
  await checks.check("the listing table finds a SKU", async () => {
    await page.getByPlaceholder("SKU, title, external id").fill("SET-OAK-MUG")
    await page
      .getByRole("row", { name: /SET-OAK-MUG-SAND/ })
      .first()
      .waitFor({ timeout: 10_000 })
  })
}

async function lookAtWidget(admin: AdminPage): Promise<void> {
  const { page } = admin
  await checks.check("an inventory item says where it sells and why", async () => {
    const { inventory_items: items } = await admin.api<{ inventory_items: { id: string }[] }>(
      "GET",
      "/admin/inventory-items?q=OAK-MUG&limit=1"
    )
    await admin.goto(`/inventory/${items[0]?.id ?? ""}`)
    const heading = page.getByRole("heading", { name: "Where this sells" })
    await heading.waitFor({ timeout: 20_000 })
    await heading.scrollIntoViewIfNeeded()
    await page.getByText("Harbour").first().waitFor({ timeout: 10_000 })
    await admin.shot("widget")
  })
}

/** The five things that an operator does, one after another, with one kind of hands. */
async function journey(admin: AdminPage, hands: Hands): Promise<void> {
  const channel = await openJourneyChannel()
  try {
    const connectionId = await checks.must(`connects a channel by the wizard, by ${hands.name}`, async () => {
      try {
        return await connectByWizard(admin, hands, channel)
      } catch (error) {
        await admin.shot(`failed-wizard-${hands.name}`)
        throw error
      }
    })
    await checks.check(`maps 500 listings, by ${hands.name}`, () => mapListings(admin, hands, connectionId))
    await checks.check(`finds why a SKU shows 7 and who changed it, by ${hands.name}`, () =>
      findWhy(admin, hands, { sku: hands.name === "mouse" ? "JOURNEY-020" : "JOURNEY-021", connectionId })
    )
    await checks.check(`retries what failed in a run, by ${hands.name}`, () =>
      retryFailedRun(admin, hands, { connectionId, channel })
    )
    await checks.check(`puts a snapshot back, by ${hands.name}`, () =>
      restoreSnapshot(admin, hands, { connectionId, channel })
    )
  } finally {
    await channel.stop()
  }
}

async function look(browser: Browser, demo: Demo): Promise<void> {
  const admin = await checks.must("the login that the demo prints opens the admin", () => AdminPage.open(browser, demo))
  await lookAtOverview(admin)
  await lookAtWidget(admin)
  const pages = await pagesOfTheDemo(admin)
  await lookAtPages(checks, admin, pages)
  await lookAtFailures(checks, admin, pages)
  await createProducts(admin)
  for (const hands of [mouse(), keyboard(admin.page)]) {
    await journey(admin, hands)
  }
  await checks.check("no error on the console", () => assert.deepEqual(admin.takeErrors(), []))
}

async function main(): Promise<void> {
  const demo = await checks.must("the demo starts and says where its admin is", () => startDemo(REPO_FOLDER))
  try {
    await withBrowser((browser) => look(browser, demo))
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

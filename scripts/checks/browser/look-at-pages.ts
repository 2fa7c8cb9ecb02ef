import type { Checklist } from "../support/checklist"
import type { AdminPage, Theme } from "./admin-page"

interface PageToLookAt {
  readonly name: string
  readonly path: string
  /** What is there once the page has its data. */
  readonly ready: string | RegExp
}

const LOOKS: readonly { readonly theme: Theme; readonly width: number; readonly height: number }[] = [
  { theme: "light", width: 1440, height: 1000 },
  { theme: "dark", width: 1440, height: 1000 },
  { theme: "light", width: 390, height: 844 },
]

/** Every page in light, dark and on a telephone: it shows its data, fits, and axe finds nothing. */
export async function lookAtPages(checks: Checklist, admin: AdminPage, pages: readonly PageToLookAt[]): Promise<void> {
  for (const { theme, width, height } of LOOKS) {
    await admin.page.setViewportSize({ width, height })
    await admin.wear(theme)
    for (const { name, path, ready } of pages) {
      await checks.check(`${name}, ${theme}, ${width} px: shows its data, fits and is accessible`, async () => {
        await admin.goto(path)
        await admin.page.locator("main").getByText(ready).filter({ visible: true }).first().waitFor({ timeout: 20_000 })
        await admin.shot(`${name}-${theme}-${width}`)
        await admin.fits()
        await admin.isAccessible()
      })
    }
  }
  await admin.page.setViewportSize({ width: 1440, height: 1000 })
  await admin.wear("light")
}

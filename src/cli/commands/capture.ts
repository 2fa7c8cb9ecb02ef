import { installCapture, readCaptureStatus, removeCapture } from "../../modules/sync/capture/install-capture"
import { EXIT, type Command } from "../command"

const WORDS = {
  installed: "The capture trigger is installed: every change of stock is noticed inside the database.",
  absent: "The capture trigger is not installed: changes are found by events and the sweep, up to a minute late.",
  "not-possible-yet": "The hub's tables are not there yet: run npx medusa db:migrate.",
} as const

/** `hub capture`: the trigger on Medusa's stock table. */
export const capture: Command = {
  name: "capture",
  usage: "install|remove|status [--json]",
  summary: "the trigger that notices every change of stock",
  details:
    "Installing and removing take a short lock on the stock table and give up after two seconds rather than make a sale " +
    'wait. A removed trigger comes back with the next start of Medusa, unless the option capture is "events".',
  arguments: [1, 1],
  hasJson: true,
  run: async ({ sql, args: [action], json, print }) => {
    if (action !== "install" && action !== "remove" && action !== "status") {
      print("Usage: hub capture install|remove|status")
      return EXIT.usage
    }
    if (action === "install") {
      await installCapture(sql)
    }
    if (action === "remove") {
      await removeCapture(sql)
    }
    const now = await readCaptureStatus(sql)
    print(json ? JSON.stringify({ capture: now }) : WORDS[now])
    return now === "installed" || action === "remove" ? EXIT.ok : EXIT.problem
  },
}

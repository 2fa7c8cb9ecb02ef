import { EllipsisHorizontal } from "@medusajs/icons"
import { DropdownMenu, IconButton, usePrompt } from "@medusajs/ui"
import { useState } from "react"
import { useNavigate } from "react-router-dom"
import type { HubAction, HubConnectionDetail } from "../../../../types"
import { useAccess } from "../../../hooks/use-access"
import {
  useConnect,
  useMoveConnection,
  useReleaseGuards,
  useStartRun,
  useTestConnection,
  useWriteMode,
} from "../../../hooks/use-connections"
import { setupLink } from "../../../lib/setup-link"
import { useTexts } from "../../../texts"
import { DisconnectModal } from "./disconnect-modal"
import { RestoreDrawer } from "./restore-drawer"

interface ConnectionActionsProps {
  readonly connection: HubConnectionDetail
  /** What came of the last action: stays on the page until the next. */
  readonly onOutcome: (outcome: ActionOutcome) => void
}

export type ActionOutcome =
  | { readonly kind: "started" }
  | { readonly kind: "tested"; readonly tookMs: number }
  | { readonly kind: "failed"; readonly error: unknown }

/** One line of the menu; where no action is named, it is one that operates. */
type Item = readonly [label: string, isThere: boolean, act: () => void, action?: HubAction]

const RUNNING: readonly string[] = ["connected", "degraded"]

/** Everything that can be done to a connection in the state that it is in. */
export function ConnectionActions({ connection, onOutcome }: ConnectionActionsProps) {
  const texts = useTexts().connections
  const { detail } = texts
  const prompt = usePrompt()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<"disconnect" | "restore" | null>(null)
  const test = useTestConnection(connection.id)
  const move = useMoveConnection(connection.id)
  const mode = useWriteMode(connection.id)
  const run = useStartRun(connection.id)
  const connect = useConnect(connection.id)
  const release = useReleaseGuards(connection.id)
  const outcome = {
    onSuccess: () => onOutcome({ kind: "started" }),
    onError: (error: unknown) => onOutcome({ kind: "failed", error }),
  }
  const isRunning = RUNNING.includes(connection.state)
  const { reason } = useAccess()

  const runTest = (): void =>
    test.mutate(
      {},
      {
        onSuccess: ({ is_ok: isOk, took_ms: tookMs, failure }) =>
          onOutcome(isOk ? { kind: "tested", tookMs } : { kind: "failed", error: new Error(failure?.message) }),
        onError: outcome.onError,
      }
    )
  const ask = async (title: string, description: string, act: () => void): Promise<void> => {
    if (
      await prompt({
        title,
        description,
        confirmText: detail.confirm,
        cancelText: texts.cancel,
        variant: "confirmation",
      })
    ) {
      act()
    }
  }
  const sync = (): Promise<void> =>
    ask(detail.syncTitle, detail.syncText(connection.counts.numbers, connection.counts.pending), () =>
      run.mutate({ kind: "sync-all", scope: {} }, outcome)
    )
  const goLive = (): Promise<void> =>
    ask(detail.goLiveTitle, detail.goLiveText(connection.counts.numbers), () => mode.mutate("live", outcome))
  const items: readonly Item[] = [
    [detail.test, connection.state !== "deprecated", runTest],
    [detail.openPreview, isRunning, () => void navigate(setupLink(connection.id)), "view"],
    [detail.syncNow, isRunning, () => void sync()],
    [detail.release, connection.health.guard === "holding", () => release.mutate(undefined, outcome)],
    [detail.goLive, isRunning && connection.write_mode === "shadow", () => void goLive()],
    [detail.toShadow, connection.write_mode === "live", () => mode.mutate("shadow", outcome)],
    ...connection.possible_events
      .filter((event) => event !== "disable")
      .map((event) => [detail.events[event], true, () => move.mutate({ event }, outcome)] as const),
    [detail.restore, connection.connected_at !== null, () => setDialog("restore")],
    [detail.reconnect, connection.state === "disabled", () => connect.mutate(undefined, outcome), "configure"],
    [detail.disconnect, connection.possible_events.includes("disable"), () => setDialog("disconnect"), "configure"],
  ]
  return (
    <>
      <DropdownMenu>
        <DropdownMenu.Trigger asChild>
          <IconButton size="small" variant="transparent" aria-label={detail.actions}>
            <EllipsisHorizontal />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end">
          {items
            .filter(([, isThere]) => isThere)
            .map(([label, , act, action = "operate"]) => (
              <DropdownMenu.Item
                key={label}
                onSelect={act}
                disabled={reason(action) !== null}
                title={reason(action) ?? undefined}
              >
                {label}
              </DropdownMenu.Item>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu>
      {dialog === "disconnect" && <DisconnectModal connection={connection} onClose={() => setDialog(null)} />}
      {dialog === "restore" && <RestoreDrawer connection={connection} onClose={() => setDialog(null)} />}
    </>
  )
}

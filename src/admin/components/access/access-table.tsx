import { Badge, Select, Table, Text, Tooltip } from "@medusajs/ui"
import type { HubAccessGrantResponse, HubAccessResponse, HubAccessSubject, HubPreset } from "../../../types"
import { useAccess } from "../../hooks/use-access"
import { useAction } from "../../hooks/use-action"
import { useTexts } from "../../texts"

const PRESETS = ["none", "viewer", "operator", "manager", "owner"] as const satisfies readonly HubPreset[]
const NO_GRANT = "no-grant"

interface SubjectProps {
  readonly subject: HubAccessSubject
  readonly isLocked: boolean
}

function PresetSelect({ subject, isLocked }: SubjectProps) {
  const { access } = useTexts()
  const { reason } = useAccess()
  const lacking = reason("secrets")
  const { mutate, isPending } = useAction<HubAccessGrantResponse>(({ subject: changed }) =>
    access.saved(changed.name, changed.granted === null ? access.noGrant("") : access.preset[changed.granted])
  )
  const change = (chosen: string) =>
    mutate({ path: `access/${subject.id}`, body: { preset: PRESETS.find((preset) => preset === chosen) ?? null } })
  const select = (
    <Select
      size="small"
      value={subject.granted ?? NO_GRANT}
      disabled={isLocked || isPending || lacking !== null}
      onValueChange={change}
    >
      <Select.Trigger aria-label={`${access.granted}: ${subject.name}`} className="w-full min-w-32 sm:w-52">
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        <Select.Item value={NO_GRANT}>{access.noGrant(access.preset[subject.preset ?? "viewer"])}</Select.Item>
        {PRESETS.map((preset) => (
          <Select.Item key={preset} value={preset}>
            {access.preset[preset]}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
  return lacking === null ? (
    select
  ) : (
    <Tooltip content={lacking}>
      <div>{select}</div>
    </Tooltip>
  )
}

function SubjectRow({ subject, isLocked, isMe }: SubjectProps & { readonly isMe: boolean }) {
  const { access } = useTexts()
  return (
    <Table.Row>
      <Table.Cell className="py-2 pe-3">
        <div className="flex min-w-0 flex-col">
          <span className="text-ui-fg-base break-all">
            {subject.name}{" "}
            {isMe && (
              <Badge size="2xsmall" color="blue">
                {access.you}
              </Badge>
            )}
          </span>
          <Text size="xsmall" className="text-ui-fg-subtle">
            {subject.type === "user" ? access.user : access.key}
          </Text>
        </div>
      </Table.Cell>
      <Table.Cell className="py-2">
        <PresetSelect subject={subject} isLocked={isLocked} />
      </Table.Cell>
    </Table.Row>
  )
}

/** Everybody who can reach the hub, and what each may do. */
export function AccessTable({ mode, me, subjects }: HubAccessResponse) {
  const { access } = useTexts()
  return (
    <Table>
      <Table.Header>
        <Table.Row>
          <Table.HeaderCell>{access.who}</Table.HeaderCell>
          <Table.HeaderCell>{access.granted}</Table.HeaderCell>
        </Table.Row>
      </Table.Header>
      <Table.Body>
        {subjects.map((subject) => (
          <SubjectRow
            key={subject.id}
            subject={subject}
            isMe={subject.id === me.id}
            isLocked={mode === "medusa-rbac"}
          />
        ))}
      </Table.Body>
    </Table>
  )
}

/** What each preset may do, from least to most. */
export function PresetLegend() {
  const { access } = useTexts()
  return (
    <dl className="txt-small grid gap-x-4 gap-y-1 px-6 py-4 sm:grid-cols-[auto_1fr]" aria-label={access.presets}>
      {PRESETS.map((preset) => (
        <div key={preset} className="contents">
          <dt className="text-ui-fg-base font-medium">{access.preset[preset]}</dt>
          <dd className="text-ui-fg-subtle">{access.may[preset]}</dd>
        </div>
      ))}
    </dl>
  )
}

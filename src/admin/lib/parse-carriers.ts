export type ParsedCarriers =
  | { readonly isOk: true; readonly value: Readonly<Record<string, string>> }
  | { readonly isOk: false; readonly line: string }

/** Reads `what Medusa says = what the channel says` lines. */
export function parseCarriers(text: string): ParsedCarriers {
  const value: Record<string, string> = {}
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") {
      continue
    }
    const [, ours, theirs] = /^([^=]+?)\s*=\s*(.+)$/.exec(line) ?? []
    if (ours === undefined || theirs === undefined) {
      return { isOk: false, line }
    }
    value[ours] = theirs
  }
  return { isOk: true, value }
}

export const writeCarriers = (carriers: Readonly<Record<string, string>>): string =>
  Object.entries(carriers)
    .map(([ours, theirs]) => `${ours} = ${theirs}`)
    .join("\n")

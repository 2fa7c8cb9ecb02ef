export type ParsedMapping =
  | { readonly isOk: true; readonly value: Readonly<Record<string, string>> }
  | { readonly isOk: false; readonly line: string }

/** Reads `code = kind` lines. Which kinds there are, the server knows and says. */
export function parseErrorMapping(text: string): ParsedMapping {
  const value: Record<string, string> = {}
  for (const line of text.split("\n").map((each) => each.trim())) {
    const [, code, kind] = /^([^=]+?)\s*=\s*([a-z-]+)$/.exec(line) ?? []
    if (line !== "" && (code === undefined || kind === undefined)) {
      return { isOk: false, line }
    }
    if (code !== undefined && kind !== undefined) {
      value[code] = kind
    }
  }
  return { isOk: true, value }
}

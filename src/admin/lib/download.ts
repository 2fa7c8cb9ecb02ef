import { sdk } from "./sdk"

const nameOf = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "download.csv"

/** Downloads a file of the Admin API under the name that the server gives it. */
export async function download(path: string): Promise<void> {
  const response = await sdk.client.fetch<Response>(path, { headers: { accept: "text/csv" } })
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement("a")
  link.href = address
  link.download = nameOf(response.headers.get("content-disposition"))
  link.click()
  URL.revokeObjectURL(address)
}

import { toast } from "@medusajs/ui"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { describeError } from "../lib/describe-error"
import { sdk } from "../lib/sdk"
import { useTexts } from "../texts"

interface Request {
  readonly path: string
  readonly body?: Record<string, unknown>
}

/**
 * Posts to the hub, reads everything of it anew, and says how it went. What was done can be seen on the page as well: the
 * toast only says that it began.
 */
export function useAction<Answer>(done: (answer: Answer) => string | null) {
  const texts = useTexts()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ path, body = {} }: Request) =>
      sdk.client.fetch<Answer>(`/admin/hub/${path}`, { method: "POST", body }),
    onSuccess: (answer) => {
      const message = done(answer)
      if (message !== null) {
        toast.success(message)
      }
    },
    onError: (error) => {
      const { title, raw } = describeError(error, texts)
      toast.error(title, { description: raw })
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["hub"] }),
  })
}

import { format, resolveConfig } from "prettier"
import type { Schema } from "./type-schemas"

const pretty = async (text: string, name: string): Promise<string> =>
  format(text, { ...(await resolveConfig(__filename)), filepath: name })

/** A module and not JSON, so that it is part of every build. */
export const renderAnswerSchemas = (schemas: Record<string, Schema>): Promise<string> =>
  pretty(
    `/* eslint-disable max-lines -- generated */
    // Written by \`npm run openapi\` from src/types/http. Do not edit.
    export const ANSWER_SCHEMAS = ${JSON.stringify(schemas)} as const
    `,
    "answer-schemas.ts"
  )

export const renderDocument = (document: unknown): Promise<string> => pretty(JSON.stringify(document), "openapi.json")

/**
 * SQL of the name of whoever an id stands for: a user by name or e-mail, a secret API key by its title. NULL for the hub
 * itself, for jobs, and for those who are gone.
 *
 * @param column of an actor's id, with its alias
 */
export const nameOf = (column: string): string => `COALESCE(
  (SELECT COALESCE(NULLIF(concat_ws(' ', nu.first_name, nu.last_name), ''), nu.email) FROM "user" nu WHERE nu.id = ${column}),
  (SELECT nk.title FROM api_key nk WHERE nk.id = ${column}))`

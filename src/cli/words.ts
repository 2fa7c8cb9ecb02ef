export const NO_WORKER =
  "No worker is alive, so it waits in the database. Start Medusa in worker or shared mode, and it is worked on."

import type { FaultWorld } from "./fault-world"

/** The lane of every connection forgets at once that it was to pause: no 429 and no outage leaves a trace. */
export async function forgetEveryPause(world: FaultWorld): Promise<void> {
  await world.query(`
    CREATE FUNCTION hub_fault_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.not_before := NULL; NEW.breaker_state := 'closed'; NEW.failure_count := 0; RETURN NEW;
    END $$`)
  await world.query(
    "CREATE TRIGGER hub_fault_forget BEFORE INSERT OR UPDATE ON hub_lane FOR EACH ROW EXECUTE FUNCTION hub_fault_forget()"
  )
}

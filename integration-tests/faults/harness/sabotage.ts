import type { FaultWorld } from "./fault-world"

/** Lanes and rows forget at once that they were to wait: no 429 and no outage leaves a trace. */
export async function forgetEveryPause(world: FaultWorld): Promise<void> {
  await world.query(`
    CREATE FUNCTION hub_fault_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.not_before := NULL; NEW.breaker_state := 'closed'; NEW.failure_count := 0; RETURN NEW;
    END $$`)
  await world.query(
    "CREATE TRIGGER hub_fault_forget BEFORE INSERT OR UPDATE ON hub_lane FOR EACH ROW EXECUTE FUNCTION hub_fault_forget()"
  )
  await world.query(`
    CREATE FUNCTION hub_fault_hurry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      NEW.next_attempt_at := NULL; RETURN NEW;
    END $$`)
  await world.query(
    "CREATE TRIGGER hub_fault_hurry BEFORE UPDATE ON hub_listing_state FOR EACH ROW EXECUTE FUNCTION hub_fault_hurry()"
  )
}

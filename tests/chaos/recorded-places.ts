/** Finding one's way in a recorded run. */
import type { Line, Recorded } from "#tests/chaos/record.ts";

export type Seeded = [what: string, found: string, plant: (run: Recorded) => void];

export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the recorded run lacks what this violation needs");
  return value;
}

export const log = (run: Recorded, device: string) => present(run.devices.get(device));
export const park = (run: Recorded) => present(run.places.get("park"));
export const messages = (run: Recorded) => park(run).messages;
/** Those that never changed. */
export const texts = (run: Recorded) =>
  messages(run).filter(({ said, earlier }) => !said.startsWith("notice:") && earlier.length === 0);
export const linesOf = (lines: Line[], kind: string) => lines.filter((line) => line[0] === kind);
export const last = <T>(list: T[]) => present(list.at(-1));
export const removed = (lines: Line[], line: Line) => lines.splice(lines.indexOf(line), 1);
export const member = (run: Recorded, person: string) =>
  present(park(run).members.find(({ personId }) => personId === person));
export const fresh = (run: Recorded, person: string) =>
  present(run.driver.find((line) => line[0] === "fresh" && line[2] === person && line[3] === "park"));

/** The notice of cy's removal from the park, and the one of cy's return. */
export const leaving = (run: Recorded) =>
  present(messages(run).find(({ said }) => said.startsWith("notice:member_removed")));
export const returning = (run: Recorded) =>
  last(messages(run).filter(({ said, sender }) => said.startsWith("notice:member_joined") && sender === "cy"));
export const whileAway = (run: Recorded) =>
  present(texts(run).find(({ seq }) => seq > leaving(run).seq && seq < returning(run).seq));

/** The message of the park that was recalled, and the one with reactions. */
export const editedRow = (run: Recorded) => present(messages(run).find(({ edited }) => edited !== undefined));
export const recalledRow = (run: Recorded) => present(messages(run).find(({ said }) => said === "recalled:"));
export const reactedRow = (run: Recorded) => present(messages(run).find(({ reactions }) => reactions.length > 0));
export const reactionsIn = (run: Recorded) => park(run).reactions;

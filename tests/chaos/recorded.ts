/**
 * A small good run, made by code: four invented people, two conversations, a removed member who comes back, a session
 * that ends, a send with a lost answer, recalls, edits and reactions. What the oracle reads of a real run, in the same
 * form, to be spoiled in one place.
 */
import { canaryOf, type Recorded } from "#tests/chaos/record.ts";
import { keepInPark } from "#tests/chaos/recorded-kept.ts";
import { Recorder } from "#tests/chaos/recorder.ts";

export function recordGoodRun(): Recorded {
  const recorder = new Recorder();
  recorder.person("ann", 2);
  for (const name of ["bo", "cy", "dee"]) recorder.person(name, 1);
  recorder.found("park", "ann", []);
  for (const device of ["ann-1", "ann-2"]) recorder.open(device, "park");
  for (const name of ["bo", "cy"]) recorder.join("park", name);
  recorder.found("quay", "dee", []);
  recorder.open("dee-1", "quay");
  recorder.join("quay", "bo");
  for (let round = 0; round < 4; round += 1) {
    for (const device of ["ann-1", "bo-1", "cy-1"]) recorder.say(device, "park");
    recorder.say("dee-1", "quay");
  }
  const [like, heart] = ["👍", "❤️"];
  recorder.change("bo-1", "park", 13, { emoji: like, reacted: true });
  recorder.change("ann-1", "park", 13, { emoji: like, reacted: true });
  recorder.change("ann-2", "park", 13, { emoji: heart, reacted: true });
  recorder.fault(1);
  recorder.mute("bo-1");
  recorder.say("ann-2", "park", "lost");
  recorder.change("ann-1", "park", 10, undefined, "lost");
  recorder.change("ann-1", "park", 13, { emoji: heart, reacted: false }, "lost");
  recorder.change("cy-1", "park", 16, { emoji: like, reacted: true });
  recorder.say("dee-1", "quay");
  for (const id of ["park", "quay"]) recorder.catchUp("bo-1", id);
  recorder.change("dee-1", "quay", 7);
  recorder.kick("park", "ann", "cy");
  for (let round = 0; round < 3; round += 1) recorder.say("bo-1", "park");
  recorder.join("park", "cy");
  recorder.fault(26);
  recorder.revoke("bo-1");
  for (const device of ["cy-1", "ann-1", "ann-1"]) recorder.say(device, "park");
  recorder.change("ann-2", "park", 7, { text: `${canaryOf("park")} written anew` });
  recorder.change("ann-1", "park", 7, { text: `${canaryOf("park")} and once more` }, "lost");
  recorder.change("ann-2", "park", 18, { emoji: heart, reacted: true });
  recorder.change("ann-1", "park", 24);
  recorder.sendAgain("ann-1", "park", 24);
  recorder.say("bo-1", "park");
  recorder.markRead("ann", "park", 8, 4);
  recorder.markRead("ann", "park", 12, 5);
  const run = recorder.finish();
  keepInPark(run);
  run.demands = {
    acked: 15,
    faults: 2,
    rows: 2,
    deliveries: 20,
    kicks: 1,
    fresh: 4,
    recalls: 3,
    edits: 2,
    reactions: 5,
  };
  return run;
}

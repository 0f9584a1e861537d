import type { Api } from "#examples/cli/api.ts";

/** Messages carry the sender's id. A name that cannot be had just now is asked for again with the next message. */
export function nameBook(api: Api): (personId: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (personId) => {
    const name = known.get(personId);
    if (name !== undefined) return name;
    const answer = await api.people.get.query({ ids: [personId] }).catch(() => null);
    if (!answer) return personId;
    const found = answer.people[0]?.displayName ?? personId;
    known.set(personId, found);
    return found;
  };
}

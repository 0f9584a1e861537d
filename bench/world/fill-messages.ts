/** Messages of all conversations in turns, with reactions, files and red packets. */

import { idOf, largeMembers, revsBefore, sizesOf, type World } from "#bench/world/sizes.ts";
import { hashOf } from "#contracts/search/tokens.ts";
import { kindToken } from "#server/messages/search/entry.ts";

/** The message of a direct conversation that has a reaction, a file, a red packet. */
const [reacted, attached, packet] = [2, 3, 4];
const text = "A message of the usual length, which says when and where.";
const hashes = [...["message", "mess", "usual"], kindToken("text")].map(hashOf);

export function messageStatements(world: World): string[] {
  const { people } = world;
  const { conversations, large, inEach, inLarge } = sizesOf(world);
  const id = (kind: Parameters<typeof idOf>[1], n: string) => idOf(world, kind, n);
  const content = `case
    when c > 0 and seq = 1 then '{"kind":"notice","notice":"community_created"}'
    when c = 0 and seq = ${packet} and j % 20 = 0 then '{"kind":"red_packet","packetId":"' || ${id("packet", "j")} || '","split":"equal","greeting":""}'
    else '{"kind":"text","text":"${text}"}' end`;
  const columns = `conversation_id, seq, rev, sender_id, client_id, kind, content, preview, changed_at, reactions`;
  const reactions = `jsonb_build_array(jsonb_build_object('emoji', '👍', 'count', 1, 'personIds', jsonb_build_array(${id("person", "j")})))`;
  return [
    `insert into messages (${columns})
     select case when c = 0 then ${id("direct", "j")} else ${id("community", "c")} end, seq, seq + ${revsBefore},
       case when c = 0 then ${id("person", `(j - 1 + seq % 2) % ${people} + 1`)}
         else ${id("person", `((c - 1) * 20 + seq % 20) % ${people} + 1`)} end,
       gen_random_uuid(), (${content})::jsonb ->> 'kind', (${content})::jsonb, '${text}',
       case when c = 0 and seq = ${reacted} then now() end, case when c = 0 and seq = ${reacted} then ${reactions} end
     from (
       select x / ${conversations} + 1 as seq, x % ${conversations} + 1 as j,
         greatest(0, x % ${conversations} + 1 - ${people}) as c
       from generate_series(0, ${inEach * conversations - 1}) as x) as m`,
    `insert into messages (conversation_id, seq, rev, sender_id, client_id, kind, content, preview)
     select ${id("community", String(large))}, seq, seq + ${revsBefore}, ${id("person", `seq % ${largeMembers(world)} + 1`)},
       gen_random_uuid(), 'text', '{"kind":"text","text":"${text}"}', '${text}'
     from generate_series(1, ${inLarge}) as seq`,
    // Of two messages of each pair, and of all in the large community: what a search finds, and what stands beside it.
    `insert into message_search (conversation_id, seq, sent_at, hashes)
     select m.conversation_id, m.seq, m.sent_at, '{${hashes.join(",")}}'::int[]
     from messages m where m.conversation_id = ${id("community", String(large))}
     union all
     select ${id("direct", "j")}, seq, now(), '{${hashes.join(",")}}'::int[]
     from generate_series(1, ${people}) as j, generate_series(1, 2) as seq`,
    `insert into message_reactions (conversation_id, seq, person_id, emoji, rev)
     select ${id("direct", "j")}, ${reacted}, ${id("person", "j")}, '👍', ${reacted + revsBefore} from generate_series(1, ${people}) as j
     union all
     select ${id("community", String(large))}, seq, ${id("person", "i")}, '👍', seq + ${revsBefore}
     from generate_series(greatest(1, ${inLarge} - 9), ${inLarge}) as seq, generate_series(1, ${largeMembers(world)}) as i`,
    `insert into mentions (person_id, conversation_id, seq, sent_at)
     select ${id("person", "i")}, ${id("community", String(large))}, seq, now() - seq * interval '1 minute'
     from generate_series(greatest(1, ${inLarge} - 199), ${inLarge}) as seq, generate_series(1, ${largeMembers(world)}) as i`,
    `insert into receipts (conversation_id, person_id, device, delivered_seq)
     select ${id("direct", "j")}, ${id("person", "j")}, device, 1
     from generate_series(1, ${people}) as j, unnest('{phone,computer}'::text[]) as device`,
    `insert into starred_messages (person_id, conversation_id, seq, starred_at)
     select ${id("person", "i")}, ${id("community", String(large))}, seq, now() - seq * interval '1 minute'
     from generate_series(1, 20) as seq, generate_series(1, ${largeMembers(world)}) as i`,
    `insert into heard_voices (person_id, conversation_id, seq)
     select ${id("person", "i")}, ${id("community", String(large))}, seq
     from generate_series(1, 20) as seq, generate_series(1, ${largeMembers(world)}) as i`,
    `insert into folders (person_id, id, name, position)
     select ${id("person", "i")}, ${id("direct", "n")}, 'a folder', n
     from generate_series(1, ${people}, 2) as i, generate_series(1, 3) as n`,
    `insert into folder_conversations (person_id, folder_id, conversation_id)
     select ${id("person", "i")}, ${id("direct", "n")}, ${id("direct", "i")}
     from generate_series(1, ${people}, 2) as i, generate_series(1, 3) as n`,
    `insert into drafts (person_id, conversation_id, text)
     select ${id("person", "i")}, ${id("direct", "i")}, 'a draft' from generate_series(1, ${people}, 2) as i`,
    `insert into hidden_messages (person_id, conversation_id, seq)
     select ${id("person", "i")}, ${id("community", String(large))}, seq
     from generate_series(21, 40) as seq, generate_series(1, ${largeMembers(world)}) as i`,
    `insert into media_blobs (id, owner_id, sha256, media_kind, type, bytes, metadata)
     select ${id("file", "i")}, ${id("person", "i")}, sha256(i::text::bytea), 'file', 'text/plain', 1000, '{}'
     from generate_series(1, ${people}, 2) as i`,
    `insert into files (id, owner_id, purpose, name, bytes, sha256, part_bytes, completed_at, blob_id)
     select ${id("file", "i")}, ${id("person", "i")}, 'file', 'a.txt', 1000, sha256(i::text::bytea), 1000, now(), ${id("file", "i")}
     from generate_series(1, ${people}, 2) as i`,
    `insert into attachments (file_id, conversation_id, seq)
     select ${id("file", "i")}, ${id("direct", "i")}, ${attached} from generate_series(1, ${people}, 2) as i`,
    `insert into red_packets (id, conversation_id, seq, sender_id, split, total, shares, greeting, expires_at)
     select ${id("packet", "j")}, ${id("direct", "j")}, ${packet}, ${id("person", "j")}, 'equal', 500, 5, '', now() + interval '1 day'
     from generate_series(20, ${people}, 20) as j`,
    `insert into red_packet_shares (packet_id, n, amount)
     select ${id("packet", "j")}, n, 100 from generate_series(20, ${people}, 20) as j, generate_series(1, 5) as n`,
  ];
}

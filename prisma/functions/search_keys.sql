-- The keys in `message_search` of hashes of tokens (contracts/search/tokens.ts) in one conversation. The conversation is the upper
-- half, so that its entries stand next to each other in the index, and one conversation is never searched for another.
CREATE OR REPLACE FUNCTION search_keys(p_conversation UUID, p_hashes INTEGER[]) RETURNS BIGINT[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT (('x' || right(p_conversation::text, 8))::bit(32)::bigint << 32) | (h & 4294967295)
        FROM unnest(p_hashes::bigint[]) AS h)
$$;

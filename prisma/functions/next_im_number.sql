-- The next IM number: one sequence serves people and communities.
CREATE OR REPLACE FUNCTION next_im_number() RETURNS INTEGER LANGUAGE sql VOLATILE AS $$ SELECT nextval('im_numbers')::INTEGER $$;

-- The function that took no files is called by nothing any more, and made the name ambiguous.
DROP FUNCTION im_send(
    UUID[], UUID[], UUID[], TEXT[], TEXT[], DOUBLE PRECISION, INTEGER, BOOLEAN, BOOLEAN
);

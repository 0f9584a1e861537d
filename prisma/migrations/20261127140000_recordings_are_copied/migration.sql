-- Recordings are served as copies without their tags from now on. Those from before stay as their messages show them, but
-- what is sent again must be copied: no upload has a hash of 33 bytes.
UPDATE media_blobs SET sha256 = sha256 || '\x00'::bytea WHERE family IN ('video', 'voice') AND length(sha256) = 32;

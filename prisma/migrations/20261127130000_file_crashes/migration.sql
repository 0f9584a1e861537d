-- How often looking into a file has ended the process that did: the second time it is refused.
ALTER TABLE "files" ADD COLUMN "crashes" SMALLINT NOT NULL DEFAULT 0;
